/**
 * Where a viewer gets a paper from. Everything that draws, selects or annotates only knows this interface, so that
 * a paper drawn on the tablet itself can take the server's place without anything moving.
 *
 * @typedef {[x0: number, y0: number, x1: number, y1: number, text: string, edges: number[], turn?: number]} Line
 *   A line of text in PDF points as the page is shown, origin at the top left. `edges` are text.length + 1 distances
 *   from the start of the line, one for each side of a letter; `turn` counts quarter turns clockwise.
 * @typedef {{
 *   name: string, size: number, kind: string, state: "waiting"|"ready"|"refused", reason: string,
 *   pages: [number, number][], outline: [level: number, title: string, index: number][],
 *   faults: Record<string, string>, source?: "pdf"|"images", may?: {save: boolean, copy: boolean, print: boolean, text?: boolean}, stamped?: boolean,
 * }} Facts `source`: whether the PDF itself may be had; `may`: what the reader may take along.
 * @typedef {{x: number, y: number, width: number, height: number}} Part
 * @typedef {{page: number, boxes: [number, number, number, number][], before: string, match: string, after: string}} Hit
 *   Something found: its boxes in points as the page is shown, and the words around it.
 * @typedef {{hits: Hit[], more: boolean, unread: number}} Found `more`: there are others; `unread`: pages not read yet.
 * @typedef {{signal?: AbortSignal, ahead?: boolean}} Options `ahead`: nobody waits for it yet.
 * @typedef {{
 *   facts(options?: Options): Promise<Facts>,
 *   getPage(n: number, px: number, options?: Options): Promise<ImageBitmap>,
 *   getText(n: number, options?: Options): Promise<Line[]>,
 *   getTile?(n: number, px: number, part: Part, options?: Options): Promise<ImageBitmap>,
 *   search?(words: string, options?: Options): Promise<Found>,
 *   snapped?(px: number): number,
 *   close?(): void,
 * }} PageSource `getTile`: a part, in pixels, of page `n` as if it were `px` wide; `snapped`: the width drawn for a wish.
 */

/** Widths the server draws, in pixels. @type {readonly number[]} */
export const WIDTHS = [320, 620, 1240, 1654, 2480];

const BUSY_TRIES = 8;

/** Why something could not be had: `message` is a sentence for the reader; `mayRetry` when trying again can help. */
export class SourceError extends Error {
  /** @param {string} message @param {boolean} mayRetry */
  constructor(message, mayRetry) {
    super(message);
    this.name = "SourceError";
    this.mayRetry = mayRetry;
  }
}

/** A page may be drawn so much narrower than it is shown: nobody sees it, and every second image is half as large. */
const NARROWER = 0.85;

/** The drawn width that serves a wish for `px` pixels. @param {number} px */
export function snapped(px) {
  return WIDTHS.find((width) => width >= px * NARROWER) ?? WIDTHS[WIDTHS.length - 1];
}

/** Page images, text and facts of one stored file, from the server. @implements {PageSource} */
export class ServerPages {
  /** @param {{base: string}} where `base` is the file's own address, "/tep/<ref>/". */
  constructor({ base }) {
    this.base = base.endsWith("/") ? base : `${base}/`;
  }

  /** @param {Options} [options] @returns {Promise<Facts>} */
  async facts(options = {}) {
    return (await this.#fetched("thong-tin.json", options)).json();
  }

  /**
   * Page `n`, from 1, `px` pixels wide if the server draws it that large (one of WIDTHS is). The caller closes the bitmap.
   * @param {number} n @param {number} px @param {Options} [options] @returns {Promise<ImageBitmap>}
   */
  async getPage(n, px, options = {}) {
    return this.#image(`trang/${n}.webp?w=${px}`, options);
  }

  /** @param {string} path @param {Options} options @returns {Promise<ImageBitmap>} */
  async #image(path, options) {
    const answer = await this.#fetched(path, options);
    const blob = await answer.blob();
    options.signal?.throwIfAborted();
    const bitmap = await createImageBitmap(blob).catch(() => null);
    if (bitmap === null) throw new SourceError(gettext("The page did not arrive whole."), true);
    if (options.signal?.aborted) bitmap.close();
    options.signal?.throwIfAborted();
    return bitmap;
  }

  /** @param {number} px */
  snapped(px) {
    return snapped(px);
  }

  /**
   * A part of page `n` as if the whole were `px` pixels wide. The caller closes the bitmap.
   * @param {number} n @param {number} px @param {Part} part @param {Options} [options] @returns {Promise<ImageBitmap>}
   */
  async getTile(n, px, { x, y, width, height }, options = {}) {
    return this.#image(`trang/${n}.webp?w=${px}&o=${x},${y},${width},${height}`, options);
  }

  /** Where these words stand, accents or not. @param {string} words @param {Options} [options] @returns {Promise<Found>} */
  async search(words, options = {}) {
    return (await this.#fetched(`tim.json?${new URLSearchParams({ q: words })}`, options)).json();
  }

  /** @param {number} n @param {Options} [options] @returns {Promise<Line[]>} */
  async getText(n, options = {}) {
    return (await this.#fetched(`chu/${n}.json`, options)).json();
  }

  /** @param {string} path @param {Options} options @returns {Promise<Response>} */
  async #fetched(path, { signal, ahead }) {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(this.base + path, {
        signal,
        priority: ahead ? "low" : "auto",
        redirect: "manual",
        headers: { Accept: "application/json, image/webp" },
      }).catch((error) => {
        if (signal?.aborted) throw error;
        throw new SourceError(gettext("The server cannot be reached. Check the network."), true);
      });
      if (answer.ok) return answer;
      if (answer.status === 503 && attempt < BUSY_TRIES) {
        await pause(1000 * (Number(answer.headers.get("Retry-After")) || 2) * (0.75 + Math.random() / 2), signal);
        continue;
      }
      throw await failure(answer);
    }
  }
}

/** @param {Response} answer @returns {Promise<SourceError>} */
async function failure(answer) {
  if (answer.type === "opaqueredirect") return new SourceError(gettext("You are signed out. Sign in again."), false);
  if (answer.status === 404) return new SourceError(gettext("This paper is not open to you any more."), false);
  const told = await answer.json().catch(() => ({}));
  return new SourceError(told.error || gettext("The server could not answer."), answer.status !== 422);
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    }
    signal?.addEventListener("abort", done);
  });
}
