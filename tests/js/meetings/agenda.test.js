import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, endedAt, forecast, nextItem, paperCount, planned, startedAt, timing, topOf } from "../../../static/meetings/js/agenda.js";

const MINUTE = 60_000;
const EIGHT = Date.UTC(2026, 10, 24, 1, 0);

/** @param {number | null} current */
function agenda(current) {
  const item = (/** @type {number} */ id, /** @type {string} */ number, more = {}) => ({ id, parent: null, number, title: `T${id}`, minutes: 10, state: "waiting", starts_at: null, started_at: null, ended_at: null, papers: 0, ...more });
  return {
    current,
    items: [
      item(1, "1", { state: "done", starts_at: EIGHT, started_at: EIGHT, ended_at: EIGHT + 9 * MINUTE, spent: 9 * MINUTE }),
      item(3, "2", { minutes: 50, starts_at: EIGHT + 10 * MINUTE }),
      item(31, "2.1", { parent: 3, minutes: 20, state: "done", started_at: EIGHT + 9 * MINUTE, ended_at: EIGHT + 30 * MINUTE, spent: 21 * MINUTE, papers: 1 }),
      item(32, "2.2", { parent: 3, minutes: 30, state: "current", started_at: EIGHT + 30 * MINUTE, since: EIGHT + 30 * MINUTE, papers: 2 }),
      item(4, "3", { minutes: 30, starts_at: EIGHT + 60 * MINUTE }),
      item(5, "4", { minutes: 20, starts_at: EIGHT + 90 * MINUTE }),
    ],
  };
}

test("the agenda becomes a tree that knows where the meeting is", () => {
  const plan = arrange(agenda(32));
  assert.deepEqual(plan.tops.map((top) => top.number), ["1", "2", "3", "4"]);
  assert.deepEqual(plan.tops.map((top) => top.state), ["done", "current", "waiting", "waiting"]);
  assert.equal(plan.place, 2);
  assert.equal(plan.top?.id, 3);
  assert.equal(plan.current?.id, 32);
  assert.equal(topOf(plan, 31)?.id, 3);
});

test("an agenda that is not there yet is empty, not broken", () => {
  const plan = arrange(undefined);
  assert.deepEqual(plan.tops, []);
  assert.equal(plan.top, null);
  assert.equal(nextItem(plan), null);
});

test("a hidden step finds its item by its number", () => {
  const plan = arrange({ current: 7, items: [{ id: 6, number: "1", title: "", hidden: true }, { id: 7, number: "1.1", title: "", hidden: true }] });
  assert.equal(plan.tops.length, 1);
  assert.equal(plan.top?.id, 6);
});

test("an item is as long and as full as its steps", () => {
  const top = arrange(agenda(32)).tops[1];
  assert.equal(planned(top), 50);
  assert.equal(paperCount(top), 3);
  assert.equal(startedAt(top), EIGHT + 9 * MINUTE);
  assert.equal(endedAt(top), EIGHT + 30 * MINUTE);
});

test("time left counts down and then says how much it is over", () => {
  const top = arrange(agenda(32)).tops[1];
  const half = timing(top, EIGHT + 41 * MINUTE);
  assert.deepEqual(half, { total: 50, spent: 32 * MINUTE, used: 32, left: 18, share: 64 });
  const over = timing(top, EIGHT + 64 * MINUTE + 1);
  assert.equal(over.left, -6);
  assert.equal(over.share, 100);
});

test("the forecast moves what waits and never before now", () => {
  const meeting = { state: "live", starts_at: EIGHT };
  const calm = forecast(arrange(agenda(32)), meeting, EIGHT + 41 * MINUTE);
  assert.equal(calm.late, 0);
  assert.equal(calm.starts.get(4), EIGHT + 59 * MINUTE);
  assert.equal(calm.ends, EIGHT + 109 * MINUTE);
  const late = forecast(arrange(agenda(32)), meeting, EIGHT + 67 * MINUTE);
  assert.equal(late.late, 7);
  assert.equal(late.starts.get(5), EIGHT + 97 * MINUTE);
});

test("a meeting that should have begun is late by the clock", () => {
  const { late } = forecast(arrange(agenda(null)), { state: "published", starts_at: EIGHT }, EIGHT + 4.5 * MINUTE);
  assert.equal(late, 4);
});

test("the next act walks the steps and stops after the last item", () => {
  assert.equal(nextItem(arrange(agenda(null)))?.id, 4);
  assert.equal(nextItem(arrange(agenda(1)))?.id, 31);
  assert.equal(nextItem(arrange(agenda(3)))?.id, 31);
  assert.equal(nextItem(arrange(agenda(32)))?.id, 4);
  assert.equal(nextItem(arrange(agenda(5))), null);
});
