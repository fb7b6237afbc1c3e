// What may be kept and opened, until when, and what is still missing. Pure.

/**
 * @typedef {object} TakenPaper
 * @property {number} id
 * @property {string} file
 * @property {string} digest of what is drawn
 * @property {number} size of it, in bytes
 * @property {number} pages
 * @property {"pdf" | "images"} source
 * @property {number} until
 *
 * @typedef {object} Manifest
 * @property {1} version
 * @property {string} meeting
 * @property {number} seat
 * @property {string} device
 * @property {number} issued
 * @property {number} until
 * @property {string} access changes when what may be read does
 * @property {TakenPaper[]} papers
 * @property {Record<string, any>} sections
 * @property {{seat: number, role: string, name: string, post: string, marks: string}} me `marks`: address of the own marks
 *
 * @typedef {{issued: number, at: number, seen: number}} Clock the server's time, the device's at that moment, and the
 * latest the device has ever shown
 */

/** Bytes of a document fetched and sealed at once: what a cut costs. */
export const PART = 1024 * 1024;

/** Pages whose text is fetched at once. */
export const TEXTS = 50;

/** Pixels across a page that is kept as a picture. */
export const PICTURE = 1654;

/**
 * The server's time as far as the device can know. A clock that is set back stands still.
 * @param {Clock} clock
 * @param {number} now the device's time
 */
export function serverTime(clock, now) {
  return clock.issued + Math.max(now, clock.seen) - clock.at;
}

/**
 * @param {Clock} clock
 * @param {number} now
 * @returns {Clock}
 */
export function seenAt(clock, now) {
  return now > clock.seen ? { ...clock, seen: now } : clock;
}

/**
 * The names of everything a paper consists of on the device.
 * @param {TakenPaper} paper
 */
export function partsOf(paper) {
  const names = ["facts"];
  if (paper.source === "pdf") for (let at = 0; at < paper.size; at += PART) names.push(`bytes ${at}`);
  else for (let page = 1; page <= paper.pages; page += 1) names.push(`page ${page}`);
  for (let first = 1; first <= paper.pages; first += TEXTS) names.push(`text ${first}`);
  return names;
}

/**
 * Under what a part lies and is sealed: its paper, the version of it, its name.
 * @param {TakenPaper} paper
 * @param {string} name
 */
export function placeOf(paper, name) {
  return `${paper.file} ${paper.digest} ${name}`;
}

/**
 * What is missing, in the order of the agenda.
 * @param {TakenPaper[]} papers
 * @param {Set<string>} held places
 */
export function missing(papers, held) {
  return papers.flatMap((paper) => partsOf(paper).filter((name) => !held.has(placeOf(paper, name))).map((name) => ({ paper, name })));
}

/**
 * How many papers are there whole.
 * @param {TakenPaper[]} papers
 * @param {Set<string>} held
 */
export function ready(papers, held) {
  return papers.filter((paper) => partsOf(paper).every((name) => held.has(placeOf(paper, name)))).length;
}

/**
 * Places that belong to nothing the manifest names any more.
 * @param {TakenPaper[]} papers
 * @param {Iterable<string>} held
 */
export function outdated(papers, held) {
  const kept = new Set(papers.map((paper) => `${paper.file} ${paper.digest}`));
  return [...held].filter((place) => !kept.has(place.split(" ", 2).join(" ")));
}

/**
 * Files whose lease is over at `time`.
 * @param {{file: string, until: number}[]} papers
 * @param {number} time the server's
 */
export function over(papers, time) {
  return papers.filter((paper) => paper.until <= time).map((paper) => paper.file);
}
