import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Blocks, Lost } from "../../../static/files/js/pdf/bytes.js";

const BLOCK = 256 * 1024;
const byteAt = (/** @type {number} */ at) => (at * 31 + (at >> 8)) & 0xff;

/** @param {number} size */
function file(size) {
  /** @type {[number, number][]} */
  const asked = [];
  const blocks = new Blocks(size, (start, end) => {
    asked.push([start, end]);
    return Uint8Array.from({ length: end - start }, (_, i) => byteAt(start + i));
  });
  return { asked, blocks };
}

test("whatever is read in whatever order, the bytes are the file's", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 5 * BLOCK }), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 70_000 })), { maxLength: 12 }), (size, reads) => {
    const { blocks } = file(size);
    for (const [from, wish] of reads) {
      const start = from % size;
      const length = Math.min(wish, size - start);
      const target = new Uint8Array(length + 6).fill(7);
      assert.equal(blocks.read(start, length, target, 3), true);
      assert.ok([0, 1, 2, length + 3, length + 5].every((at) => target[at] === 7), "nothing beside it is touched");
      for (const at of [0, length >> 1, length - 1]) assert.equal(target[3 + at], byteAt(start + at));
    }
  }), { numRuns: 30 });
});

test("a file of any size takes six megabytes, and what is used stays", () => {
  const { asked, blocks } = file(80 * BLOCK);
  const target = new Uint8Array(10);
  for (let i = 0; i < 80; i += 1) {
    blocks.read(i * BLOCK, 10, target, 0);
    blocks.read(0, 10, target, 0);
    assert.ok(blocks.kept.size <= 24);
  }
  assert.equal(asked.filter(([start]) => start === 0).length, 1, "the block read all the time was fetched once");
  assert.ok(asked.length < 40, "a file read to its end is asked for in larger pieces");
});

test("what cannot be had any more is told, and what lies outside is never asked for", () => {
  const blocks = new Blocks(100, () => {
    throw new Lost();
  });
  assert.equal(blocks.read(90, 20, new Uint8Array(20), 0), false);
  assert.equal(blocks.isLost, false);
  assert.equal(blocks.read(0, 10, new Uint8Array(10), 0), false);
  assert.equal(blocks.isLost, true);
  const short = new Blocks(100, () => new Uint8Array(3));
  assert.equal(short.read(0, 10, new Uint8Array(10), 0), false);
});
