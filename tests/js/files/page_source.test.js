import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { pause, ServerPages, SourceError } from "../../../static/files/js/page_source.js";

/** @type {any} */ const world = globalThis;
/** @type {{url: string, options: any}[]} */ let asked = [];
/** @type {any[]} */ let answers = [];

beforeEach(() => {
  asked = [];
  world.gettext = (/** @type {string} */ text) => text;
  world.createImageBitmap = async (/** @type {any} */ blob) => ({ blob, closed: false, close() { this.closed = true; } });
  world.fetch = async (/** @type {string} */ url, /** @type {any} */ options) => {
    asked.push({ url, options });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
});
afterEach(() => delete world.fetch);

const answer = (/** @type {number} */ status, /** @type {any} */ body = {}, headers = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

test("a page is asked for by number and width below the file's own address", async () => {
  answers = [answer(200, "image")];
  await new ServerPages({ base: "/tep/abc" }).getPage(3, 1654);
  assert.equal(asked[0].url, "/tep/abc/trang/3.webp?w=1654");
});

test("a busy server is asked again, the reader is not told", async () => {
  answers = [answer(503, {}, { "Retry-After": "0.01" }), answer(200, [])];
  assert.deepEqual(await new ServerPages({ base: "/tep/abc/" }).getText(1), []);
  assert.equal(asked.length, 2);
});

for (const [status, body, sentence, mayRetry] of /** @type {[number, any, RegExp, boolean][]} */ ([
  [404, {}, /not open to you/, false],
  [422, { error: "Too slow." }, /Too slow\./, false],
  [500, "<html>", /could not answer/, true],
])) {
  test(`an answer ${status} becomes a sentence`, async () => {
    answers = [answer(status, body)];
    await assert.rejects(new ServerPages({ base: "/tep/abc/" }).facts(), (/** @type {SourceError} */ error) => {
      assert.match(error.message, sentence);
      assert.equal(error.mayRetry, mayRetry);
      return true;
    });
  });
}

test("no network may be tried again; an aborted request stays an abort", async () => {
  answers = [new TypeError("network")];
  await assert.rejects(new ServerPages({ base: "/t/" }).facts(), { name: "SourceError", mayRetry: true });
  answers = [new DOMException("stop", "AbortError")];
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(new ServerPages({ base: "/t/" }).facts({ signal: abort.signal }), { name: "AbortError" });
});

test("an image that arrives after the reader has turned on is thrown away at once", async () => {
  const abort = new AbortController();
  /** @type {any} */ let made;
  world.createImageBitmap = async () => {
    abort.abort();
    return (made = { closed: false, close() { this.closed = true; } });
  };
  answers = [answer(200, "image")];
  await assert.rejects(new ServerPages({ base: "/t/" }).getPage(1, 620, { signal: abort.signal }), { name: "AbortError" });
  assert.equal(made.closed, true);
});

test("a pause ends when it is called off", async () => {
  const abort = new AbortController();
  const waited = pause(60_000, abort.signal);
  abort.abort();
  await assert.rejects(waited, { name: "AbortError" });
});
