/**
 * The bytes of a PDF as its drawer asks for them: here and there, at once, a little at a time.
 *
 * Blocks are fetched when first read and the longest unused forgotten, so a file of 300 MB takes 6 MB.
 */

const BLOCK = 256 * 1024;
const KEPT = 24;
/** Blocks asked for at once when a file is read from end to end. */
const MOST_AHEAD = 4;
/** Milliseconds for one of the server's answers. */
const PATIENCE = 25_000;

/** The file cannot be read any more: no network, or no right to it. */
export class Lost extends Error {}

/** @typedef {(start: number, end: number) => Uint8Array} Fetch bytes from `start` to before `end`; throws Lost */

export class Blocks {
  /** @param {number} size @param {Fetch} fetch */
  constructor(size, fetch) {
    this.size = size;
    this.fetch = fetch;
    /** @type {Map<number, Uint8Array>} the longest unused first */
    this.kept = new Map();
    this.last = -2;
    this.ahead = 1;
    this.isLost = false;
  }

  /** Copy `length` bytes from `position` on into `target` at `at`. @param {number} position @param {number} length @param {Uint8Array} target @param {number} at */
  read(position, length, target, at) {
    if (position < 0 || position + length > this.size) return false;
    try {
      for (let done = 0; done < length; ) {
        const index = Math.floor((position + done) / BLOCK);
        const block = this.#block(index, Math.floor((position + length - 1) / BLOCK));
        const from = position + done - index * BLOCK;
        const part = block.subarray(from, Math.min(from + length - done, block.length));
        target.set(part, at + done);
        done += part.length;
      }
      return true;
    } catch {
      this.isLost = true;
      return false;
    }
  }

  /** @param {number} index @param {number} until the last block this reading needs */
  #block(index, until) {
    const known = this.kept.get(index);
    if (known) {
      this.kept.delete(index);
      this.kept.set(index, known);
      return known;
    }
    this.ahead = index === this.last + 1 ? Math.min(this.ahead * 2, MOST_AHEAD) : 1;
    let count = Math.max(1, Math.min(Math.max(until - index + 1, this.ahead), KEPT / 2));
    for (let i = 1; i < count; i += 1) if (this.kept.has(index + i)) count = i;
    const start = index * BLOCK;
    const end = Math.min(start + count * BLOCK, this.size);
    const bytes = this.fetch(start, end);
    if (bytes.length !== end - start) throw new Lost();
    for (let i = 0; i < count && i * BLOCK < bytes.length; i += 1) {
      this.kept.set(index + i, bytes.slice(i * BLOCK, (i + 1) * BLOCK));
      this.last = index + i;
    }
    while (this.kept.size > KEPT) this.kept.delete(/** @type {number} */ (this.kept.keys().next().value));
    return /** @type {Uint8Array} */ (this.kept.get(index));
  }
}

/** A stored file. @param {Blob} blob */
export function blobBlocks(blob) {
  const reader = new /** @type {any} */ (globalThis).FileReaderSync();
  return new Blocks(blob.size, (start, end) => new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, end))));
}

/**
 * A file on the server, read by ranges. Throws Lost.
 * @param {string} url @param {(fetching: boolean) => void} told whoever watches over the drawing: the line is slow, not the drawing
 */
export function rangedBlocks(url, told) {
  let tag = "";

  /** @param {number} start @param {number} end */
  function get(start, end) {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.responseType = "arraybuffer";
    request.timeout = PATIENCE;
    request.setRequestHeader("Range", `bytes=${start}-${end - 1}`);
    told(true);
    try {
      request.send();
    } catch {
      throw new Lost();
    } finally {
      told(false);
    }
    const now = request.getResponseHeader("ETag") ?? "";
    // Another file under the same address, or a page that asks to sign in, is not this paper.
    if (request.status !== 206 || (tag && now !== tag)) throw new Lost();
    tag = now;
    return request;
  }

  const first = get(0, BLOCK);
  const size = Number(/\/(\d+)$/.exec(first.getResponseHeader("Content-Range") ?? "")?.[1]);
  if (!size) throw new Lost();
  const blocks = new Blocks(size, (start, end) => new Uint8Array(get(start, end).response));
  blocks.kept.set(0, new Uint8Array(first.response));
  blocks.last = 0;
  return blocks;
}
