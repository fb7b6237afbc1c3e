import assert from "node:assert/strict";
import { test } from "node:test";
import { meaning, PALM } from "../../../static/meetings/js/marks/hands.js";
import { isPending, merged, nextBatch, pauseAfter, settled } from "../../../static/meetings/js/marks/pending.js";
import { onPage, runs, simplified, touches } from "../../../static/meetings/js/marks/shapes.js";
import { steps } from "../../../static/meetings/js/marks/steps.js";
import { between, placeAt } from "../../../static/meetings/js/marks/text_range.js";

const line = (top, text) => [72, top, 72 + 10 * text.length, top + 14, text, [...text, ""].map((_, at) => 10 * at)];
const mark = (id, more = {}) => ({ id, page: 1, kind: "ink", colour: "blue", width: 1, points: [0, 0, 50, 9, 9, 50], reach: "me", to: null, ...more });
const kept = (id, more = {}) => ({ id, room: "r", paper: 1, file: "f", mark: mark(id), state: "new", tried: false, gone: false, share: null, why: "", at: 0, ...more });

test("a finger turns pages once a pen was seen, the ball of the hand does nothing, the pen draws", () => {
  const touch = { type: "touch", tool: "pen", fingers: true, sincePen: Infinity, eraserEnd: false };
  assert.equal(meaning(touch), "pen");
  assert.equal(meaning({ ...touch, fingers: false }), "pass");
  assert.equal(meaning({ ...touch, sincePen: PALM - 1 }), "ignore");
  assert.equal(meaning({ ...touch, tool: "" }), "pass");
  assert.equal(meaning({ ...touch, type: "pen", fingers: false, sincePen: 0 }), "pen");
  assert.equal(meaning({ ...touch, type: "pen", eraserEnd: true }), "eraser");
  assert.equal(meaning({ ...touch, type: "pen", tool: "" }), "pass");
  assert.equal(meaning({ ...touch, type: "mouse", tool: "note" }), "note");
});

test("a straight line keeps its ends, a curve its shape, and pressure its runs", () => {
  const straight = Array.from({ length: 50 }, (_, at) => [at, at, 50]).flat();
  assert.deepEqual(simplified(straight), [0, 0, 50, 49, 49, 50]);
  const round = Array.from({ length: 90 }, (_, at) => [50 * Math.cos(at / 15), 50 * Math.sin(at / 15), 50]).flat();
  const fewer = simplified(round);
  assert.ok(fewer.length < round.length / 2 && fewer.length > 24);
  assert.equal(runs(straight, 2).length, 1);
  const pressed = [0, 0, 10, 5, 0, 10, 10, 0, 90, 15, 0, 90];
  const found = runs(pressed, 2);
  assert.ok(found.length >= 2 && found[0].width < found[found.length - 1].width);
  assert.equal(runs([3, 4, 50], 1)[0].d, "M3 4h0");
});

test("what the finger meets is on the page, however the reader has turned it", () => {
  const box = { left: 100, top: 50, width: 300, height: 600 };
  assert.deepEqual(onPage(box, [150, 300], 0, 250, 350), [75, 150]);
  const turned = { left: 0, top: 0, width: 600, height: 300 };
  // A quarter clockwise: the page's top left corner is at the top right of the screen.
  assert.deepEqual(onPage(turned, [300, 600], 1, 600, 0), [0, 0]);
  assert.deepEqual(onPage(turned, [300, 600], 1, 0, 0), [0, 600]);
  assert.deepEqual(onPage(box, [150, 300], 2, 100, 50), [150, 300]);
  assert.deepEqual(onPage(turned, [300, 600], 3, 0, 300), [0, 0]);
});

test("the eraser meets a stroke on its line and not in its box", () => {
  assert.ok(touches(mark("a", { points: [0, 0, 50, 100, 100, 50] }), 51, 49, 3));
  assert.ok(!touches(mark("a", { points: [0, 0, 50, 100, 100, 50] }), 90, 10, 3));
  assert.ok(touches({ id: "h", page: 1, kind: "highlight", colour: "yellow", rects: [[0, 0, 10, 10]] }, 5, 5, 1));
});

test("a highlight takes whole words over lines, forwards and backwards", () => {
  const lines = [line(100, "Tổng thu ngân sách"), line(120, "năm 2027 của xã")];
  const [from, to] = [placeAt(lines, 72 + 62, 105), placeAt(lines, 72 + 25, 125)];
  const found = between(lines, from, to);
  assert.equal(found.quote, "thu ngân sách\nnăm");
  assert.deepEqual(found.rects, [[122, 100, 252, 114], [72, 120, 102, 134]]);
  assert.deepEqual(between(lines, to, from), found);
  assert.equal(placeAt([], 1, 1), null);
});

test("what was drawn is sent in batches of one version and let go only when acknowledged", () => {
  const all = [kept("a"), kept("b", { file: "g" }), kept("c", { state: "kept", gone: true }), kept("d", { state: "kept" })];
  const batch = nextBatch(all);
  assert.deepEqual([batch.add.map((each) => each.id), batch.erase], [["a"], ["c"]]);
  const answer = { stored: ["a"], erased: ["c"], refused: {} };
  assert.equal(settled(all[0], batch, answer).state, "kept");
  assert.equal(settled(all[2], batch, answer), null);
  assert.deepEqual(nextBatch(all, new Set(["1/f"])).add.map((each) => each.id), ["b"]);
  assert.equal(nextBatch([all[3]]), null);
  assert.equal(nextBatch(Array.from({ length: 500 }, (_, at) => kept(`n${at}`))).add.length, 100);
});

test("what was erased while it was on its way is erased there too", () => {
  const batch = nextBatch([kept("a")]);
  const after = settled(kept("a", { tried: true, gone: true }), batch, { stored: ["a"], erased: [], refused: {} });
  assert.ok(after.gone && after.state === "kept" && isPending(after));
  assert.deepEqual(nextBatch([after]).erase, ["a"]);
});

test("a circle chosen while the mark was on its way is told afterwards", () => {
  const batch = nextBatch([kept("a")]);
  const after = settled(kept("a", { mark: mark("a", { reach: "all" }) }), batch, { stored: ["a"], erased: [], refused: {} });
  assert.deepEqual(after.share, { reach: "all", to: null });
  const second = nextBatch([after]);
  assert.deepEqual(second.share, [{ marks: ["a"], reach: "all", to: null }]);
  assert.equal(settled(after, second, { stored: [], erased: [], refused: {} }).share, null);
});

test("a refused mark stays on the page with its sentence and is not sent again", () => {
  const after = settled(kept("a"), nextBatch([kept("a")]), { stored: [], erased: [], refused: { a: "Hết chỗ." } });
  assert.equal(after.why, "Hết chỗ.");
  assert.equal(nextBatch([after]), null);
});

test("the server's list is the truth but for what is under way", () => {
  const about = { room: "r", paper: 1, file: "g", asked: 100 };
  const known = [kept("new"), kept("old", { state: "kept", at: 50 }), kept("just", { state: "kept", at: 150 }), kept("gone", { state: "kept", gone: true, at: 50 }), kept("lost", { tried: true })];
  const { keep, drop } = merged(known, [mark("lost"), mark("other", { page: 3 })], about);
  assert.deepEqual(drop, ["old", "gone"]);
  assert.deepEqual(keep.map((each) => [each.id, each.state, each.file]), [["new", "new", "f"], ["just", "kept", "f"], ["lost", "kept", "g"], ["other", "kept", "g"]]);
});

test("undo and redo make new marks of old ones: what is erased stays erased", () => {
  let next = 0;
  const past = steps(() => `n${(next += 1)}`);
  past.note({ added: [mark("a")], erased: [] });
  assert.deepEqual(past.undo(), { add: [], erase: ["a"] });
  assert.deepEqual(past.redo().add.map((each) => each.id), ["n1"]);
  assert.deepEqual(past.undo(), { add: [], erase: ["n1"] });
  past.note({ added: [], erased: [mark("b")] });
  assert.equal(past.canRedo, false);
  assert.deepEqual(past.undo().add.map((each) => each.id), ["n2"]);
  assert.deepEqual(past.redo(), { add: [], erase: ["n2"] });
  assert.equal(past.redo(), null);
});

test("pauses grow, are bounded and differ", () => {
  assert.ok(pauseAfter(1, () => 0) < pauseAfter(3, () => 0));
  assert.equal(pauseAfter(40, () => 1), 30_000);
  assert.notEqual(pauseAfter(2, () => 0), pauseAfter(2, () => 1));
});
