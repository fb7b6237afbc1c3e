// What somebody else did is shown for a moment and told to those who listen.
import { arrange } from "./agenda.js";
import { digest } from "./digest.js";
import { fill } from "./words.js";

const FRESH_FOR = 2_400;

/** @param {import("./model.js").Room} room */
export function notices(room) {
  /** @type {Set<string>} */
  const fresh = new Set();

  /** @param {string[]} names */
  function glow(...names) {
    for (const name of names) fresh.add(name);
    setTimeout(() => {
      for (const name of names) fresh.delete(name);
      room.draw();
    }, FRESH_FOR);
  }

  /** @param {string} sentence */
  function announce(sentence) {
    const region = document.querySelector("[data-announce]");
    if (region) region.textContent = sentence;
  }

  /** @param {import("./model.js").Sections} before */
  function meeting(before) {
    const { state } = room.sections.meeting;
    if (before.meeting?.state === state) return;
    if (state === "live") announce(gettext("The meeting has begun"));
    if (state === "closed") announce(gettext("The meeting is over"));
    if (state === "cancelled") announce(gettext("The meeting has been cancelled"));
  }

  /** @param {import("./model.js").Sections} before */
  function agenda(before) {
    if (before.agenda?.current === room.sections.agenda?.current) return;
    glow("agenda", "place");
    const now = arrange(room.sections.agenda).current;
    if (now) announce(fill(gettext("The room is now at item %(number)s: %(title)s"), { number: now.number, title: now.title }));
  }

  /** What was told last may be what outsiders must not hear any more. @param {import("./model.js").Sections} before */
  function order(before) {
    if (room.sections.order?.closed && !before.order?.closed) announce(gettext("A closed session is being held"));
  }

  /** @param {import("./model.js").Sections} before */
  function messages(before) {
    const known = new Set((before.messages ?? []).map((/** @type {{id: number}} */ each) => each.id));
    for (const message of room.sections.messages ?? []) if (!known.has(message.id) && message.seat !== room.me.seat) glow(`message ${message.id}`);
  }

  /** @param {import("./model.js").Sections} before */
  function floor(before) {
    const mine = room.sections.floor?.speaking?.seat === room.me.seat;
    if (mine && before.floor?.speaking?.seat !== room.me.seat) announce(gettext("You have the floor"));
  }

  return {
    fresh,
    announce,
    /**
     * @param {string[]} changed
     * @param {import("./model.js").Sections} before
     */
    tell(changed, before) {
      if (changed.includes("agenda")) agenda(before);
      if (changed.includes("stage") && digest(before.stage) !== digest(room.sections.stage)) glow("stage", "place");
      if (changed.includes("meeting")) meeting(before);
      if (changed.includes("floor")) floor(before);
      if (changed.includes("order")) order(before);
      if (changed.includes("messages")) messages(before);
    },
  };
}
