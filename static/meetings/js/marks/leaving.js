// Before somebody signs out and the device is emptied: what was drawn and not sent yet goes to the server.
import { csrf } from "../commands.js";
import { nextBatch, placeOf, settled } from "./pending.js";
import { everything } from "./shelf.js";

const WAIT = 4_000;

/** @param {string} home address of the meetings */
export async function sendLeft(home) {
  /** @type {Map<string, import("./pending.js").Kept[]>} */
  const rooms = new Map();
  for (const kept of await everything().catch(() => [])) rooms.set(kept.room, [...(rooms.get(kept.room) ?? []), kept]);
  const until = AbortSignal.timeout(WAIT);
  await Promise.allSettled([...rooms].map(([room, left]) => sendRoom(`${home}${room.split(":")[1]}/danh-dau/`, left, until)));
}

/** @param {string} address @param {import("./pending.js").Kept[]} left @param {AbortSignal} until */
async function sendRoom(address, left, until) {
  let all = left;
  /** @type {Set<string>} */
  const resting = new Set();
  for (let batch = nextBatch(all, resting); batch; batch = nextBatch(all, resting)) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf() };
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(batch), headers, redirect: "error", signal: until });
    if (!answer.ok) resting.add(placeOf(batch));
    else {
      const told = await answer.json();
      const sent = batch;
      all = all.map((kept) => settled(kept, sent, told)).filter((kept) => kept !== null);
    }
  }
}
