// Calls, words in private, the mood of the room. Only shapes: what is drawn is in screens/signals.js.

/**
 * @typedef {{id: number, seat?: number | null, name?: string, post?: string, kind: string, state: "waiting" | "taken", at: number, by: string}} Call
 * @typedef {{id: number, seat?: number, post?: string, desk?: string, name: string, answer: boolean, text: string, at: number}} Letter
 * @typedef {{id: number, question: string, open: boolean, answers: number, counts: {agree: number, unsure: number, disagree: number} | null}} Mood
 * @typedef {{news?: Record<string, number>, load?: Record<string, number>, mood?: Mood | null, calls?: Call[], letters?: Letter[]}} Signals
 * @typedef {{calls: Call[], letters: Letter[], held: {id: number, text: string, at: number}[],
 *   motions: import("./screens/motions.js").Motion[], amendments: import("./screens/motions.js").Amendment[]}} Own
 */

/** @type {Own} */
export const NOTHING = { calls: [], letters: [], held: [], motions: [], amendments: [] };

/**
 * Conversations of a desk, the newest word first.
 * @param {Letter[]} letters
 */
export function conversations(letters) {
  /** @type {Map<number, Letter[]>} */
  const found = new Map();
  for (const letter of letters) found.set(letter.seat ?? 0, [...(found.get(letter.seat ?? 0) ?? []), letter]);
  return [...found.values()].sort((one, other) => other[other.length - 1].id - one[one.length - 1].id);
}
