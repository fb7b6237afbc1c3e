import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { minutesAndSeconds, neverHeard, remaining, spent, standing } from "../../../static/meetings/js/floor.js";
import { untilReturn } from "../../../static/meetings/js/order.js";
import { device } from "../live/device.js";

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

test("turns, stopped or not, and the end of a recess are shown right to 250 ms on clocks a quarter of an hour wrong", () => {
  const stretch = fc.record({ ran: fc.nat(600_000), stood: fc.nat(600_000) });
  fc.assert(
    fc.property(device, fc.array(stretch, { maxLength: 5 }), fc.option(fc.nat(600_000)), fc.integer({ min: -900_000, max: 3_600_000 }), ({ clock, truth }, before, running, ahead) => {
      // The server counts what ran until the clock was stopped last, and tells since when it runs again.
      const counted = before.reduce((sum, { ran }) => sum + ran, 0);
      const speaking = turn(1, 7, { started_at: truth, spent: counted, since: running === null ? null : truth - running });
      const wrong = Math.abs(spent(speaking, clock.now()) - (counted + (running ?? 0)));
      assert.ok(wrong <= (running === null ? 0 : 250), `${wrong} ms`);
      const left = (moment) => Math.ceil((speaking.seconds * 1000 - counted - (running ?? 0) + moment) / 1000);
      const shown = remaining(speaking, clock.now()).left;
      assert.ok(left(-250) <= shown && shown <= left(250));
      const back = (moment) => Math.ceil((ahead + moment) / 1000);
      const until = untilReturn({ break: { kind: "recess", since: truth - 1, until: truth + ahead } }, clock.now());
      assert.ok(back(-250) <= until && until <= back(250));
    }),
  );
});
