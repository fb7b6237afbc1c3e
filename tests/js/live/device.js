// A device whose clock is up to a quarter of an hour wrong, on a line that was quick once: what it knows of the server's
// time, and the truth.
import fc from "fast-check";

import { ServerClock } from "../../../static/live/js/clock.js";

export const device = fc
  .record({
    offset: fc.integer({ min: -900_000, max: 900_000 }),
    slow: fc.array(fc.record({ there: fc.nat(3_000), back: fc.nat(3_000) }), { maxLength: 7 }),
    place: fc.nat(7),
  })
  .map(({ offset, slow, place }) => {
    let now = 5_000;
    const clock = new ServerClock(() => now);
    const trips = [...slow];
    trips.splice(place % (slow.length + 1), 0, { there: 120, back: 20 });
    for (const { there, back } of trips) {
      const sent = now;
      const answered = sent + there + offset;
      now += there + back;
      clock.learn(sent, answered);
      now += 10_000;
    }
    return { clock, truth: now + offset };
  });
