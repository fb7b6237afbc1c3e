// The order of the session as the screens draw it. Pure.

/**
 * @typedef {{since: number, outside?: {observers: number, invited: number, screens: number}}} Closed
 * @typedef {{kind: "pause" | "recess", since: number, until: number | null}} Break
 * @typedef {{break?: Break | null, closed?: Closed | null, talk?: "on" | "held" | "off"}} Order
 */

/**
 * Whether a closed session is held without this seat: the server sends it nothing but that there is one.
 * @param {Order} order
 * @param {{items?: unknown[]} | undefined} agenda
 * @param {string} role
 */
export function isOutside(order, agenda, role) {
  return Boolean(order.closed) && ["observer", "hall", "invited"].includes(role) && !(agenda?.items ?? []).length;
}

/**
 * Seconds until the announced return, negative when it is past; null when none was announced.
 * @param {Order} order
 * @param {number} now server time
 */
export function untilReturn(order, now) {
  const until = order.break?.until;
  return until == null ? null : Math.ceil((until - now) / 1000);
}

/**
 * The next moment of this time of day, in milliseconds.
 * @param {string} time "10:15"
 * @param {number} now server time
 * @param {string} zone of the meeting
 */
export function nextMoment(time, now, zone) {
  const [hours, minutes] = time.split(":").map(Number);
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(now);
  const of = (/** @type {string} */ type) => Number(parts.find((part) => part.type === type)?.value);
  let ahead = hours * 60 + minutes - (of("hour") * 60 + of("minute"));
  if (ahead <= 0) ahead += 24 * 60;
  return Math.floor(now / 60_000) * 60_000 + ahead * 60_000;
}
