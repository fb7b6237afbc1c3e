// Votes: what may be chosen, what is said of a majority, and a ballot that survives a lost line.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./words_in_english.js";
import { backToChoosing, blankBallot, checking, counted, refusedBallot, sendingBallot, tooLate, unanswered, withChoice } from "../../../static/meetings/js/ballot.js";
import { ballotFields, bars, chosen, concerns, isComplete, majorityWords, NO_POLLS, seatTone, stillToVote, verdict } from "../../../static/meetings/js/polls.js";

const majority = { kind: "half", base: "all", numerator: 1, denominator: 2, more_than: true, need: 4, of: 7 };
const motion = {
  id: 1, number: 1, title: "A", item: 1, kind: "motion", form: "named", state: "open", places: 1, reason: "",
  options: ["agree", "disagree", "none"].map((id) => ({ id, label: "" })),
  choose: { least: 1, most: 1, per_option: 1 }, early: null, opened_at: 0, closes_at: null, closed_at: null, published_at: null,
  electorate: 7, present: 6, can: 7, cast: 0, majority, quorum: { need: 4, have: 6, met: true, numerator: 0, denominator: 1 },
  voted: [], roll: null, running: null, results: null, seats: {},
};
const election = { ...motion, id: 2, kind: "election", options: ["1", "2", "3"].map((id) => ({ id, label: `Name ${id}` })), choose: { least: 0, most: 2, per_option: 1 } };
const points = { ...election, id: 3, kind: "cumulative", choose: { least: 1, most: 5, per_option: 3 } };

test("one choice is exchanged, several are limited", () => {
  assert.deepEqual(chosen(motion, { agree: 1 }, "none", 1), { none: 1 });
  const two = chosen(election, chosen(election, {}, "1", 1), "2", 1);
  assert.deepEqual(two, { 1: 1, 2: 1 });
  assert.deepEqual(chosen(election, two, "3", 1), two, "the third finds no room");
  assert.deepEqual(chosen(election, two, "1", 0), { 2: 1 });
});

test("points stay within what one option and the whole ballot may have", () => {
  const three = chosen(points, {}, "1", 4);
  assert.deepEqual(three, { 1: 3 });
  assert.deepEqual(chosen(points, { 1: 3, 2: 1 }, "3", 3), { 1: 3, 2: 1, 3: 1 });
});

test("a motion needs a choice, an election may be blank where the rules let it", () => {
  assert.equal(isComplete(motion, {}), false);
  assert.equal(isComplete(motion, { none: 1 }), true);
  assert.equal(isComplete(election, {}), true);
  assert.equal(isComplete(points, {}), false);
});

test("every choice makes a request of one size", () => {
  const size = (choice) => new URLSearchParams(Object.entries(ballotFields(3, choice, null)).map(([name, value]) => [name, String(value)])).toString().length;
  assert.equal(size({ 1: 1 }), size({ 1: 3, 2: 1, 3: 1 }));
  assert.equal(size({}), size({ 2: 2 }));
  assert.equal(ballotFields(3, {}, 9).target, 9);
});

test("a ballot without an answer keeps its choice and its number until there is one", () => {
  const first = checking(withChoice(blankBallot(), { agree: 1 }));
  const unsure = unanswered(sendingBallot(first));
  assert.equal(unsure.step, "unsure");
  assert.deepEqual(unsure.choice, { agree: 1 });
  assert.equal(unsure.command, first.command);
  assert.deepEqual(withChoice(unsure, { disagree: 1 }), unsure, "what may have arrived is not changed");
  assert.deepEqual(tooLate(unsure), unsure, "nor called lost");
  const done = counted(sendingBallot(unsure), "ABCD-EFGH");
  assert.deepEqual([done.step, done.choice, done.receipt], ["done", {}, "ABCD-EFGH"]);
  assert.equal(sendingBallot(done), done);
});

test("a refused ballot is chosen anew under another number, a late one forgets what was chosen", () => {
  const sent = sendingBallot(withChoice(blankBallot(), { agree: 1 }));
  const refused = refusedBallot(sent, "No.");
  assert.notEqual(refused.command, sent.command);
  assert.equal(refused.step, "choosing");
  assert.deepEqual(tooLate(refused), { ...refused, step: "late", choice: {} });
  assert.equal(backToChoosing(checking(refused)).step, "choosing");
});

test("majorities are said in plain words", () => {
  assert.equal(majorityWords(motion), "More than half of all members with a vote: 4 of 7 votes.");
  assert.equal(majorityWords({ ...motion, majority: { ...majority, kind: "simple", base: "decided" } }), "More votes for than against.");
  assert.equal(majorityWords({ ...motion, majority: { ...majority, kind: "custom", numerator: 4, denominator: 5, base: "cast", need: null, of: null } }), "At least 4 of 5 of the votes cast.");
});

test("a result says what it means", () => {
  const results = { rows: [{ option: "agree", count: 5 }, { option: "disagree", count: 1 }, { option: "none", count: 1 }], ballots: 7, votes: 7, adopted: true, elected: [], ties: [], withheld: "", warned: "" };
  assert.deepEqual(verdict({ ...motion, state: "published", results }), { tone: "yes", words: "Adopted" });
  assert.deepEqual(verdict({ ...motion, state: "published", results: { ...results, adopted: false } }), { tone: "no", words: "Not adopted" });
  assert.equal(verdict({ ...motion, state: "published", results: { ...results, withheld: "few" } }).words, "The numbers are kept back");
  assert.equal(verdict({ ...election, state: "published", results: { ...results, adopted: null, elected: ["2"] } }).words, "Elected: Name 2");
  const [agree, disagree] = bars({ ...motion, state: "published", results }, results.rows);
  assert.deepEqual([agree.share, agree.at, disagree.at], [71.4, 57.1, null]);
});

test("who still has to vote leaves out the absent, but not those with a proxy", () => {
  const seats = [1, 2, 3, 4].map((id) => ({ id, votes: id !== 4 }));
  const poll = { ...motion, voted: [1], roll: { absent: [2, 3], early: [], proxies: { 3: 1 }, weights: {}, gone: [] } };
  assert.deepEqual(stillToVote(poll, seats).map((seat) => seat.id), [3]);
  assert.equal(seatTone({ ...motion, seats: { 1: { disagree: 1 } } }, 1), "no");
  assert.equal(seatTone(motion, 1), "");
});

test("own papers are asked for when they may have changed, not with every ballot of others", () => {
  const before = concerns({ ...NO_POLLS, open: [motion] }, 5);
  assert.equal(concerns({ ...NO_POLLS, open: [{ ...motion, cast: 3, voted: [1, 2, 3] }] }, 5), before);
  assert.notEqual(concerns({ ...NO_POLLS, open: [{ ...motion, voted: [5] }] }, 5), before, "a clerk noted it");
  assert.equal(concerns({ ...NO_POLLS, open: [{ ...motion, voted: [5] }] }, 5, new Set([motion.id])), before, "its own vote is no news to a screen");
  assert.notEqual(concerns(NO_POLLS, 5), before);
});
