// The keyboard of those who lead: every key is listed behind "?". With Alt, so that writing is never a command.
import { isOpen, openDialog } from "./dialogs.js";
import { found } from "./panels.js";

const TABS = 6;

/**
 * @typedef {{code: string, keys: string, words: () => string, press: () => void}} Key `code`: KeyboardEvent.code, the same
 *   on every layout and with every way of typing Vietnamese
 */

/**
 * @param {ReturnType<typeof import("./side.js").side>} side
 * @returns {Key[]} one line each; a noun of the room adds its own
 */
function keysOf(side) {
  /** @param {string} selector */
  const press = (selector) => () => found(selector)?.click();
  return [
    { code: "KeyN", keys: "Alt + N", words: () => gettext("The likeliest act"), press: press(".topbar__conduct button, .dock__next") },
    { code: "KeyG", keys: "Alt + G", words: () => gettext("Write the note"), press: () => (side.choose("notes"), setTimeout(() => found("[data-note]")?.focus())) },
    { code: "KeyM", keys: "Alt + M", words: () => gettext("Write a message"), press: () => (side.choose("messages"), setTimeout(() => found("#message-text")?.focus())) },
    { code: "KeyB", keys: "Alt + B", words: () => gettext("Prepare a vote"), press: () => (side.choose("polls"), setTimeout(press("[data-act=add_poll]"))) },
    ...side.tabs.slice(0, TABS).map((panel, place) => ({ code: `Digit${place + 1}`, keys: `Alt + ${place + 1}`, words: panel.title, press: () => (side.choose(panel.name), setTimeout(() => document.getElementById(`tab-${panel.name}`)?.focus())) })),
  ];
}

/** @param {ReturnType<typeof import("./side.js").side>} side */
export function keyboard(side) {
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const writes = target.matches?.("input, textarea, select");
    if (event.key === "?" && !writes && !document.querySelector("dialog[open]")) {
      write(side);
      openDialog("keys");
    }
    if (!event.altKey || event.ctrlKey || event.metaKey || (document.querySelector("dialog[open]") && !isOpen("keys"))) return;
    const key = keysOf(side).find((each) => each.code === event.code);
    if (!key) return;
    event.preventDefault();
    key.press();
  });
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-open=keys]")) write(side);
  });
}

/**
 * The list, as it is now.
 * @param {ReturnType<typeof import("./side.js").side>} side
 */
function write(side) {
  found("[data-keys]")?.replaceChildren(...keysOf(side).flatMap(({ keys, words }) => {
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = keys;
    term.append(kbd);
    const said = document.createElement("dd");
    said.textContent = words();
    return [term, said];
  }));
}
