// What the server keeps for this seat alone. It is fetched when the room says, under a sign only this screen knows,
// that there is news, and when the line is back.
import { NOTHING } from "./signals.js";

/** @param {import("./model.js").Room} room */
export function ownMatters(room) {
  let known = -1;
  let asked = 0;
  const parts = {
    own: NOTHING,
    /** @param {boolean} [anyway] even when nothing says that there is news */
    look(anyway = false) {
      const address = room.me.urls?.own;
      const news = room.sections.signals?.news?.[room.me.sign ?? ""] ?? 0;
      if (!address || !room.me.commands.includes("call_service") || (!anyway && news === known)) return;
      known = news;
      void fetchOwn(address);
    },
  };

  /** @param {string} address */
  async function fetchOwn(address) {
    const turn = (asked += 1);
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (turn !== asked || room.ended) return;
    if (!answer?.ok) {
      known = -1;
      return;
    }
    parts.own = await answer.json();
    room.draw();
  }
  return parts;
}
