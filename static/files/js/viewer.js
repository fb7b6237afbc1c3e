/**
 * Shows a paper: one page, two side by side or all below each other, with the real text over the images, at most three
 * images held. Whatever lies over the pages (marks, pointers) is told of in leaves.js, `addLayer`.
 *
 * While another page is being drawn the one on screen stays; an enlarged page is shown enlarged at once and sharp a
 * moment later. Moves the reader makes are told to `onMove`, moves made by the program only to `onPage`.
 *
 * @typedef {import("./page_source.js").PageSource} PageSource
 * @typedef {import("./page_source.js").Facts} Facts
 * @typedef {import("./view_geometry.js").Layout} Layout
 */

import { Drawing } from "./drawing.js";
import { element } from "./elements.js";
import { followFingers } from "./gestures.js";
import { followKeysAndWheel } from "./keys_and_wheel.js";
import { Leaves } from "./leaves.js";
import { Notice } from "./notice.js";
import { PageImages } from "./page_images.js";
import { pause, SourceError } from "./page_source.js";
import { arranged, boundedPage, boundedZoom, inSight, pointOf, together, underPoint } from "./view_geometry.js";

const SLOW_AFTER = 250;
const FIRST_POLL = 300;
const LAST_POLL = 2000;

export class PaperViewer {
  /**
   * @param {HTMLElement} container filled by the viewer; give it a height
   * @param {{
   *   onPage?: (n: number) => void, onMove?: (n: number) => void, onZoom?: (zoom: number) => void,
   *   onFacts?: (facts: Facts) => void, onLook?: () => void, fit?: "width"|"page",
   * }} [options]
   *   `onPage`: another page is asked for, by anyone; `onMove`: the reader turned it by hand; `onLook`: layout or turning changed.
   */
  constructor(container, { onPage, onMove, onZoom, onFacts, onLook, fit = "width" } = {}) {
    this.container = container;
    this.onPage = onPage;
    this.onMove = onMove;
    this.onZoom = onZoom;
    this.onFacts = onFacts;
    this.onLook = onLook;
    this.fitMode = fit;
    this.zoom = 1;
    this.page = 1;
    /** @type {Layout} */
    this.layout = "single";
    /** Quarter turns clockwise. */
    this.turn = 0;
    /** @type {Facts | null} */
    this.facts = null;
    /** @type {PageSource | null} */
    this.source = null;
    this.images = new PageImages();
    /** Pages on screen with their image. @type {number[]} */
    this.shown = [];
    /** @type {1 | -1} */
    this.direction = 1;
    this.opening = new AbortController();
    this.ending = new AbortController();
    this.pinching = 1;
    /** @type {{hits: import("./page_source.js").Hit[], current: import("./page_source.js").Hit | null}} */
    this.found = { hits: [], current: null };
    this.placedAt = -1;

    this.room = element("div", "viewer__room");
    this.room.tabIndex = 0;
    this.room.setAttribute("role", "region");
    this.room.setAttribute("aria-label", gettext("Paper"));
    this.strip = element("div", "viewer__strip");
    this.strip.hidden = true;
    this.leaves = new Leaves(this.strip);
    this.drawing = new Drawing(this);
    this.room.append(this.strip);
    this.notice = new Notice();
    this.announced = element("p", "visually-hidden");
    this.announced.setAttribute("aria-live", "polite");
    this.frame = element("div", "viewer");
    this.frame.append(this.room, this.notice.box, this.announced);
    this.container.replaceChildren(this.frame);
    this.#listen();
  }

  /** How many pages the open paper has; 0 while that is not known. */
  get pageCount() {
    return this.facts?.pages.length ?? 0;
  }

  /** The paper's table of contents, [[level, title, index from 0], …]. */
  get outline() {
    return this.facts?.outline ?? [];
  }

  /** Lay something over the pages; see leaves.js. @param {import("./leaves.js").Layer} layer @returns {() => void} takes it away */
  addLayer(layer) {
    return this.leaves.addLayer(layer);
  }

  /**
   * Show another paper, from `page`. Resolves when its first page is on screen, or when it turned out that it cannot be.
   * @param {PageSource} source @param {{page?: number}} [at]
   */
  async open(source, { page = 1 } = {}) {
    this.close();
    this.source = source;
    this.page = page;
    const { signal } = (this.opening = new AbortController());
    this.wait(gettext("Opening the paper…"), SLOW_AFTER);
    try {
      const facts = await this.#ready(source, signal);
      this.facts = facts;
      this.leaves.sizes = facts.pages;
      this.images.open(source, facts);
      this.container.classList.toggle("is-uncopied", facts.may?.copy === false);
      this.container.classList.toggle("is-unprinted", facts.may?.print === false);
      this.onFacts?.(facts);
      this.room.setAttribute("aria-label", facts.name);
      if (facts.state === "refused") throw new SourceError(facts.reason, false);
      if (facts.pages.length === 0) throw new SourceError(facts.reason || gettext("This file has no pages to show. Save a copy to open it."), false);
      await this.show(boundedPage(page, this.pageCount));
    } catch (error) {
      if (!signal.aborted) this.failed(error, () => this.open(source, { page: this.page }));
    }
  }

  /** Show page `n` without calling it the reader's own move. @param {number} n */
  goTo(n) {
    this.page = n;
    if (this.facts?.state !== "ready") return;
    this.show(boundedPage(n, this.pageCount));
  }

  /** Turn to page `n` as the reader's own move. @param {number} n */
  moveTo(n) {
    if (this.facts?.state !== "ready") return;
    const page = boundedPage(n, this.pageCount);
    if (page === this.page) return;
    this.show(page);
    this.onMove?.(page);
  }

  next() {
    this.moveTo(Math.max(...together(this.page, this.pageCount, this.layout)) + 1);
  }

  previous() {
    const first = Math.min(...together(this.page, this.pageCount, this.layout));
    if (first > 1) this.moveTo(this.layout === "two" ? first - 2 : first - 1);
  }

  zoomIn() {
    this.zoomTo(this.zoom * 1.25);
  }

  zoomOut() {
    this.zoomTo(this.zoom / 1.25);
  }

  /**
   * Enlarge `zoom` times the fitting size, keeping what is at (x, y) of the window where it is.
   * @param {number} zoom @param {number} [x] @param {number} [y]
   */
  zoomTo(zoom, x, y) {
    this.zoom = boundedZoom(Math.abs(zoom - 1) < 0.04 ? 1 : zoom);
    this.#resize(x, y);
    this.onZoom?.(this.zoom);
  }

  /** Fit the page's width, or the whole page. @param {"width"|"page"} mode */
  fit(mode) {
    this.fitMode = mode;
    this.zoomTo(1);
    this.onLook?.();
  }

  /** One page, two side by side, or all below each other. @param {Layout} layout */
  setLayout(layout) {
    if (layout === this.layout) return;
    this.layout = layout;
    this.#rearrange();
  }

  /** Turn the paper a quarter clockwise. */
  rotate() {
    this.turn = (this.turn + 1) % 4;
    this.#rearrange();
  }

  /** Mark what was found. @param {import("./page_source.js").Hit[]} hits @param {import("./page_source.js").Hit | null} current */
  mark(hits, current) {
    this.found = { hits, current };
    for (const leaf of this.leaves.live.values()) this.markOn(leaf);
    if (!current) return;
    if (current.page !== this.page) this.moveTo(current.page);
    this.bringBox(current);
  }

  /** Let go of the paper and of everything held for it. */
  close() {
    this.opening.abort();
    this.drawing.stop();
    this.leaves.keepOnly([]);
    this.images.close();
    this.source?.close?.();
    this.strip.hidden = true;
    this.facts = null;
    this.source = null;
    this.shown = [];
    this.zoom = 1;
    this.turn = 0;
    this.found = { hits: [], current: null };
    this.settled();
  }

  /** Take the viewer away altogether. */
  destroy() {
    this.close();
    this.ending.abort();
    this.container.replaceChildren();
  }

  #listen() {
    const { signal } = this.ending;
    const watcher = new ResizeObserver(() => this.#resize());
    watcher.observe(this.room);
    signal.addEventListener("abort", () => watcher.disconnect());
    this.room.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    followKeysAndWheel(this.room, this, signal);
    followFingers(
      this.room,
      {
        canSweep: () => this.layout !== "flow" && this.room.scrollWidth <= this.room.clientWidth + 1 && this.pageCount > 1,
        sweep: (dx) => this.#drag(`translateX(${Math.sign(dx) * Math.min(Math.abs(dx) * 0.6, 160)}px)`),
        swept: (direction) => {
          this.strip.classList.toggle("viewer__strip--back", direction === 0);
          this.#drag("");
          if (direction > 0) this.next();
          else if (direction < 0) this.previous();
        },
        pinch: (ratio, x, y) => this.#pinch(ratio, x, y),
        pinched: (ratio, x, y) => {
          this.#drag("");
          this.zoomTo(this.zoom * ratio, x, y);
        },
        tappedTwice: (x, y) => this.zoomTo(this.zoom > 1.2 ? 1 : 2.5, x, y),
      },
      signal,
    );
  }

  /** @param {string} transform */
  #drag(transform) {
    if (transform) this.strip.classList.remove("viewer__strip--back");
    this.strip.style.setProperty("transform", transform);
  }

  /** @param {number} ratio @param {number} x @param {number} y */
  #pinch(ratio, x, y) {
    const box = this.strip.getBoundingClientRect();
    const bounded = boundedZoom(this.zoom * ratio) / this.zoom;
    if (!this.strip.style.transform) {
      this.strip.style.setProperty("transform-origin", `${x - box.left}px ${y - box.top}px`);
    }
    if (this.pinching !== bounded) this.#drag(`scale(${bounded})`);
    this.pinching = bounded;
  }

  /** @param {PageSource} source @param {AbortSignal} signal @returns {Promise<Facts>} */
  async #ready(source, signal) {
    for (let wait = FIRST_POLL; ; wait = Math.min(wait * 1.4, LAST_POLL)) {
      const facts = await source.facts({ signal });
      signal.throwIfAborted();
      if (facts.state !== "waiting") return facts;
      this.wait(gettext("The paper is being prepared…"));
      await pause(wait, signal);
    }
  }

  /** Where pages stand in the room of now. @param {number} page those seen together with it, unless all are */
  #plan(page) {
    const style = getComputedStyle(this.room);
    const room = {
      width: this.room.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      height: this.room.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom),
    };
    const { layout, fitMode: fit, zoom, turn } = this;
    return arranged({ pages: this.facts?.pages ?? [], page, layout, fit, zoom, turn, room });
  }

  /** @param {number} page */
  arrange(page) {
    const { places, width, height } = this.#plan(page);
    this.strip.style.setProperty("width", `${width.toFixed(2)}px`);
    this.strip.style.setProperty("height", `${height.toFixed(2)}px`);
    this.leaves.arrange(places, this.turn);
  }

  /** CSS pixels for a point of page `n`, on the screen or not. @param {number} n */
  scaleOf(n) {
    return this.leaves.placeOf(n)?.scale ?? this.#plan(n).places.find((place) => place.n === n)?.scale ?? 1;
  }

  /** What of the strip is in sight, in its own pixels. */
  sight() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.room;
    return { left: scrollLeft - this.strip.offsetLeft, top: scrollTop - this.strip.offsetTop, width: clientWidth, height: clientHeight };
  }

  /** Pages that belong on the screen, most of it first. */
  seen() {
    if (this.layout !== "flow") return [this.page, ...together(this.page, this.pageCount, this.layout).filter((n) => n !== this.page)];
    const { top, height } = this.sight();
    const seen = inSight(this.leaves.places, top, height);
    return seen.length ? seen : [this.page];
  }

  /** Bring page `n` on screen as soon as it is drawn. @param {number} n */
  async show(n) {
    const held = this.leaves.get(n);
    if (this.page !== n || !held) this.onPage?.(n);
    if (n !== this.shown[0]) this.direction = n < (this.shown[0] ?? 1) ? -1 : 1;
    this.page = n;
    if (this.layout === "flow") {
      this.strip.hidden = false;
      this.arrange(n);
      this.#scrollTo(n);
    }
    await this.drawing.fill();
  }

  /** @param {number} n */
  #scrollTo(n) {
    const place = this.leaves.placeOf(n);
    if (!place) return;
    this.room.scrollTop = this.strip.offsetTop + place.top - Math.min(this.strip.offsetTop, 8);
    this.placedAt = this.room.scrollTop;
  }

  #scrolled() {
    if (!this.facts || this.strip.hidden) return;
    this.drawing.sharpenSoon();
    if (this.layout !== "flow" || Math.abs(this.room.scrollTop - this.placedAt) < 2) return;
    this.placedAt = -1;
    const seen = this.seen();
    if (seen[0] !== this.page) {
      this.direction = seen[0] > this.page ? 1 : -1;
      this.page = seen[0];
      this.onPage?.(this.page);
      this.onMove?.(this.page);
    }
    if (seen.some((n) => !this.shown.includes(n))) void this.drawing.fill();
  }

  /** @param {number} n */
  pageName(n) {
    return interpolate(gettext("Page %(page)s of %(count)s"), { page: n, count: this.pageCount }, true);
  }

  /** @param {import("./leaf.js").Leaf} leaf */
  markOn(leaf) {
    leaf.mark(this.found.hits.filter((hit) => hit.page === leaf.n), this.found.current);
  }

  /** Scroll what was found into sight. @param {import("./page_source.js").Hit} hit */
  bringBox({ page }) {
    this.leaves.get(page)?.found.querySelector(".viewer__hit--current")?.scrollIntoView({ block: "center", inline: "nearest" });
  }

  /** After another layout or turning: the same page, laid out anew. */
  #rearrange() {
    this.onLook?.();
    if (!this.facts?.pages.length) return;
    this.leaves.keepOnly([]);
    this.shown = [];
    this.room.scrollLeft = 0;
    void this.show(boundedPage(this.page, this.pageCount));
  }

  /** Set the pages' size anew, keeping what is at (x, y) in place. @param {number} [x] @param {number} [y] */
  #resize(x, y) {
    this.pinching = 1;
    if (!this.shown.length || !this.room.clientWidth) return;
    const view = this.room.getBoundingClientRect();
    const focus = { x: (x ?? view.left + view.width / 2) - view.left, y: (y ?? view.top + (this.layout === "flow" ? 8 : view.height / 2)) - view.top };
    const { left, top } = this.sight();
    const point = underPoint(this.leaves.places, left + focus.x, top + focus.y);
    this.arrange(this.shown[0]);
    const now = pointOf(this.leaves.places, point);
    this.room.scrollLeft = this.strip.offsetLeft + now.x - focus.x;
    this.room.scrollTop = this.strip.offsetTop + now.y - focus.y;
    this.placedAt = this.room.scrollTop;
    if (this.layout === "flow" && this.seen().some((n) => !this.shown.includes(n))) void this.drawing.fill();
    this.drawing.sharpenSoon();
  }

  /** @param {unknown} error @param {() => void} retry */
  failed(error, retry) {
    const told = error instanceof SourceError ? error : new SourceError(gettext("The page cannot be shown."), true);
    this.room.setAttribute("aria-busy", "false");
    this.notice.fail(told.message, told.mayRetry ? retry : undefined);
  }

  /** Say that something is on its way, if it still is after `after` ms. @param {string} sentence @param {number} [after] */
  wait(sentence, after = 0) {
    this.room.setAttribute("aria-busy", "true");
    this.notice.wait(sentence, after);
  }

  settled() {
    this.room.setAttribute("aria-busy", "false");
    this.notice.clear();
  }
}
