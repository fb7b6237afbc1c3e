import assert from "node:assert/strict";
import { test } from "node:test";

import { missing, outdated, over, PART, partsOf, placeOf, ready, seenAt, serverTime, TEXTS } from "../../../../static/meetings/js/offline/lease.js";
import { digestOf, isSigned, keyFrom, seal, unseal } from "../../../../static/meetings/js/offline/seal.js";

const KEY = Buffer.alloc(32, 7).toString("base64");
const plain = new TextEncoder().encode("Tờ trình");
/** @param {object} facts @returns {any} */
const paper = (facts) => ({ id: 1, file: "abc", digest: "d1", size: 10, pages: 3, source: "pdf", until: 1_000, ...facts });

test("what was sealed opens with its key in its place, and nowhere else", async () => {
  const key = await keyFrom(KEY);
  const sealed = await seal(key, plain, "abc d1 page 1");
  assert.equal(new TextDecoder().decode(/** @type {ArrayBuffer} */ (await unseal(key, sealed, "abc d1 page 1"))), "Tờ trình");
  assert.equal(await unseal(key, sealed, "abc d1 page 2"), null);
  assert.equal(await unseal(await keyFrom(Buffer.alloc(32, 8).toString("base64")), sealed, "abc d1 page 1"), null);
  new Uint8Array(sealed.data)[0] ^= 1;
  assert.equal(await unseal(key, sealed, "abc d1 page 1"), null);
  assert.equal(await unseal(key, undefined, "abc d1 page 1"), null);
});

test("a key can be used and not read out, and no two seals are alike", async () => {
  const key = await keyFrom(KEY);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
  const [one, other] = [await seal(key, plain, "x"), await seal(key, plain, "x")];
  assert.notDeepEqual(new Uint8Array(one.data), new Uint8Array(other.data));
});

test("only what the server signed is signed", async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const point = Buffer.from(await crypto.subtle.exportKey("raw", pair.publicKey)).toString("base64");
  const made = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, plain);
  const signature = Buffer.from(made).toString("base64");
  assert.equal(await isSigned("Tờ trình", signature, point), true);
  assert.equal(await isSigned("Tờ trình 2", signature, point), false);
  assert.equal(await isSigned("Tờ trình", "", point), false);
  assert.equal(await isSigned("Tờ trình", signature, "no key"), false);
});

test("the digest is that of the server", async () => {
  assert.equal(await digestOf(new Uint8Array()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("time goes on with the device and stands still when its clock is set back", () => {
  const clock = { issued: 100_000, at: 5_000, seen: 5_000 };
  assert.equal(serverTime(clock, 8_000), 103_000);
  const later = seenAt(clock, 8_000);
  assert.equal(serverTime(later, 6_000), 103_000);
  assert.equal(seenAt(later, 6_000), later);
});

test("a lease is over at its end", () => {
  assert.deepEqual(over([{ file: "a", until: 10 }, { file: "b", until: 11 }], 10), ["a"]);
});

test("a document is fetched in parts, a restricted paper page by page, both with their text", () => {
  assert.deepEqual(partsOf(paper({ size: PART + 1 })), ["facts", "bytes 0", `bytes ${PART}`, "text 1"]);
  assert.deepEqual(partsOf(paper({ size: PART })), ["facts", "bytes 0", "text 1"]);
  assert.deepEqual(partsOf(paper({ source: "images", pages: 2 })), ["facts", "page 1", "page 2", "text 1"]);
  assert.deepEqual(partsOf(paper({ pages: TEXTS + 1 })).slice(-2), ["text 1", `text ${TEXTS + 1}`]);
});

test("after a cut only what is missing is fetched, and a paper counts when it is whole", () => {
  const [one, other] = [paper({}), paper({ file: "def", source: "images", pages: 2 })];
  const held = new Set([...partsOf(one).map((name) => placeOf(one, name)), placeOf(other, "page 1")]);
  assert.deepEqual(missing([one, other], held).map(({ name }) => name), ["facts", "page 2", "text 1"]);
  assert.equal(ready([one, other], held), 1);
});

test("another version, and a paper that is no longer allowed, go", () => {
  const [old, kept] = [paper({}), paper({ file: "def" })];
  const held = [placeOf(old, "bytes 0"), placeOf(kept, "bytes 0"), placeOf(paper({ file: "gone" }), "facts")];
  assert.deepEqual(outdated([paper({ digest: "d2" }), kept], held), [placeOf(old, "bytes 0"), placeOf(paper({ file: "gone" }), "facts")]);
});
