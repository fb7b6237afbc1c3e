import { MAX_PIXELS } from "./view_geometry.js";

/** A page may be drawn so much narrower than it is shown: nobody sees it. */
const NARROWER = 0.85;
/** Finer than this no eye sees. */
const FINEST = 3;

/**
 * How page `n` should be drawn now: `px` across it, all of it in one image; `isCut` when that image cannot be sharp and
 * a part of the page, `full` pixels across the whole, has to lie over it; `ratio` device pixels for a CSS pixel.
 * @param {{facts: import("./page_source.js").Facts | null, scaleOf(n: number): number}} viewer
 * @param {number} n
 */
export function wishFor(viewer, n) {
  const [width, height] = viewer.facts?.pages[n - 1] ?? [595, 842];
  const ratio = Math.min(window.devicePixelRatio || 1, FINEST);
  const full = Math.max(Math.round(width * viewer.scaleOf(n) * ratio), 1);
  const most = Math.floor(Math.sqrt((MAX_PIXELS * width) / height));
  return { px: Math.min(full, most), full, isCut: full * NARROWER > most, ratio };
}
