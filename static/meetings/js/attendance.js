// Who attends, as the screens draw it. Pure: the section of the server and the server's time in.

/**
 * @typedef {{from: number, to: number | null, noted: string}} Stay
 * @typedef {{need: number, have: number, of: number, met: boolean, share: string, basis: string}} Quorum
 * @typedef {{counts?: {attending: number, of: number}, quorum?: Quorum, attending?: number[], stays?: Record<string, Stay[]>}} Attendance
 *   stays only for those who keep the log
 */

/** How long before the planned start people may say that they are here; the server decides, this only asks early. */
const DOORS_OPEN = 3 * 3_600_000;

/**
 * Where a seat stands: here, out again, only connected, or away.
 * @param {Attendance} attendance
 * @param {{id: number, present: boolean}} seat
 * @returns {"here" | "left" | "connected" | "away"}
 */
export function standingOf(attendance, seat) {
  if (attendance.attending?.includes(seat.id)) return "here";
  if (attendance.stays?.[seat.id]?.length) return "left";
  return seat.present ? "connected" : "away";
}

/**
 * The stay that tells most of a seat: the last one.
 * @param {Attendance} attendance
 * @param {number} seat
 * @returns {Stay | undefined}
 */
export function lastStay(attendance, seat) {
  return attendance.stays?.[seat]?.at(-1);
}

/**
 * Whether people are expected to say that they are here.
 * @param {{state: string, starts_at: number | null}} meeting
 * @param {number} now
 */
export function doorsOpen(meeting, now) {
  return meeting.state === "live" || (meeting.state === "published" && meeting.starts_at !== null && now >= meeting.starts_at - DOORS_OPEN);
}

/**
 * Whether the session goes on without enough of those who vote: a state, whoever looks whenever.
 * @param {{state: string}} meeting
 * @param {Attendance} attendance
 */
export function lacksQuorum(meeting, attendance) {
  return meeting.state === "live" && attendance.quorum !== undefined && !attendance.quorum.met;
}
