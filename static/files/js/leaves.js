/**
 * The pages on the screen now, at most three, and whoever lays something over them.
 *
 * A layer over the pages is an object `{onSheet, onSheetGone}` given to `viewer.addLayer`. For every page that comes on
 * the screen, and again whenever its size or turning changes, `onSheet(n, element, {scale, rotation, width, height})` is
 * called: `n` from 1; `element` lies exactly over the page in the page's own space, so an SVG in it with the viewBox
 * `0 0 width height` (points as the page is shown, origin at the top left) and 100 % of its size needs nothing more:
 * the reader's turning and zoom are done around it. `scale` is CSS pixels for a point, `rotation` the reader's quarter
 * turns clockwise. The element lets presses through to the text (`pointer-events: none`) unless the layer's own parts
 * take them; a touch whose `touchstart` was answered with `preventDefault()` neither scrolls nor turns the page.
 * `onSheetGone(n)` comes before the element leaves.
 *
 * @typedef {{scale: number, rotation: number, width: number, height: number}} SheetPlace
 * @typedef {{onSheet(n: number, element: HTMLElement, place: SheetPlace): void, onSheetGone(n: number): void}} Layer
 * @typedef {import("./view_geometry.js").Place} Place
 */

import { Leaf } from "./leaf.js";

export class Leaves {
  /** @param {HTMLElement} strip */
  constructor(strip) {
    this.strip = strip;
    /** @type {Map<number, Leaf>} */
    this.live = new Map();
    /** @type {Set<Layer>} */
    this.layers = new Set();
    /** @type {[number, number][]} */
    this.sizes = [];
    /** @type {Place[]} */
    this.places = [];
    this.turn = 0;
  }

  /** @param {Layer} layer @returns {() => void} takes the layer away */
  addLayer(layer) {
    this.layers.add(layer);
    for (const leaf of this.live.values()) this.#tell(layer, leaf);
    return () => {
      if (!this.layers.delete(layer)) return;
      for (const n of this.live.keys()) layer.onSheetGone(n);
    };
  }

  /** Where every page stands from now on. @param {Place[]} places @param {number} turn */
  arrange(places, turn) {
    this.places = places;
    this.turn = turn;
    for (const leaf of this.live.values()) this.#place(leaf);
  }

  /** @param {number} n */
  get(n) {
    return this.live.get(n);
  }

  /** The page on the screen, put there if it is not. @param {number} n @param {string} name what it is called */
  bring(n, name) {
    let leaf = this.live.get(n);
    if (leaf) return leaf;
    leaf = new Leaf(n, name);
    this.live.set(n, leaf);
    // In the order of the paper: what reads the screen aloud goes by it.
    const after = [...this.live.keys()].filter((other) => other > n).sort((a, b) => a - b)[0];
    this.strip.insertBefore(leaf.element, this.live.get(after)?.element ?? null);
    this.#place(leaf);
    return leaf;
  }

  /** @param {number[]} numbers */
  keepOnly(numbers) {
    for (const [n, leaf] of [...this.live]) {
      if (numbers.includes(n)) continue;
      for (const layer of this.layers) layer.onSheetGone(n);
      leaf.remove();
      this.live.delete(n);
    }
  }

  /** @param {number} n */
  placeOf(n) {
    return this.places.length > 2 ? this.places[n - 1] : this.places.find((place) => place.n === n);
  }

  /** @param {Leaf} leaf */
  #place(leaf) {
    const place = this.placeOf(leaf.n);
    if (!place) return;
    leaf.place(place, this.sizes[leaf.n - 1] ?? [595, 842], this.turn);
    for (const layer of this.layers) this.#tell(layer, leaf);
  }

  /** @param {Layer} layer @param {Leaf} leaf */
  #tell(layer, leaf) {
    const [width, height] = this.sizes[leaf.n - 1] ?? [595, 842];
    layer.onSheet(leaf.n, leaf.overlay, { scale: leaf.scale, rotation: this.turn, width, height });
  }
}
