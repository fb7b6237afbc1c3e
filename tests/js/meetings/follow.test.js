import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange } from "../../../static/meetings/js/agenda.js";
import { browse, chairPlace, papersOf, settle, start, together } from "../../../static/meetings/js/follow.js";

/** @param {number | null} current */
const plan = (current) => arrange({
  current,
  items: [
    { id: 1, parent: null, number: "1", title: "one" },
    { id: 2, parent: null, number: "2", title: "two" },
    { id: 21, parent: 2, number: "2.1", title: "step" },
  ],
});
/** @type {any[]} */
const papers = [
  { id: 10, item: 1, state: "ready", pages: 3 },
  { id: 20, item: 2, state: "ready", pages: 9 },
  { id: 21, item: 21, state: "ready", pages: 5 },
];

test("following goes to the page the chair shows", () => {
  const view = settle(start, plan(1), papers, { item: 1, paper: 20, page: 4 });
  assert.deepEqual(view, { mode: "follow", item: 2, paper: 20, page: 4 });
});

test("without a shown page following opens the first paper of the current item", () => {
  assert.deepEqual(settle(start, plan(1), papers, {}), { mode: "follow", item: 1, paper: 10, page: 1 });
  assert.equal(settle(start, plan(21), papers, {}).paper, 21);
  assert.equal(settle(start, plan(null), papers, {}).paper, null);
});

test("when the chair stops showing, the page stays under the reader's eyes", () => {
  const shown = settle(start, plan(2), papers, { item: 2, paper: 20, page: 4 });
  assert.deepEqual(settle(shown, plan(2), papers, {}), { mode: "follow", item: 2, paper: 20, page: 4 });
});

test("free browsing is moved by nobody", () => {
  const free = browse(settle(start, plan(1), papers, {}), { page: 3 });
  assert.deepEqual(settle(free, plan(2), papers, { item: 2, paper: 20, page: 7 }), free);
  assert.equal(together(free, chairPlace(plan(2), papers, { paper: 20, page: 7 })), false);
});

test("a paper that was taken away ends free browsing", () => {
  const free = browse(start, { item: 2, paper: 20, page: 3 });
  const rest = papers.filter((paper) => paper.id !== 20);
  assert.deepEqual(settle(free, plan(1), rest, {}), { mode: "follow", item: 1, paper: 10, page: 1 });
});

test("a shown paper this seat may not see is as if nothing were shown", () => {
  const place = chairPlace(plan(1), papers, { item: 2, paper: 99, page: 2 });
  assert.deepEqual(place, { item: 1, paper: 10, page: 1, shown: false });
});

test("papers of an item include those of its steps", () => {
  assert.deepEqual(papersOf(plan(1), papers, 21).map((paper) => paper.id), [20, 21]);
});
