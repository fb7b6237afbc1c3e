/**
 * One page on the screen: its image, a sharper cut of it when enlarged, its text, and an overlay for marks.
 *
 * Everything inside lies in the page's own space (points as the page is shown, origin at the top left): the reader's
 * turning is one transform around all of it, and sizes hang on --scale, CSS pixels for a point.
 *
 * @typedef {import("./view_geometry.js").Place} Place
 * @typedef {import("./page_source.js").Line} Line
 */

import { element } from "./elements.js";
import { markHits } from "./found_marks.js";
import { fillTextLayer } from "./text_layer.js";

const TURNED = [
  () => "",
  (/** @type {number} */ width) => `translate(${width}px, 0) rotate(90deg)`,
  (/** @type {number} */ width, /** @type {number} */ height) => `translate(${width}px, ${height}px) rotate(180deg)`,
  (/** @type {number} */ _width, /** @type {number} */ height) => `translate(0, ${height}px) rotate(270deg)`,
];

export class Leaf {
  /** @param {number} n @param {string} name what it is called when read aloud */
  constructor(n, name) {
    this.n = n;
    this.reading = new AbortController();
    this.hasText = false;
    this.scale = 1;
    this.element = element("div", "viewer__paper");
    this.element.dataset.sheet = String(n);
    this.page = element("div", "viewer__page");
    this.found = element("div", "viewer__found");
    this.text = element("div", "viewer__text");
    this.text.setAttribute("role", "group");
    this.text.setAttribute("aria-label", name);
    this.overlay = element("div", "viewer__overlay");
    this.page.append(this.found, this.text, this.overlay);
    this.element.append(this.page);
    /** @type {import("./sheet.js").Sheet | null} */
    this.detail = null;
  }

  /** @param {Place} place @param {[number, number]} size of the page in points @param {number} turn quarter turns clockwise */
  place(place, size, turn) {
    this.scale = place.scale;
    for (const side of /** @type {const} */ (["left", "top", "width", "height"])) {
      this.element.style.setProperty(side, `${place[side].toFixed(2)}px`);
    }
    this.page.style.setProperty("--scale", place.scale.toFixed(5));
    this.page.style.setProperty("width", `${(size[0] * place.scale).toFixed(2)}px`);
    this.page.style.setProperty("height", `${(size[1] * place.scale).toFixed(2)}px`);
    this.page.style.setProperty("transform", TURNED[turn](place.width, place.height));
  }

  /** The page's image; the one it had is taken off. @param {import("./sheet.js").Sheet} sheet */
  put(sheet) {
    if (sheet.canvas.parentNode !== this.page) this.page.prepend(sheet.canvas);
  }

  /**
   * A sharper image of a part of the page.
   * @param {import("./sheet.js").Sheet} sheet @param {{x: number, y: number, width: number, height: number}} part in points
   * @param {[number, number]} size of the page in points
   */
  putDetail(sheet, part, size) {
    this.dropDetail();
    this.detail = sheet;
    sheet.canvas.className = "viewer__detail";
    const { style } = sheet.canvas;
    style.setProperty("left", `${(100 * part.x) / size[0]}%`);
    style.setProperty("top", `${(100 * part.y) / size[1]}%`);
    style.setProperty("width", `${(100 * part.width) / size[0]}%`);
    style.setProperty("height", `${(100 * part.height) / size[1]}%`);
    this.found.before(sheet.canvas);
  }

  dropDetail() {
    this.detail?.free();
    this.detail = null;
  }

  /** @param {Line[]} lines */
  write(lines) {
    this.hasText = true;
    fillTextLayer(this.text, lines);
    if (lines.length > 0) return;
    const note = element("p", "visually-hidden");
    note.textContent = gettext("This page is a picture without text.");
    this.text.append(note);
  }

  /** What was searched for, marked. @param {import("./page_source.js").Hit[]} hits @param {import("./page_source.js").Hit | null} current */
  mark(hits, current) {
    markHits(this.found, hits, current);
  }

  /** Take the page off the screen; its image belongs to who drew it. */
  remove() {
    this.reading.abort();
    this.dropDetail();
    this.element.remove();
  }
}
