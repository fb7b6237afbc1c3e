import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { engine } from "../../../static/files/js/pdf/engine.js";
import { PdfPages } from "../../../static/files/js/pdf_pages.js";

/** @type {any} */ const world = globalThis;
/** @type {any[]} */ let workers = [];
/** What a worker answers: a value, an error's name, or nothing at all. @type {(message: any, life: number) => any} */
let answers = () => undefined;

/** The browser's worker: the one part of the device that Node does not have. */
class FakeWorker {
  constructor() {
    workers.push(this);
    this.life = workers.length;
    this.heard = /** @type {any[]} */ ([]);
    this.ended = false;
    queueMicrotask(() => world.cannot ? this.onerror({}) : this.onmessage({ data: { ready: true } }));
  }
  /** @param {any} message */
  postMessage(message) {
    this.heard.push(message);
    const answer = answers(message, this.life);
    if (answer === undefined) return;
    queueMicrotask(() => !this.ended && this.onmessage({ data: { id: message.id, ...answer } }));
  }
  terminate() {
    this.ended = true;
  }
  /** @param {any} _event */ onerror(_event) {}
  /** @param {any} _event */ onmessage(_event) {}
}

const bitmap = (/** @type {string} */ by) => ({ by, closed: false, close() { this.closed = true; } });
const facts = { state: "ready", source: "pdf", pages: [[595, 842], [595, 842]], faults: {} };
const rest = (/** @type {any} */ told = facts) => ({
  facts: async () => told, getText: async () => [], search: async () => ({ hits: [] }),
  getPage: async () => bitmap("server"), getTile: async () => bitmap("server"), snapped: () => 1654,
});
const well = (/** @type {any} */ message) => ({ open: { value: { pages: 2 } }, close: { value: null }, draw: { value: bitmap("device") } })[/** @type {"open"} */ (message.act)];
/** @param {any} [told] */
async function opened(told) {
  const paper = new PdfPages(/** @type {any} */ (rest(told)), { url: "/tep/a/xem.pdf" });
  await paper.facts();
  return paper;
}

beforeEach(() => {
  workers = [];
  answers = well;
  world.Worker = FakeWorker;
  world.cannot = false;
  world.gettext = (/** @type {string} */ text) => text;
  engine.isBroken = false;
});
afterEach(() => {
  engine.kill();
  clearTimeout(engine.rest);
  mock.timers.reset();
});

test("an open paper is drawn here, at exactly the size wished for", async () => {
  const paper = await opened();
  await engine.start();
  assert.equal((/** @type {any} */ (await paper.getPage(2, 777))).by, "device");
  assert.equal(paper.snapped(777.4), 777);
  assert.deepEqual(workers[0].heard.map((/** @type {any} */ each) => each.act), ["open", "draw"]);
  assert.equal(workers[0].heard[1].index, 1);
});

test("a paper whose PDF may not leave is never asked for here", async () => {
  const paper = await opened({ ...facts, source: "images" });
  assert.equal((/** @type {any} */ (await paper.getPage(1, 777))).by, "server");
  assert.equal(paper.snapped(777), 1654);
  assert.equal(workers.length, 0);
});

test("a browser that cannot, and a file that is not the paper, get the server's images without a word", async () => {
  world.cannot = true;
  assert.equal((/** @type {any} */ (await (await opened()).getPage(1, 500))).by, "server");
  engine.isBroken = false;
  world.cannot = false;
  answers = (message) => (message.act === "open" ? { value: { pages: 99 } } : well(message));
  assert.equal((/** @type {any} */ (await (await opened()).getPage(1, 500))).by, "server");
});

test("a lost right or line is the server's to explain, and is tried here again later", async () => {
  const paper = await opened();
  await engine.start();
  answers = (message) => (message.act === "draw" ? { error: "lost" } : well(message));
  assert.equal((/** @type {any} */ (await paper.getPage(1, 500))).by, "server");
  answers = well;
  assert.equal((/** @type {any} */ (await paper.getPage(1, 500))).by, "device");
  assert.equal(paper.failures, 0);
});

test("a drawing that hangs ends the worker and is tried once more; the second time the server draws", async () => {
  const paper = await opened();
  await engine.start();
  await paper.getPage(1, 400);
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = (message) => (message.act === "draw" ? undefined : well(message));
  const drawing = paper.getPage(1, 500);
  const beside = paper.getPage(2, 500, { ahead: true });
  for (let i = 0; i < 60; i += 1) {
    await Promise.resolve();
    if (i % 20 === 19) mock.timers.tick(8_001);
  }
  assert.equal((/** @type {any} */ (await drawing)).by, "server");
  assert.equal((/** @type {any} */ (await beside)).by, "server");
  assert.ok(paper.failures >= 2);
  assert.ok(workers.length >= 2 && workers[0].ended);
});

test("the page looked at goes before those drawn ahead, and what is not wanted any more is not drawn", async () => {
  const paper = await opened();
  await engine.start();
  await paper.getPage(1, 400);
  /** @type {number[]} */ const order = [];
  answers = (message) => {
    if (message.act === "draw") order.push(message.index);
    return well(message);
  };
  const abort = new AbortController();
  const all = [
    paper.getPage(1, 401), paper.getPage(2, 402, { ahead: true }).then((made) => made.close()),
    paper.getPage(5, 403, { ahead: true, signal: abort.signal }).catch(() => undefined), paper.getPage(3, 404),
  ];
  await Promise.resolve();
  abort.abort();
  await Promise.all(all);
  assert.deepEqual(order.filter((index) => index !== 0), [2, 1]);
});

test("offline there is nobody else to draw: a sentence, and a retry", async () => {
  const { getPage: _page, getTile: _tile, ...alone } = rest();
  const paper = new PdfPages(/** @type {any} */ (alone), { blob: new Blob(["x"]) });
  await paper.facts();
  assert.equal((/** @type {any} */ (await paper.getPage(1, 500))).by, "device");
  answers = (message) => (message.act === "draw" ? { error: "lost" } : well(message));
  await assert.rejects(paper.getPage(1, 500), { name: "SourceError", mayRetry: true });
});
