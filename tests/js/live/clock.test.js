import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ServerClock } from "../../../static/live/js/clock.js";
import { device } from "./device.js";

test("the server's time is right to 250 ms with slow and lopsided networks once one trip was quick", () => {
  fc.assert(fc.property(device, ({ clock, truth }) => assert.ok(Math.abs(clock.now() - truth) <= 250)));
});

test("only the last eight trips count, so a clock that was set is followed", () => {
  let now = 0;
  const clock = new ServerClock(() => now);
  clock.learn(0, 1_000_000);
  for (let trip = 0; trip < 8; trip += 1) {
    const sent = now;
    now += 40;
    clock.learn(sent, sent + 20 + 2_000_000);
  }
  assert.equal(clock.now(), now + 2_000_000);
});

test("after sleep the old offset stands until the first new trip", () => {
  let now = 1_000;
  const clock = new ServerClock(() => now);
  clock.learn(1_000, 51_000);
  assert.equal(clock.now(), 51_000);
  clock.forget();
  assert.equal(clock.now(), 51_000);
  now = 2_000;
  clock.learn(2_000, 900_000);
  assert.equal(clock.now(), 900_000);
});

test("a server's clock that was set is followed at the first answer after it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 900_000 }),
      fc.boolean(),
      fc.array(fc.record({ there: fc.nat(200), back: fc.nat(200) }), { minLength: 1, maxLength: 12 }),
      (step, forward, trips) => {
        let now = 5_000;
        let offset = 1_000_000;
        const clock = new ServerClock(() => now);
        const ask = ({ there, back }) => {
          const sent = now;
          now += there + back;
          clock.learn(sent, sent + there + offset);
        };
        for (const trip of trips) ask(trip);
        offset += forward ? step : -step;
        now += 10_000;
        ask(trips[0]);
        assert.ok(Math.abs(clock.now() - (now + offset)) <= 250);
      },
    ),
  );
});
