/** Pure sums of the viewer: how large a page is shown, where it stays under the finger, which pages are kept. */

/** CSS pixels of a page's shorter side beyond which fitting stops: lines longer than this are hard to read. */
export const WIDEST = 1000;
export const MAX_ZOOM = 5;

/**
 * CSS pixels for a point at zoom 1.
 * @param {[number, number]} page width and height in points
 * @param {{width: number, height: number}} room
 * @param {"width"|"page"} fit
 */
export function fittingScale(page, room, fit) {
  const wide = Math.max(room.width, 50) / page[0];
  const high = Math.max(room.height, 50) / page[1];
  return fit === "page" ? Math.min(wide, high) : Math.min(wide, WIDEST / Math.min(...page));
}

/** @param {number} zoom */
export function boundedZoom(zoom) {
  return Math.min(MAX_ZOOM, Math.max(1, zoom));
}

/**
 * The scroll offset that keeps what is under `focus` (pixels from the room's edge) under it after a change of size.
 * @param {number} scroll @param {number} focus @param {number} before page's start and length before
 * @param {number} ratio new length over old
 * @param {number} after page's start after
 */
export function keptUnder(scroll, focus, before, ratio, after) {
  return after + (scroll + focus - before) * ratio - focus;
}

/**
 * The pages worth holding, most wanted first: the one shown, the one likely next, the one before.
 * @param {number} page @param {number} count @param {1|-1} direction
 */
export function wanted(page, count, direction) {
  return [page, page + direction, page - direction].filter((n) => n >= 1 && n <= count);
}

/** @param {number} page @param {number} count */
export function boundedPage(page, count) {
  return Math.min(Math.max(Math.round(page) || 1, 1), Math.max(count, 1));
}
