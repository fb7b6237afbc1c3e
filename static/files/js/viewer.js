/**
 * Shows a paper page by page: the image of the page, the real text over it, at most three images held.
 *
 * While another page is being drawn the one on screen stays; a zoomed page is shown enlarged at once and sharp a
 * moment later. Moves the reader makes are told to `onMove`, moves made by the program only to `onPage`.
 *
 * @typedef {import("./page_source.js").PageSource} PageSource
 * @typedef {import("./page_source.js").Facts} Facts
 */

import { followFingers } from "./gestures.js";
import { followKeysAndWheel } from "./keys_and_wheel.js";
import { Notice } from "./notice.js";
import { PageImages } from "./page_images.js";
import { pause, snapped, SourceError } from "./page_source.js";
import { fillTextLayer } from "./text_layer.js";
import { boundedPage, boundedZoom, fittingScale, keptUnder, wanted } from "./view_geometry.js";

const LIVE_BITMAPS = 3;
const SLOW_AFTER = 250;
const SHARPEN_AFTER = 180;
const FIRST_POLL = 300;
const LAST_POLL = 2000;

export class PaperViewer {
  /**
   * @param {HTMLElement} container filled by the viewer; give it a height
   * @param {{
   *   onPage?: (n: number) => void, onMove?: (n: number) => void, onZoom?: (zoom: number) => void,
   *   onFacts?: (facts: Facts) => void, fit?: "width"|"page",
   * }} [options]
   *   `onPage`: another page is asked for, by anyone; `onMove`: the reader turned it by hand.
   */
  constructor(container, { onPage, onMove, onZoom, onFacts, fit = "width" } = {}) {
    this.container = container;
    this.onPage = onPage;
    this.onMove = onMove;
    this.onZoom = onZoom;
    this.onFacts = onFacts;
    this.fitMode = fit;
    this.zoom = 1;
    this.page = 1;
    /** @type {Facts | null} */
    this.facts = null;
    /** @type {PageSource | null} */
    this.source = null;
    this.images = new PageImages();
    this.shown = 0;
    /** @type {1 | -1} */
    this.direction = 1;
    this.opening = new AbortController();
    this.texting = new AbortController();
    this.ending = new AbortController();
    /** @type {number | undefined} */
    this.sharpening = undefined;
    this.pinching = 1;

    this.room = element("div", "viewer__room");
    this.room.tabIndex = 0;
    this.room.setAttribute("role", "region");
    this.room.setAttribute("aria-label", gettext("Paper"));
    this.paper = element("div", "viewer__paper");
    this.paper.hidden = true;
    this.text = element("div", "viewer__text");
    this.text.setAttribute("role", "group");
    this.paper.append(this.text);
    this.room.append(this.paper);
    this.notice = new Notice();
    this.announced = element("p", "visually-hidden");
    this.announced.setAttribute("aria-live", "polite");
    const viewer = element("div", "viewer");
    viewer.append(this.room, this.notice.box, this.announced);
    this.container.replaceChildren(viewer);
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

  /**
   * Show another paper, from `page`. Resolves when its first page is on screen, or when it turned out that it cannot be.
   * @param {PageSource} source @param {{page?: number}} [at]
   */
  async open(source, { page = 1 } = {}) {
    this.close();
    this.source = source;
    this.page = page;
    const { signal } = (this.opening = new AbortController());
    this.#wait(gettext("Opening the paper…"), SLOW_AFTER);
    try {
      const facts = await this.#ready(source, signal);
      this.facts = facts;
      this.images.open(source, facts);
      this.onFacts?.(facts);
      this.room.setAttribute("aria-label", facts.name);
      if (facts.state === "refused") throw new SourceError(facts.reason, false);
      if (facts.pages.length === 0) throw new SourceError(gettext("This file has no pages to show. Save a copy to open it."), false);
      await this.#show(boundedPage(page, this.pageCount));
    } catch (error) {
      if (!signal.aborted) this.#failed(error, () => this.open(source, { page: this.page }));
    }
  }

  /** Show page `n` without calling it the reader's own move. @param {number} n */
  goTo(n) {
    this.page = n;
    if (this.facts?.state !== "ready") return;
    this.#show(boundedPage(n, this.pageCount));
  }

  /** Turn to page `n` as the reader's own move. @param {number} n */
  moveTo(n) {
    if (this.facts?.state !== "ready") return;
    const page = boundedPage(n, this.pageCount);
    if (page === this.page) return;
    this.#show(page);
    this.onMove?.(page);
  }

  next() {
    this.moveTo(this.page + 1);
  }

  previous() {
    this.moveTo(this.page - 1);
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
  }

  /** Let go of the paper and of everything held for it. */
  close() {
    this.opening.abort();
    this.texting.abort();
    clearTimeout(this.sharpening);
    this.images.close();
    this.text.replaceChildren();
    this.paper.hidden = true;
    this.facts = null;
    this.source = null;
    this.shown = 0;
    this.zoom = 1;
    this.#settled();
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
    followKeysAndWheel(this.room, this, signal);
    followFingers(
      this.room,
      {
        canSweep: () => this.room.scrollWidth <= this.room.clientWidth + 1 && this.pageCount > 1,
        sweep: (dx) => this.#drag(`translateX(${Math.sign(dx) * Math.min(Math.abs(dx) * 0.6, 160)}px)`),
        swept: (direction) => {
          this.paper.classList.toggle("viewer__paper--back", direction === 0);
          this.#drag("");
          if (direction) this.moveTo(this.page + direction);
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
    if (transform) this.paper.classList.remove("viewer__paper--back");
    this.paper.style.setProperty("transform", transform);
  }

  /** @param {number} ratio @param {number} x @param {number} y */
  #pinch(ratio, x, y) {
    const box = this.paper.getBoundingClientRect();
    const bounded = boundedZoom(this.zoom * ratio) / this.zoom;
    if (!this.paper.style.transform) {
      this.paper.style.setProperty("transform-origin", `${x - box.left}px ${y - box.top}px`);
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
      this.#wait(gettext("The paper is being prepared…"));
      await pause(wait, signal);
    }
  }

  /** CSS pixels for a point of page `n` now. @param {number} n */
  #scale(n) {
    const style = getComputedStyle(this.room);
    const room = {
      width: this.room.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
      height: this.room.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom),
    };
    const size = this.facts?.pages[n - 1] ?? [595, 842];
    return fittingScale(size, room, this.fitMode) * this.zoom;
  }

  /** Pixels wanted across page `n`. @param {number} n */
  #pixels(n) {
    const width = this.facts?.pages[n - 1]?.[0] ?? 595;
    return snapped(width * this.#scale(n) * Math.min(window.devicePixelRatio || 1, 3));
  }

  /** Bring page `n` on screen as soon as it is drawn. @param {number} n */
  async #show(n) {
    if (this.page !== n || this.shown !== n) this.onPage?.(n);
    if (n !== this.shown) this.direction = n < this.shown ? -1 : 1;
    this.page = n;
    if (this.shown === n && this.images.has(n)) return this.#sharpenSoon();
    this.images.keepOnly([n, this.shown]);
    const { signal } = this.opening;
    const sheet = this.images.sheet(n);
    if (!sheet.px) this.#wait(this.#pageName(n), SLOW_AFTER);
    try {
      await this.images.drawn(sheet, this.#pixels(n), false);
    } catch (error) {
      if (!signal.aborted && this.page === n && !sheet.abort.signal.aborted) {
        this.#reveal(sheet);
        this.#failed(error, () => this.#show(n));
      }
      return;
    }
    if (signal.aborted || this.page !== n) return;
    this.#settled();
    this.#reveal(sheet);
    this.#readText(n);
    this.#drawAhead();
  }

  /** @param {number} n */
  #pageName(n) {
    return interpolate(gettext("Page %(page)s of %(count)s"), { page: n, count: this.pageCount }, true);
  }

  /** @param {import("./sheet.js").Sheet} sheet */
  #reveal(sheet) {
    const turned = this.shown !== sheet.n;
    this.images.takeOff(sheet);
    this.paper.prepend(sheet.canvas);
    this.paper.hidden = false;
    this.shown = sheet.n;
    this.#size();
    if (!turned) return;
    this.texting.abort();
    this.text.replaceChildren();
    this.text.setAttribute("aria-label", this.#pageName(sheet.n));
    this.announced.textContent = this.#pageName(sheet.n);
    this.room.scrollTop = 0;
    if (this.zoom <= 1) this.room.scrollLeft = 0;
  }

  #size() {
    const [width, height] = this.facts?.pages[this.shown - 1] ?? [595, 842];
    const scale = this.#scale(this.shown);
    this.paper.style.setProperty("--scale", scale.toFixed(5));
    this.paper.style.setProperty("width", `${(width * scale).toFixed(2)}px`);
    this.paper.style.setProperty("height", `${(height * scale).toFixed(2)}px`);
  }

  /** @param {number} n */
  async #readText(n) {
    const { signal } = (this.texting = new AbortController());
    try {
      const lines = (await this.source?.getText(n, { signal })) ?? [];
      if (signal.aborted || this.shown !== n) return;
      fillTextLayer(this.text, lines);
      if (lines.length === 0) {
        const note = element("p", "visually-hidden");
        note.textContent = gettext("This page is a picture without text.");
        this.text.append(note);
      }
    } catch {
      // The page can be read without it; it comes with the next turn to this page.
    }
  }

  /** Hold the neighbours too, the likely one first. */
  async #drawAhead() {
    const { page, pageCount, direction } = this;
    const keep = wanted(page, pageCount, direction).slice(0, LIVE_BITMAPS);
    this.images.keepOnly(keep);
    for (const n of keep.slice(1)) {
      if (this.page !== page || this.facts?.faults[String(n - 1)]) continue;
      await this.images.drawn(this.images.sheet(n), Math.min(this.#pixels(n), 1654), true).catch(() => {
        if (n !== this.shown && n !== this.page) this.images.drop(n);
      });
    }
  }

  /** Set the page's size anew, keeping what is at (x, y) in place. @param {number} [x] @param {number} [y] */
  #resize(x, y) {
    this.pinching = 1;
    if (!this.shown || !this.room.clientWidth) return;
    const view = this.room.getBoundingClientRect();
    const focus = { x: (x ?? view.left + view.width / 2) - view.left, y: (y ?? view.top + view.height / 2) - view.top };
    const before = { x: this.paper.offsetLeft, y: this.paper.offsetTop, width: this.paper.offsetWidth };
    const { scrollLeft, scrollTop } = this.room;
    this.#size();
    const ratio = this.paper.offsetWidth / Math.max(before.width, 1);
    if (ratio !== 1) {
      this.room.scrollLeft = keptUnder(scrollLeft, focus.x, before.x, ratio, this.paper.offsetLeft);
      this.room.scrollTop = keptUnder(scrollTop, focus.y, before.y, ratio, this.paper.offsetTop);
    }
    this.#sharpenSoon();
  }

  #sharpenSoon() {
    clearTimeout(this.sharpening);
    this.sharpening = setTimeout(() => this.#sharpen(), SHARPEN_AFTER);
  }

  async #sharpen() {
    const sheet = this.images.held(this.shown);
    const px = this.#pixels(this.shown);
    if (!sheet?.px || sheet.px >= px || this.shown !== this.page) return;
    // The sharper image exists beside the one on screen for a moment: the least wanted neighbour makes room.
    this.images.keepOnly([this.page, this.page + this.direction]);
    await this.images.drawn(sheet, px, false).catch(() => undefined);
  }

  /** @param {unknown} error @param {() => void} retry */
  #failed(error, retry) {
    const told = error instanceof SourceError ? error : new SourceError(gettext("The page cannot be shown."), true);
    this.room.setAttribute("aria-busy", "false");
    this.notice.fail(told.message, told.mayRetry ? retry : undefined);
  }

  /** Say that something is on its way, if it still is after `after` ms. @param {string} sentence @param {number} [after] */
  #wait(sentence, after = 0) {
    this.room.setAttribute("aria-busy", "true");
    this.notice.wait(sentence, after);
  }

  #settled() {
    this.room.setAttribute("aria-busy", "false");
    this.notice.clear();
  }
}

/** @param {string} name @param {string} className @returns {HTMLElement} */
function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
