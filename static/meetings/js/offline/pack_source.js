// Papers from the pack, for the same viewer that reads from the server.
import { SourceError } from "../../../files/js/page_source.js";
import { PdfPages } from "../../../files/js/pdf_pages.js";
import { PART, PICTURE, placeOf, TEXTS } from "./lease.js";
import { digestOf, unseal } from "./seal.js";
import * as vault from "./vault.js";

/**
 * @typedef {import("../../../files/js/page_source.js").PageSource} PageSource
 * @typedef {import("../../../files/js/page_source.js").Facts} Facts
 * @typedef {import("../../../files/js/page_source.js").Options} Options
 * @typedef {import("../../../files/js/page_source.js").Line} Line
 * @typedef {import("./lease.js").TakenPaper} TakenPaper
 */

/** What a paper consists of on this device, opened part by part. */
class Chest {
  /** @param {string} meeting @param {TakenPaper} paper */
  constructor(meeting, paper) {
    this.meeting = meeting;
    this.paper = paper;
  }

  /** @param {string} name @returns {Promise<ArrayBuffer | null>} null when it is not there, or not as it was put */
  async open(name) {
    const { meeting, paper } = this;
    const key = await vault.key(meeting, paper.file);
    if (!key) throw new SourceError(gettext("This paper could be read without the server for a time that is over. It opens again with the connection."), false);
    const place = placeOf(paper, name);
    const sealed = await vault.part(meeting, place);
    const plain = await unseal(key, sealed, place);
    if (sealed && plain === null) await vault.drop(meeting, [place]);
    return plain;
  }

  /** @param {string} name @returns {Promise<any>} */
  async json(name) {
    const plain = await this.open(name);
    return plain === null ? null : JSON.parse(new TextDecoder().decode(plain));
  }

  /** The whole document, compared with what the server signed. @returns {Promise<Blob>} */
  async blob() {
    /** @type {ArrayBuffer[]} */
    const parts = [];
    const names = [];
    for (let at = 0; at < this.paper.size; at += PART) names.push(`bytes ${at}`);
    for (const name of names) {
      const part = await this.open(name);
      if (part === null) throw lacking();
      parts.push(part);
    }
    const whole = new Blob(parts, { type: "application/pdf" });
    if ((await digestOf(await whole.arrayBuffer())) === this.paper.digest) return whole;
    await vault.drop(this.meeting, names.map((name) => placeOf(this.paper, name)));
    throw lacking();
  }
}

function lacking() {
  return new SourceError(gettext("This paper is not whole on this device. It is fetched again as soon as the connection is back."), true);
}

/** Facts and text from the pack. @typedef {import("../../../files/js/pdf_pages.js").Rest} Rest @implements {Rest} */
class PackedText {
  /** @param {Chest} chest */
  constructor(chest) {
    this.chest = chest;
  }

  /** @returns {Promise<Facts>} */
  async facts() {
    const facts = await this.chest.json("facts");
    if (!facts) throw lacking();
    return facts;
  }

  /** @param {number} n @returns {Promise<Line[]>} */
  async getText(n) {
    const first = n - ((n - 1) % TEXTS);
    const texts = await this.chest.json(`text ${first}`);
    return texts?.[String(n)] ?? [];
  }
}

/** A paper whose pages lie here as pictures of the server. @implements {PageSource} */
class PackedPictures extends PackedText {
  /** @param {number} n @param {number} _px @param {Options} [options] @returns {Promise<ImageBitmap>} */
  async getPage(n, _px, { signal } = {}) {
    const data = await this.chest.open(`page ${n}`);
    signal?.throwIfAborted();
    const bitmap = data?.byteLength ? await createImageBitmap(new Blob([data], { type: "image/webp" })).catch(() => null) : null;
    if (!bitmap) throw lacking();
    return bitmap;
  }

  snapped() {
    return PICTURE;
  }
}

/** A paper of the pack, opened when the viewer first asks. @implements {PageSource} */
export class PackedPaper {
  /** @param {string} meeting @param {TakenPaper} paper */
  constructor(meeting, paper) {
    const chest = new Chest(meeting, paper);
    /** @type {() => Promise<PageSource>} */
    this.make = async () => {
      const source = paper.source === "pdf" ? new PdfPages(new PackedText(chest), { blob: await chest.blob() }) : new PackedPictures(chest);
      // A source may be asked for a page before anybody asked it for the facts: when the server went away meanwhile.
      await source.facts();
      return source;
    };
    /** @type {Promise<PageSource> | null} */
    this.opening = null;
    /** @type {PageSource | null} */
    this.source = null;
  }

  async #opened() {
    this.opening ??= this.make();
    this.opening.catch(() => (this.opening = null));
    return (this.source = await this.opening);
  }

  /** @param {Options} [options] */
  async facts(options) {
    return (await this.#opened()).facts(options);
  }

  /** @param {number} n @param {number} px @param {Options} [options] */
  async getPage(n, px, options) {
    return (await this.#opened()).getPage(n, px, options);
  }

  /** @param {number} n @param {Options} [options] */
  async getText(n, options) {
    return (await this.#opened()).getText(n, options);
  }

  /** @param {number} n @param {number} px @param {import("../../../files/js/page_source.js").Part} part @param {Options} [options] */
  async getTile(n, px, part, options) {
    const source = await this.#opened();
    if (!source.getTile) throw new SourceError(gettext("The page cannot be shown."), true);
    return source.getTile(n, px, part, options);
  }

  /** @param {number} px */
  snapped(px) {
    return this.source?.snapped?.(px) ?? px;
  }

  close() {
    void this.opening?.then((source) => source.close?.(), () => undefined);
    this.opening = this.source = null;
  }
}
