import { SourceError } from "./page_source.js";
import { Sheet } from "./sheet.js";

/** Parts of a page begin and end at multiples of this: small moves ask for the same image. */
const GRID = 64;

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
    px = this.source?.snapped?.(px) ?? px;
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

  /**
   * An image of a part of page `n` for a page `full` pixels across, with the part it really shows; null where parts
   * cannot be had.
   * @param {number} n @param {number} full @param {import("./page_source.js").Part} part in points
   * @param {[number, number]} size of the page in points
   */
  async part(n, full, part, size) {
    if (!this.source?.getTile) return null;
    const fine = full / size[0];
    const [x, y] = [part.x, part.y].map((start) => Math.floor((start * fine) / GRID) * GRID);
    const width = Math.min(Math.ceil((part.x + part.width) * fine / GRID) * GRID, full) - x;
    const height = Math.min(Math.ceil((part.y + part.height) * fine / GRID) * GRID, Math.round(size[1] * fine)) - y;
    const sheet = new Sheet(n);
    sheet.draw(await this.source.getTile(n, full, { x, y, width, height }), full);
    return { sheet, part: { x: x / fine, y: y / fine, width: width / fine, height: height / fine } };
  }
}
