import assert from "node:assert/strict";
import { test } from "node:test";
import { doorsOpen, lacksQuorum, lastStay, standingOf } from "../../../static/meetings/js/attendance.js";

const HOUR = 3_600_000;
const quorum = { need: 3, have: 2, of: 4, met: false, share: "half", basis: "" };

test("a seat is here by the log, not by its socket", () => {
  const attendance = { attending: [1], stays: { 1: [{ from: 5, to: null, noted: "tap" }], 2: [{ from: 5, to: 9, noted: "clerk" }] } };
  assert.equal(standingOf(attendance, { id: 1, present: false }), "here");
  assert.equal(standingOf(attendance, { id: 2, present: true }), "left");
  assert.equal(standingOf(attendance, { id: 3, present: true }), "connected");
  assert.equal(standingOf(attendance, { id: 3, present: false }), "away");
  assert.equal(standingOf({}, { id: 1, present: false }), "away");
  assert.equal(lastStay(attendance, 2)?.to, 9);
});

test("people are asked whether they have come from three hours before the start", () => {
  const starts_at = 10 * HOUR;
  assert.equal(doorsOpen({ state: "published", starts_at }, 7 * HOUR - 1), false);
  assert.equal(doorsOpen({ state: "published", starts_at }, 7 * HOUR), true);
  assert.equal(doorsOpen({ state: "live", starts_at }, 0), true);
  assert.equal(doorsOpen({ state: "closed", starts_at }, 11 * HOUR), false);
});

test("a missing quorum is an alarm in session only", () => {
  assert.equal(lacksQuorum({ state: "live" }, { quorum }), true);
  assert.equal(lacksQuorum({ state: "live" }, { quorum: { ...quorum, met: true } }), false);
  assert.equal(lacksQuorum({ state: "published" }, { quorum }), false);
  assert.equal(lacksQuorum({ state: "live" }, {}), false);
});
