/**
 * Brings the images of an open paper onto its pages: what is in sight first and as sharp as the screen, then what is
 * likely next; never more images than LIVE_BITMAPS, a sharper cut of an enlarged page included.
 */

import { LIVE_BITMAPS, partInSight, wanted } from "./view_geometry.js";
import { wishFor } from "./wishes.js";

const SLOW_AFTER = 250;
const SHARPEN_AFTER = 180;

export class Drawing {
  /** @param {import("./viewer.js").PaperViewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.turn = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.sharpening = undefined;
  }

  /** Whatever is being drawn is not wanted any more. */
  stop() {
    clearTimeout(this.sharpening);
    this.turn += 1;
  }

  /** Draw what belongs on the screen, then what is likely next. */
  async fill() {
    const { signal } = this.viewer.opening;
    const turn = (this.turn += 1);
    const isOver = () => signal.aborted || this.turn !== turn;
    const seen = this.viewer.seen();
    // In a flow the pages stand there, white until drawn; else the old page stays until the new one is.
    if (this.viewer.layout === "flow") this.#lay(seen);
    const kept = this.viewer.layout === "flow" ? seen : [seen[0], ...this.viewer.shown.filter((n) => this.viewer.leaves.get(n))];
    this.viewer.images.keepOnly(kept.slice(0, LIVE_BITMAPS));
    for (const n of seen) {
      const sheet = this.viewer.images.sheet(n);
      if (!sheet.px && n === seen[0]) this.viewer.wait(this.viewer.pageName(n), SLOW_AFTER);
      try {
        await this.viewer.images.drawn(sheet, wishFor(this.viewer, n).px, false);
      } catch (error) {
        if (isOver() || sheet.abort.signal.aborted) return;
        this.#lay(seen);
        if (n === seen[0]) this.viewer.failed(error, () => this.viewer.show(n));
        continue;
      }
      if (isOver()) return;
      if (n === seen[0]) {
        if (this.viewer.layout !== "flow") this.viewer.images.keepOnly(seen);
        this.viewer.settled();
        this.#lay(seen);
      }
      this.viewer.leaves.get(n)?.put(sheet);
      void this.#readText(n);
    }
    await this.#drawAhead(isOver);
    this.sharpenSoon();
  }

  /** Put these pages on the screen and take the others off. @param {number[]} seen */
  #lay(seen) {
    const turned = !this.viewer.shown.includes(seen[0]);
    this.viewer.leaves.keepOnly(seen);
    if (this.viewer.layout !== "flow") this.viewer.arrange(seen[0]);
    for (const n of [...seen].sort((a, b) => a - b)) {
      const leaf = this.viewer.leaves.bring(n, this.viewer.pageName(n));
      const sheet = this.viewer.images.held(n);
      if (sheet?.px) leaf.put(sheet);
      this.viewer.markOn(leaf);
    }
    this.viewer.shown = seen;
    this.viewer.strip.hidden = false;
    if (!turned) return;
    this.viewer.announced.textContent = this.viewer.pageName(seen[0]);
    if (this.viewer.layout === "flow") return;
    this.viewer.room.scrollTop = 0;
    if (this.viewer.zoom <= 1) this.viewer.room.scrollLeft = 0;
    if (this.viewer.found.current?.page === seen[0]) this.viewer.bringBox(this.viewer.found.current);
  }

  /** @param {number} n */
  async #readText(n) {
    const leaf = this.viewer.leaves.get(n);
    if (!leaf || leaf.hasText) return;
    const { signal } = leaf.reading;
    try {
      const lines = (await this.viewer.source?.getText(n, { signal })) ?? [];
      if (!signal.aborted) leaf.write(lines);
    } catch {
      // The page can be read without it; it comes with the next turn to this page.
    }
  }

  /** Hold the neighbours too, the likely one first. @param {() => boolean} isOver */
  async #drawAhead(isOver) {
    // A sharper cut of an enlarged page is an image, too.
    const most = wishFor(this.viewer, this.viewer.page).isCut ? LIVE_BITMAPS - 1 : LIVE_BITMAPS;
    const keep = wanted(this.viewer.seen(), this.viewer.pageCount, this.viewer.direction).slice(0, most);
    this.viewer.images.keepOnly(keep);
    for (const n of keep) {
      if (isOver() || this.viewer.facts?.faults[String(n - 1)]) continue;
      await this.viewer.images.drawn(this.viewer.images.sheet(n), Math.min(wishFor(this.viewer, n).px, 1654), true).catch(() => {
        if (!this.viewer.shown.includes(n) && n !== this.viewer.page) this.viewer.images.drop(n);
      });
    }
  }

  sharpenSoon() {
    clearTimeout(this.sharpening);
    this.sharpening = setTimeout(() => this.#sharpen(), SHARPEN_AFTER);
  }

  /** Draw what is on the screen as sharp as the screen is; of a page too large for one image only what is in sight. */
  async #sharpen() {
    const { signal } = this.viewer.opening;
    for (const n of this.viewer.shown) {
      const sheet = this.viewer.images.held(n);
      const leaf = this.viewer.leaves.get(n);
      if (!sheet?.px || !leaf) continue;
      const wish = wishFor(this.viewer, n);
      if (!wish.isCut || n !== this.viewer.page || this.viewer.shown.length > 1) leaf.dropDetail();
      if (wish.isCut && n === this.viewer.page) await this.#drawPart(leaf, wish.full).catch(() => undefined);
      else if (sheet.px < wish.px) {
        // The sharper image exists beside the one on screen for a moment: the least wanted neighbour makes room.
        this.viewer.images.keepOnly(wanted(this.viewer.shown, this.viewer.pageCount, this.viewer.direction).slice(0, 2).concat(this.viewer.shown));
        await this.viewer.images.drawn(sheet, wish.px, false).catch(() => undefined);
      }
      if (signal.aborted) return;
    }
  }

  /** @param {import("./leaf.js").Leaf} leaf @param {number} full pixels across the whole page */
  async #drawPart(leaf, full) {
    const place = this.viewer.leaves.placeOf(leaf.n);
    const size = this.viewer.facts?.pages[leaf.n - 1];
    if (!place || !size) return;
    const part = partInSight(place, size, this.viewer.turn, this.viewer.sight(), wishFor(this.viewer, leaf.n).ratio);
    if (!part) return;
    this.viewer.images.keepOnly(this.viewer.shown.slice(0, 2));
    const made = await this.viewer.images.part(leaf.n, full, part, size);
    if (!made) return;
    if (this.viewer.leaves.get(leaf.n) === leaf) leaf.putDetail(made.sheet, made.part, size);
    else made.sheet.free();
  }
}
