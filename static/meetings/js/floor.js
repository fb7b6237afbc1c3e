// The floor as the screens draw it. Pure: the section of the server and the server's time in.

/**
 * @typedef {{id: number, seat: number | null, name: string, post: string, kind: string, seconds: number, asked_at: number}} Turn
 * @typedef {Turn & {started_at: number, spent: number, since: number | null, held?: boolean, more?: boolean}} Speaking
 * @typedef {{seat: number | null, name: string, seconds: number, here: number, last?: number | null}} Spoken
 * @typedef {{id: number, name: string, kind: string, item: number | null, seats: number[], seconds: number, spent: number, since: number | null}} Budget
 * @typedef {{speaking?: Speaking | null, queue?: Turn[], spoken?: Spoken[], closed?: boolean, lengths?: Record<string, number>, budgets?: Budget[]}} Floor empty where nothing is under discussion for this seat
 */

/** From here on the ring warns. */
const LAST_SECONDS = 30;

/**
 * Milliseconds a clock has counted: it may have stood still, and stands still while `since` is null.
 * @param {{spent?: number, since?: number | null}} clock
 * @param {number} now server time
 */
export function spent(clock, now) {
  return (clock.spent ?? 0) + (clock.since == null ? 0 : Math.max(0, now - clock.since));
}

/**
 * What is left of a turn. `share` (0 to 100) is the part that is left.
 * @param {Speaking} turn
 * @param {number} now server time
 */
export function remaining(turn, now) {
  const left = Math.ceil((turn.seconds * 1000 - spent(turn, now)) / 1000);
  const share = turn.seconds > 0 ? Math.min(100, Math.max(0, (left / turn.seconds) * 100)) : 0;
  return { left, share, state: left < 0 ? "over" : left <= LAST_SECONDS ? "warn" : "running" };
}

/**
 * "3:06", with a plus when it is over time: "+0:12".
 * @param {number} seconds
 */
export function minutesAndSeconds(seconds) {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * Where a seat stands: its own turn if it speaks, what it waits with, and how many wait before the first of these.
 * @param {Floor} floor
 * @param {number} seat
 */
export function standing(floor, seat) {
  const queue = floor.queue ?? [];
  const waiting = queue.filter((turn) => turn.seat === seat);
  return {
    speaking: floor.speaking?.seat === seat ? floor.speaking : null,
    waiting,
    before: waiting.length ? queue.indexOf(waiting[0]) : queue.length,
  };
}

/**
 * The seats that may speak and have not yet, in the order of the list of people.
 * @template {{id: number, role: string}} Seat
 * @param {Seat[]} seats
 * @param {Floor} floor
 * @returns {Seat[]}
 */
export function neverHeard(seats, floor) {
  const heard = new Set([...(floor.spoken ?? []), ...(floor.speaking ? [floor.speaking] : [])].map((turn) => turn.seat));
  return seats.filter((seat) => ["delegate", "invited"].includes(seat.role) && !heard.has(seat.id));
}
