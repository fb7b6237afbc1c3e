// Moments of the server (milliseconds since 1970) as the meeting's own clock shows them, whatever the tablet's zone is.

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} zone
 * @param {"clock" | "day"} kind
 */
function format(zone, kind) {
  const key = `${kind} ${zone}`;
  let found = formats.get(key);
  if (!found) {
    const options = kind === "clock"
      ? /** @type {Intl.DateTimeFormatOptions} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      : /** @type {Intl.DateTimeFormatOptions} */ ({ day: "2-digit", month: "2-digit", year: "numeric" });
    found = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
    formats.set(key, found);
  }
  return found;
}

/**
 * "09:34", or "" for no moment.
 * @param {number | null | undefined} moment
 * @param {string} zone an IANA name
 */
export function clock(moment, zone) {
  return moment == null ? "" : format(zone, "clock").format(moment);
}

/**
 * "24/11/2026", or "" for no moment.
 * @param {number | null | undefined} moment
 * @param {string} zone
 */
export function day(moment, zone) {
  return moment == null ? "" : format(zone, "day").format(moment);
}

/**
 * "2026-11-24T08:00", as fields for a day and a time hold it.
 * @param {number} moment
 * @param {string} zone
 */
export function localMinute(moment, zone) {
  return `${day(moment, zone).split("/").reverse().join("-")}T${clock(moment, zone)}`;
}
