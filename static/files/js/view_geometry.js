/**
 * Pure sums of the viewer: where pages stand and how large, what stays under the finger, which pages are kept.
 *
 * @typedef {{n: number, left: number, top: number, width: number, height: number, scale: number}} Place
 *   Where page `n` stands on the strip, in CSS pixels; `scale` CSS pixels for a point.
 * @typedef {"single"|"two"|"flow"} Layout one page, two side by side, or all below each other
 * @typedef {{width: number, height: number}} Size
 */

/** CSS pixels of a page's shorter side beyond which fitting stops: lines longer than this are hard to read. */
export const WIDEST = 1000;
export const MAX_ZOOM = 5;
/** CSS pixels between pages. */
export const GAP = 12;
/** Pixels of a page's image: a tablet keeps three of them. */
export const MAX_PIXELS = 5_240_000;
/** Pages held as images at once, a sharper cut of one included. */
export const LIVE_BITMAPS = 3;

/**
 * CSS pixels for a point at zoom 1.
 * @param {[number, number]} page width and height in points
 * @param {Size} room
 * @param {"width"|"page"} fit
 */
export function fittingScale(page, room, fit) {
  const wide = Math.max(room.width, 50) / page[0];
  const high = Math.max(room.height, 50) / page[1];
  return fit === "page" ? Math.min(wide, high) : Math.min(wide, WIDEST / Math.min(...page));
}

/** A page's size after `turn` quarter turns. @param {[number, number]} size @param {number} turn @returns {[number, number]} */
export function turned([width, height], turn) {
  return turn % 2 ? [height, width] : [width, height];
}

/** The pages seen together with page `n`. @param {number} n @param {number} count @param {Layout} layout @returns {number[]} */
export function together(n, count, layout) {
  if (layout !== "two") return [n];
  const first = n % 2 ? n : n - 1;
  return first + 1 <= count ? [first, first + 1] : [first];
}

/**
 * Where pages stand: in a flow all of them, else those seen together with `page`.
 *
 * In a flow a page has at least half the room to itself, so that never more than three are seen at once.
 * @param {{pages: [number, number][], page: number, layout: Layout, fit: "width"|"page", zoom: number, turn: number, room: Size}} wish
 * @returns {{places: Place[], width: number, height: number}}
 */
export function arranged({ pages, page, layout, fit, zoom, turn, room }) {
  const numbers = layout === "flow" ? pages.map((_, index) => index + 1) : together(page, pages.length, layout);
  const sizes = numbers.map((n) => turned(pages[n - 1] ?? [595, 842], turn));
  if (layout === "flow") {
    const scales = sizes.map((size) => fittingScale(size, room, fit) * zoom);
    const width = Math.max(...sizes.map(([wide], i) => wide * scales[i]));
    let top = 0;
    const places = sizes.map(([wide, high], i) => {
      const place = { n: numbers[i], left: (width - wide * scales[i]) / 2, top, width: wide * scales[i], height: high * scales[i], scale: scales[i] };
      top += Math.max(place.height + GAP, room.height / 2 + 1);
      return place;
    });
    return { places, width, height: places.length ? top - GAP : 0 };
  }
  const gaps = GAP * (sizes.length - 1);
  const wide = sizes.reduce((sum, size) => sum + size[0], 0);
  const high = Math.max(...sizes.map((size) => size[1]));
  const scale = (sizes.length > 1
    ? Math.min(Math.max(room.width - gaps, 50) / wide, fit === "page" ? Math.max(room.height, 50) / high : Infinity, WIDEST / Math.min(...sizes[0]))
    : fittingScale(sizes[0], room, fit)) * zoom;
  let left = 0;
  const places = sizes.map((size, i) => {
    const place = { n: numbers[i], left, top: 0, width: size[0] * scale, height: size[1] * scale, scale };
    left += place.width + GAP;
    return place;
  });
  return { places, width: left - GAP, height: high * scale };
}

/**
 * The pages a window of the strip shows, most of it first. Places stand in the order of their tops.
 * @param {Place[]} places @param {number} top @param {number} height @returns {number[]}
 */
export function inSight(places, top, height) {
  let low = 0;
  for (let high = places.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (places[middle].top + places[middle].height <= top) low = middle + 1;
    else high = middle;
  }
  /** @type {{n: number, seen: number}[]} */
  const seen = [];
  for (let i = low; i < places.length && places[i].top < top + height; i += 1) {
    const place = places[i];
    seen.push({ n: place.n, seen: Math.min(place.top + place.height, top + height) - Math.max(place.top, top) });
  }
  return seen.sort((a, b) => b.seen - a.seen || a.n - b.n).map((each) => each.n);
}

/** @param {number} zoom */
export function boundedZoom(zoom) {
  return Math.min(MAX_ZOOM, Math.max(1, zoom));
}

/**
 * The page under a point of the strip, or the nearest, and where on it the point is, as parts of its size.
 * @param {Place[]} places @param {number} x @param {number} y
 */
export function underPoint(places, x, y) {
  let best = places[0];
  let nearest = Infinity;
  for (const place of places) {
    const across = Math.max(place.left - x, 0, x - place.left - place.width);
    const down = Math.max(place.top - y, 0, y - place.top - place.height);
    if (across + down < nearest) [best, nearest] = [place, across + down];
    if (nearest === 0) break;
  }
  return { n: best.n, u: (x - best.left) / best.width, v: (y - best.top) / best.height };
}

/** Where on the strip that point of the page is now. @param {Place[]} places @param {{n: number, u: number, v: number}} point */
export function pointOf(places, { n, u, v }) {
  const place = places.find((each) => each.n === n) ?? places[0];
  return { x: place.left + u * place.width, y: place.top + v * place.height };
}

/**
 * The part of a page that is in sight, with a little around it, in points of the unturned page; at most MAX_PIXELS of it.
 * @param {Place} place @param {[number, number]} size unturned, in points @param {number} turn
 * @param {{left: number, top: number, width: number, height: number}} sight on the strip
 * @param {number} ratio device pixels for a CSS pixel
 */
export function partInSight(place, size, turn, sight, ratio) {
  const [wide, high] = turned(size, turn);
  const room = Math.sqrt(MAX_PIXELS / Math.max(sight.width * sight.height * ratio * ratio, 1));
  const around = Math.max(Math.min(0.15, (room - 1) / 2), 0);
  const x0 = Math.max((sight.left - around * sight.width - place.left) / place.scale, 0);
  const y0 = Math.max((sight.top - around * sight.height - place.top) / place.scale, 0);
  const x1 = Math.min((sight.left + (1 + around) * sight.width - place.left) / place.scale, wide);
  const y1 = Math.min((sight.top + (1 + around) * sight.height - place.top) / place.scale, high);
  if (x1 <= x0 || y1 <= y0) return null;
  const seen = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
  if (turn === 1) return { x: seen.y, y: size[1] - x1, width: seen.height, height: seen.width };
  if (turn === 2) return { x: size[0] - x1, y: size[1] - y1, width: seen.width, height: seen.height };
  if (turn === 3) return { x: size[0] - y1, y: seen.x, width: seen.height, height: seen.width };
  return seen;
}

/**
 * The pages worth holding, most wanted first: those in sight, then what likely comes, then what was.
 * @param {number[]} seen most of the screen first @param {number} count @param {1|-1} direction
 */
export function wanted(seen, count, direction) {
  const last = direction > 0 ? Math.max(...seen) : Math.min(...seen);
  const before = direction > 0 ? Math.min(...seen) : Math.max(...seen);
  const all = [...seen, last + direction, before - direction].filter((n) => n >= 1 && n <= count);
  return [...new Set(all)].slice(0, LIVE_BITMAPS);
}

/** @param {number} page @param {number} count */
export function boundedPage(page, count) {
  return Math.min(Math.max(Math.round(page) || 1, 1), Math.max(count, 1));
}
