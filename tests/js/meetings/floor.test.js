import assert from "node:assert/strict";
import { test } from "node:test";
import { minutesAndSeconds, neverHeard, remaining, standing } from "../../../static/meetings/js/floor.js";

const NOW = 1_700_000_000_000;
const turn = (id, seat, more = {}) => ({ id, seat, name: `n${id}`, post: "", kind: "main", seconds: 300, asked_at: NOW, ...more });

test("a turn counts down, warns in its last half minute and then says how much it is over", () => {
  const speaking = turn(1, 7, { started_at: NOW, spent: 0, since: NOW });
  assert.deepEqual(remaining(speaking, NOW), { left: 300, share: 100, state: "running" });
  assert.equal(remaining(speaking, NOW + 270_000).state, "warn");
  const over = remaining(speaking, NOW + 312_000);
  assert.deepEqual([over.left, over.share, over.state], [-12, 0, "over"]);
  assert.equal(minutesAndSeconds(over.left), "+0:12");
  assert.equal(minutesAndSeconds(186), "3:06");
});

test("a clock that is a little behind the server never shows more than the whole turn", () => {
  assert.equal(remaining(turn(1, 7, { started_at: NOW, spent: 0, since: NOW }), NOW - 900).share, 100);
});

test("a seat knows whether it speaks, waits, and how many come before it", () => {
  const floor = { speaking: turn(1, 7, { started_at: NOW, spent: 0, since: NOW }), queue: [turn(2, 8), turn(3, 9), turn(4, 9, { kind: "order" })] };
  assert.equal(standing(floor, 7).speaking?.id, 1);
  assert.deepEqual([standing(floor, 9).waiting.map((each) => each.id), standing(floor, 9).before], [[3, 4], 1]);
  assert.equal(standing(floor, 5).before, 3);
  assert.equal(standing({}, 5).before, 0);
});

test("who has never been heard leaves out speakers, those who have spoken, and seats that do not speak", () => {
  const seats = [{ id: 1, role: "delegate" }, { id: 2, role: "delegate" }, { id: 3, role: "invited" }, { id: 4, role: "observer" }, { id: 5, role: "chair" }];
  const floor = { speaking: turn(1, 1, { started_at: NOW, spent: 0, since: NOW }), spoken: [{ seat: 2, name: "", seconds: 9, here: 0 }] };
  assert.deepEqual(neverHeard(seats, floor).map((seat) => seat.id), [3]);
});

test("a clock that stands still counts what it had, and goes on from there", () => {
  const held = turn(1, 7, { started_at: NOW, spent: 100_000, since: null });
  assert.equal(remaining(held, NOW + 900_000).left, 200);
  assert.equal(remaining({ ...held, since: NOW + 900_000 }, NOW + 910_000).left, 190);
});
