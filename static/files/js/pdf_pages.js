/**
 * A paper drawn on this device from the PDF itself: sharp at any size, and offline from the stored file.
 *
 * Facts, text and search come from the source beside it (`rest`), and so do drawings while the library loads, where the
 * right is for images only (`facts.source`), in browsers that cannot, and after a second failure. Nobody is told.
 *
 * Online:  `paperAt("/tep/<ref>/")`.
 * Offline: `new PdfPages(rest, {blob})` where `rest` has facts (with `source: "pdf"`) and text, and no `getPage`.
 *
 * @typedef {import("./page_source.js").PageSource} PageSource
 * @typedef {import("./page_source.js").Options} Options
 * @typedef {Omit<PageSource, "getPage"> & Partial<Pick<PageSource, "getPage">>} Rest
 */

import { pause, ServerPages, SourceError } from "./page_source.js";
import { DrawingError, engine } from "./pdf/engine.js";

let papers = 0;
/** How long the first page waits for a library that is nearly there, before the server is asked for an image. */
const NEARLY = 30;

/** The paper at "/tep/<ref>/": drawn here where that is allowed and possible, else on the server. @param {string} base */
export function paperAt(base) {
  const place = base.endsWith("/") ? base : `${base}/`;
  return new PdfPages(new ServerPages({ base: place }), { url: new URL(`${place}xem.pdf`, location.href).href });
}

/** @implements {PageSource} */
export class PdfPages {
  /** @param {Rest} rest @param {{url: string} | {blob: Blob}} where */
  constructor(rest, where) {
    this.rest = rest;
    this.where = where;
    this.doc = papers += 1;
    this.may = false;
    this.pageCount = 0;
    this.failures = 0;
    this.isIn = false;
    /** The worker this paper is open in. */
    this.life = 0;
    /** @type {Promise<void> | null} */
    this.opening = null;
  }

  /** Whether pages are drawn here now. */
  get isDrawing() {
    return this.may && this.failures < 2 && engine.isReady && !engine.isBroken;
  }

  /** @param {Options} [options] */
  async facts(options) {
    const facts = await this.rest.facts(options);
    this.may = facts.state === "ready" && facts.source === "pdf";
    this.pageCount = facts.pages.length;
    if (this.may && !this.isIn) {
      this.isIn = true;
      engine.enter();
      // Opened ahead: the first drawing finds the file's index read.
      engine.start().then(() => this.#opened()).catch(() => undefined);
    }
    return facts;
  }

  /** @param {number} n @param {Options} [options] */
  getText(n, options) {
    return this.rest.getText(n, options);
  }

  /** @param {string} words @param {Options} [options] */
  search(words, options) {
    if (!this.rest.search) throw new SourceError(gettext("This paper cannot be searched."), false);
    return this.rest.search(words, options);
  }

  /** @param {number} px */
  snapped(px) {
    return this.isDrawing ? Math.round(px) : (this.rest.snapped?.(px) ?? px);
  }

  /** @param {number} n @param {number} px @param {Options} [options] @returns {Promise<ImageBitmap>} */
  getPage(n, px, options = {}) {
    return this.#drawn({ act: "draw", index: n - 1, px }, options, this.rest.getPage && (() => /** @type {PageSource} */ (this.rest).getPage(n, px, options)));
  }

  /** @param {number} n @param {number} px @param {import("./page_source.js").Part} part @param {Options} [options] @returns {Promise<ImageBitmap>} */
  getTile(n, px, part, options = {}) {
    const { rest } = this;
    return this.#drawn({ act: "draw", index: n - 1, px, part }, options, rest.getTile && (() => /** @type {Required<PageSource>} */ (rest).getTile(n, px, part, options)));
  }

  close() {
    if (this.isIn) engine.leave();
    this.isIn = false;
    if (this.life === engine.life && engine.isReady) engine.ask({ act: "close", doc: this.doc }).catch(() => undefined);
    this.life = 0;
    this.rest.close?.();
  }

  /** @param {Record<string, unknown>} wish @param {Options} options @param {(() => Promise<ImageBitmap>) | undefined} instead */
  async #drawn(wish, options, instead) {
    if (!this.may || this.failures >= 2 || engine.isBroken) return this.#instead(instead);
    if (!engine.isReady && instead) {
      await Promise.race([engine.start().catch(() => undefined), pause(NEARLY, options.signal)]);
      if (!engine.isReady) return instead();
    }
    for (;;) {
      try {
        await this.#opened();
        return await engine.ask({ ...wish, doc: this.doc }, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof DrawingError)) throw error;
        if (error.reason === "lost") {
          this.life = 0;
          this.opening = null;
          return this.#instead(instead);
        }
        if (error.reason === "none") return this.#instead(instead);
        if (error.reason === "again") continue;
        this.failures += 1;
        if (this.failures >= 2) return this.#instead(instead);
        // Once more in a new worker; a document that hung or broke something does not get a third try.
        engine.kill();
      }
    }
  }

  /** @param {(() => Promise<ImageBitmap>) | undefined} instead */
  #instead(instead) {
    if (instead) return instead();
    throw new SourceError(gettext("The page cannot be shown."), true);
  }

  /** The paper is open in the worker of now. */
  async #opened() {
    await engine.start();
    if (this.life !== engine.life || !this.opening) {
      this.life = engine.life;
      this.opening = engine.ask({ act: "open", doc: this.doc, ...this.where }).then(({ pages }) => {
        // Another number of pages than everybody counts by would show the wrong ones.
        if (pages !== this.pageCount) throw new DrawingError("broken");
      });
      this.opening.catch(() => (this.opening = null));
    }
    await this.opening;
  }
}
