// What this seat itself has said to the consent items. In no section of the room: others share its audience.

/** @typedef {Record<string, {answer: string, reason: string}>} Stances by item */

/**
 * @param {import("./model.js").Room} room
 */
export function ownStances(room) {
  const may = room.me.commands.includes("take_stance");
  let asked = 0;
  return {
    /** Asks the server; the last question asked counts. */
    async ask() {
      if (!may || !room.sections.consent?.items?.length) return;
      const mine = (asked += 1);
      const answer = await fetch(new URL("../y-kien/", location.href), { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
      if (!answer?.ok || mine !== asked || room.ended) return;
      room.stances = (await answer.json()).stances;
      room.draw();
    },
  };
}
