import assert from "node:assert/strict";
import { test } from "node:test";

import { isCutOff, keptBy, standings } from "../../../static/meetings/js/sites.js";
import { healthOf, worstFirst } from "../../../static/meetings/js/tablets.js";

const LINE = { socket: true, behind: 0, silent: 3 };
/** @param {object} facts */
const tablet = (facts) => ({ seat: 1, name: "A", role: "delegate", connected: true, since: 1, lines: [LINE], ...facts });

test("the worst line of a seat is its health", () => {
  assert.equal(healthOf(tablet({})), "well");
  assert.equal(healthOf(tablet({ lines: [LINE, { ...LINE, socket: false }] })), "slow");
  assert.equal(healthOf(tablet({ lines: [LINE, { ...LINE, behind: 2 }] })), "behind");
  assert.equal(healthOf(tablet({ lines: [{ ...LINE, behind: -1 }] })), "behind");
  assert.equal(healthOf(tablet({ lines: [{ ...LINE, behind: 2, silent: 31 }] })), "silent");
  assert.equal(healthOf(tablet({ lines: [{ socket: false, behind: 0, silent: 25 }] })), "slow");
  assert.equal(healthOf(tablet({ lines: [] })), "unknown");
  assert.equal(healthOf(tablet({ connected: false, lines: [] })), "off");
});

test("who is here without a line comes before who is well, who has not come is last", () => {
  const list = [
    tablet({ seat: 1, connected: false, lines: [] }),
    tablet({ seat: 2 }),
    tablet({ seat: 3, connected: false, lines: [] }),
    tablet({ seat: 4, lines: [{ ...LINE, behind: 5 }] }),
  ];
  assert.deepEqual(worstFirst(list, [2, 3]).map((each) => each.seat), [4, 3, 2, 1]);
});

test("a site counts its own people and the tablets that are on the line", () => {
  const sites = [{ id: 7, name: "Một", seats: [1, 2, 3], clerks: [2] }, { id: 8, name: "Hai", seats: [4], clerks: [] }];
  const seats = [{ id: 1, present: true }, { id: 2, present: false }, { id: 4, present: false }];
  const [one, two] = standings(sites, { attending: [1, 2, 4, 9] }, seats);
  assert.deepEqual([one.here, one.of, one.lines, isCutOff(one)], [2, 3, 1, false]);
  assert.deepEqual([two.here, two.of, two.lines, isCutOff(two)], [1, 1, 0, true]);
  assert.equal(keptBy(sites, 2)?.id, 7);
  assert.equal(keptBy(sites, 4), undefined);
});
