// How the tablets of the room are doing: asked for while somebody looks, and only then. And loading this page anew
// when the secretary asks this screen to.
import { isOpen } from "./dialogs.js";

/**
 * @typedef {{socket: boolean, behind: number, silent: number}} Line behind: -1 when the tablet has not said
 * @typedef {{seat: number, name: string, role: string, connected: boolean, since: number | null, lines: Line[],
 *   pack?: {ready: number, total: number, checked: number | null} | null}} Tablet pack: how much of the meeting it holds for reading without the server
 * @typedef {"off" | "behind" | "silent" | "slow" | "well" | "unknown"} Health
 * @typedef {{list: Tablet[] | null, failed: boolean, chosen: number | null}} Tablets
 */

const AGAIN = 5_000;
const SILENT = 25;

/**
 * The worst that can be said of a seat's lines. One that is not heard of from its process is only known to be there.
 * @param {Tablet} tablet
 * @returns {Health}
 */
export function healthOf(tablet) {
  if (!tablet.connected) return "off";
  if (!tablet.lines.length) return "unknown";
  // A long poll says nothing while it waits.
  if (tablet.lines.some((line) => line.socket && line.silent >= SILENT)) return "silent";
  if (tablet.lines.some((line) => line.behind !== 0)) return "behind";
  return tablet.lines.some((line) => !line.socket) ? "slow" : "well";
}

/** @type {Health[]} */
const WORST_FIRST = ["silent", "behind", "slow", "off", "unknown", "well"];

/**
 * Who needs help first. Who has not come needs none.
 * @param {Tablet[]} list
 * @param {number[]} attending
 */
export function worstFirst(list, attending) {
  /** @param {Tablet} tablet */
  const rank = (tablet) => (tablet.connected || tablet.role === "hall" || attending.includes(tablet.seat) ? WORST_FIRST.indexOf(healthOf(tablet)) : WORST_FIRST.length);
  return [...list].sort((one, other) => rank(one) - rank(other));
}

/**
 * @param {import("./model.js").Room} room
 */
export function tablets(room) {
  /** @type {Tablets} */
  const parts = { list: null, failed: false, chosen: null };
  const address = room.me.urls?.tablets;
  let looking = false;

  async function look() {
    if (!address || room.ended || !isOpen("tablets")) {
      looking = false;
      return;
    }
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    parts.failed = told === null;
    parts.list = told?.tablets ?? parts.list;
    room.draw();
    setTimeout(look, AGAIN);
  }

  return {
    parts,
    /** Begins to ask when the sheet was opened. */
    follow() {
      if (looking || !address || !isOpen("tablets")) return;
      looking = true;
      void look();
    },
  };
}

/** Whether somebody is in the middle of something a new page would take away. What the composer and the notes hold is kept. */
function isBusy() {
  if (document.querySelector("dialog[open]")) return true;
  const at = document.activeElement;
  if (at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "text")) return true;
  const fields = /** @type {NodeListOf<HTMLTextAreaElement | HTMLInputElement>} */ (document.querySelectorAll("textarea:not([data-note]), input[type=text], input:not([type])"));
  return [...fields].some((field) => !field.closest("[data-composer]") && field.value !== field.defaultValue);
}

/**
 * Loads the page anew when it is older than the secretary's wish, as soon as nothing is being written.
 * @param {import("./model.js").Room} room
 * @param {number} born the revision this page came with
 */
export function loadsWhenAsked(room, born) {
  const wanted = () => (room.sections.signals?.load?.[room.me.sign ?? ""] ?? 0) > born;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function tryNow() {
    if (room.ended || !wanted()) return clearInterval(timer);
    if (!room.busy && !isBusy()) location.reload();
  }

  return () => {
    if (!wanted() || timer) return;
    timer = setInterval(tryNow, 2_000);
    tryNow();
  };
}
