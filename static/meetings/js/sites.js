// The places of one meeting. Pure: the sections of the server in. A meeting in one hall has none.

/**
 * @typedef {{id: number, name: string, seats: number[], clerks: number[]}} Site
 * @typedef {{site: Site, here: number, of: number, lines: number}} SiteStanding
 *   lines: how many of its people have a tablet on the line
 */

/**
 * How every site stands now, in the order of the meeting.
 * @param {Site[]} sites
 * @param {import("./attendance.js").Attendance} attendance
 * @param {{id: number, present: boolean}[]} seats
 * @returns {SiteStanding[]}
 */
export function standings(sites, attendance, seats) {
  const here = new Set(attendance.attending ?? []);
  const online = new Set(seats.filter((seat) => seat.present).map((seat) => seat.id));
  /** @param {Site} site @param {Set<number>} among */
  const count = (site, among) => site.seats.filter((seat) => among.has(seat)).length;
  return sites.map((site) => ({ site, here: count(site, here), of: site.seats.length, lines: count(site, online) }));
}

/**
 * Whether people of the site are here and none of its tablets is: its line has broken.
 * @param {SiteStanding} standing
 */
export function isCutOff(standing) {
  return standing.here > 0 && standing.lines === 0;
}

/**
 * The site a seat is the clerk of, if any.
 * @param {Site[]} sites
 * @param {number} seat
 */
export function keptBy(sites, seat) {
  return sites.find((site) => site.clerks.includes(seat));
}
