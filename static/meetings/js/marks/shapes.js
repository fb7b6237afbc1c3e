// Strokes and where a finger is on a page. Pure: points of the page as shown, from its top left corner.

/**
 * @typedef {"ink" | "highlight" | "note" | "stamp"} Kind
 * @typedef {object} Mark
 * @property {string} id
 * @property {number} page from 1
 * @property {Kind} kind
 * @property {string} colour
 * @property {string} [reach] who sees it besides its owner
 * @property {number | null} [to] the seat it is for
 * @property {number} [width]
 * @property {number[]} [points] x, y, pressure (0 to 100), x, y, …
 * @property {number[][]} [rects]
 * @property {number[]} [at]
 * @property {string} [stamp]
 * @property {string} [quote]
 * @property {string} [text]
 * @property {string} [by] whose it is, when it is somebody else's
 * @property {boolean} [carried] made on an earlier version
 */

/** The size of a stamp in points: its words are short. */
export const STAMP = { width: 92, height: 26 };
const LEVELS = 16;

/** How much wider or thinner the pen draws at this pressure. @param {number} pressure */
export function thickness(pressure) {
  return 0.5 + (Math.round(pressure / LEVELS) * LEVELS) / 100;
}

/** @param {number} value */
const short = (value) => String(Math.round(value * 10) / 10);

/**
 * A stroke as runs of one thickness each, so that pressure needs no more than a few paths.
 * @param {number[]} points @param {number} width
 * @returns {{d: string, width: number}[]}
 */
export function runs(points, width) {
  const found = [];
  let from = 0;
  for (let at = 3; at <= points.length; at += 3) {
    const ends = at === points.length || (at > from + 3 && thickness(points[at + 2]) !== thickness(points[at - 1]));
    if (!ends) continue;
    // The next run begins where this one ends.
    found.push({ d: curve(points.slice(from, at)), width: width * thickness(points[at - 1]) });
    from = at - 3;
  }
  return found;
}

/** A smooth line through these points; one alone is a dot. @param {number[]} points */
export function curve(points) {
  let d = `M${short(points[0])} ${short(points[1])}`;
  if (points.length === 3) return `${d}h0`;
  for (let at = 3; at < points.length - 3; at += 3) {
    const middle = [(points[at] + points[at + 3]) / 2, (points[at + 1] + points[at + 4]) / 2];
    d += `Q${short(points[at])} ${short(points[at + 1])} ${short(middle[0])} ${short(middle[1])}`;
  }
  return `${d}L${short(points[points.length - 3])} ${short(points[points.length - 2])}`;
}

/**
 * Without the points a line does not need: a pen reports four of five for nothing.
 * @param {number[]} points @param {number} [slack] how far the line may move, in points
 * @returns {number[]}
 */
export function simplified(points, slack = 0.25) {
  const count = points.length / 3;
  if (count < 3) return points.slice();
  const keep = new Uint8Array(count);
  keep[0] = keep[count - 1] = 1;
  const open = [[0, count - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [first, last] = range;
    let most = slack;
    let worst = -1;
    for (let at = first + 1; at < last; at += 1) {
      const away = Math.max(distance(points, at, first, last), Math.abs(points[at * 3 + 2] - points[first * 3 + 2]) > LEVELS * 1.5 ? slack * 1.01 : 0);
      if (away > most) [most, worst] = [away, at];
    }
    if (worst < 0) continue;
    keep[worst] = 1;
    open.push([first, worst], [worst, last]);
  }
  return [...keep].flatMap((kept, at) => (kept ? points.slice(at * 3, at * 3 + 3) : []));
}

/** @param {number[]} points @param {number} at @param {number} first @param {number} last */
function distance(points, at, first, last) {
  return toSegment(points[at * 3], points[at * 3 + 1], points[first * 3], points[first * 3 + 1], points[last * 3], points[last * 3 + 1]);
}

/** @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by */
function toSegment(x, y, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/**
 * Whether the eraser at (x, y) meets a mark.
 * @param {Mark} mark @param {number} x @param {number} y @param {number} reach in points
 */
export function touches(mark, x, y, reach) {
  if (mark.points) {
    const { points } = mark;
    const near = reach + (mark.width ?? 1) / 2;
    if (points.length === 3) return Math.hypot(x - points[0], y - points[1]) <= near;
    for (let at = 3; at < points.length; at += 3) {
      if (toSegment(x, y, points[at - 3], points[at - 2], points[at], points[at + 1]) <= near) return true;
    }
    return false;
  }
  if (mark.rects) return mark.rects.some(([x0, y0, x1, y1]) => x >= x0 - reach && x <= x1 + reach && y >= y0 - reach && y <= y1 + reach);
  const [left, top] = mark.at ?? [0, 0];
  const [width, height] = mark.kind === "stamp" ? [STAMP.width, STAMP.height] : [24, 24];
  return x >= left - reach && x <= left + width + reach && y >= top - reach && y <= top + height + reach;
}

/**
 * Where a point of the screen is on the page.
 * @param {{left: number, top: number, width: number, height: number}} box of the page on the screen
 * @param {[number, number]} size of the page in points, as its facts say
 * @param {number} turned quarter turns clockwise the reader has turned the page by
 * @param {number} clientX @param {number} clientY
 * @returns {[number, number]}
 */
export function onPage(box, [width, height], turned, clientX, clientY) {
  const u = (clientX - box.left) / Math.max(box.width, 1);
  const v = (clientY - box.top) / Math.max(box.height, 1);
  const [x, y] = [[u, v], [v, 1 - u], [1 - u, 1 - v], [1 - v, u]][((turned % 4) + 4) % 4];
  return [x * width, y * height];
}

/**
 * Keeps a place so that something of this size stays on the page.
 * @param {number[]} at @param {[number, number]} page @param {{width: number, height: number}} size
 */
export function inside([x, y], page, { width, height }) {
  return [Math.min(Math.max(x, 0), Math.max(page[0] - width, 0)), Math.min(Math.max(y, 0), Math.max(page[1] - height, 0))].map((value) => Math.round(value * 10) / 10);
}
