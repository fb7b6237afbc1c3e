import { SourceError } from "./page_source.js";
import { Sheet } from "./sheet.js";

/** The images of an open paper's pages: drawn when wanted, each once, given back as soon as they are not. */
export class PageImages {
  constructor() {
    /** @type {Map<number, Sheet>} */
    this.sheets = new Map();
    /** @type {import("./page_source.js").PageSource | null} */
    this.source = null;
    /** @type {Record<string, string>} */
    this.faults = {};
  }

  /** @param {import("./page_source.js").PageSource} source @param {import("./page_source.js").Facts} facts */
  open(source, facts) {
    this.source = source;
    this.faults = facts.faults;
  }

  close() {
    this.source = null;
    this.keepOnly([]);
  }

  /** Whether page `n` has been drawn. @param {number} n */
  has(n) {
    return Boolean(this.sheets.get(n)?.px);
  }

  /** @param {number} n */
  held(n) {
    return this.sheets.get(n);
  }

  /** @param {number} n @returns {Sheet} */
  sheet(n) {
    let sheet = this.sheets.get(n);
    if (!sheet) this.sheets.set(n, (sheet = new Sheet(n)));
    return sheet;
  }

  /** Take every image but this one off the screen. @param {Sheet} sheet */
  takeOff(sheet) {
    for (const other of this.sheets.values()) if (other !== sheet) other.canvas.remove();
  }

  /** @param {number[]} pages */
  keepOnly(pages) {
    for (const n of [...this.sheets.keys()]) if (!pages.includes(n)) this.drop(n);
  }

  /** @param {number} n */
  drop(n) {
    this.sheets.get(n)?.free();
    this.sheets.delete(n);
  }

  /**
   * Resolves when the sheet carries an image at least `px` wide.
   * @param {Sheet} sheet @param {number} px @param {boolean} ahead
   */
  async drawn(sheet, px, ahead) {
    if (sheet.px >= px) return;
    if (!sheet.drawing || sheet.asked < px) {
      sheet.asked = px;
      sheet.drawing = this.#draw(sheet, px, ahead).finally(() => (sheet.drawing = null));
    }
    await sheet.drawing;
  }

  /** @param {Sheet} sheet @param {number} px @param {boolean} ahead */
  async #draw(sheet, px, ahead) {
    const { source } = this;
    if (!source) return;
    const known = this.faults[String(sheet.n - 1)];
    if (known) throw new SourceError(known, false);
    const bitmap = await source.getPage(sheet.n, px, { signal: sheet.abort.signal, ahead });
    if (sheet.abort.signal.aborted || sheet.px > px) bitmap.close();
    else sheet.draw(bitmap, px);
  }
}
