// Votes as the screens draw them. Pure: the section of the server and what this person may do in.
import { fill } from "./words.js";

/**
 * @typedef {Record<string, number>} Choice votes by option; {} is a blank ballot
 * @typedef {{id: string, label: string}} Option
 * @typedef {{rows: {option: string, count: number}[], ballots: number, votes: number, adopted: boolean | null,
 *   elected: string[], ties: string[], withheld: string, warned: string}} Results
 *
 * @typedef {object} Poll
 * @property {number} id
 * @property {number} number
 * @property {string} title
 * @property {number | null} item
 * @property {"motion" | "election" | "list" | "cumulative"} kind
 * @property {"named" | "secret" | "hand"} form
 * @property {Option[]} options
 * @property {{least: number, most: number, per_option: number}} choose
 * @property {number} places
 * @property {"draft" | "open" | "closed" | "published" | "void"} state
 * @property {string} reason
 * @property {number | null} early
 * @property {number | null} opened_at
 * @property {number | null} closes_at
 * @property {number | null} closed_at
 * @property {number | null} published_at
 * @property {number} electorate
 * @property {number} present
 * @property {number} can
 * @property {number} votes
 * @property {number} cast
 * @property {{kind: string, base: string, numerator: number, denominator: number, more_than: boolean, need: number | null, of: number | null}} majority
 * @property {{need: number, have: number, met: boolean, numerator: number, denominator: number}} quorum
 * @property {number[]} voted seats
 * @property {{absent: number[], early: number[], proxies: Record<string, number>, weights: Record<string, number>, gone: {name: string, post: string}[]} | null} roll
 * @property {{option: string, count: number}[] | null} running
 * @property {Results | null} results
 * @property {Record<string, Choice>} seats
 *
 * @typedef {{open: Poll[], past: Poll[], drafts: Poll[], proxies: {giver: number, holder: number}[]}} Polls
 * @typedef {{poll: number, seat: number, name: string, weight: number, own: boolean, may: boolean, voted: boolean,
 *   receipt: string, choice: Choice | null, by: string}} Paper one ballot paper this person holds or held
 * @typedef {{votes: Paper[], proxy: {given_to: {seat: number, name: string} | null, held_for: {seat: number, name: string} | null}}} Mine
 */

/** @type {Polls} */
export const NO_POLLS = { open: [], past: [], drafts: [], proxies: [] };

/** @param {Choice} choice */
export function marked(choice) {
  return Object.values(choice).reduce((sum, votes) => sum + votes, 0);
}

/**
 * Whether a choice could be handed in as it is.
 * @param {Poll} poll
 * @param {Choice} choice
 */
export function isComplete(poll, choice) {
  const total = marked(choice);
  return total >= Math.max(poll.choose.least, poll.kind === "motion" ? 1 : 0) && total <= poll.choose.most;
}

/**
 * The choice after a press on an option: one of several is exchanged, several are added up to the limit.
 * @param {Poll} poll
 * @param {Choice} choice
 * @param {string} option
 * @param {number} votes wanted on it; 0 takes it off
 * @returns {Choice}
 */
export function chosen(poll, choice, option, votes) {
  if (poll.choose.most === 1) return votes ? { [option]: 1 } : {};
  const rest = { ...choice };
  delete rest[option];
  const room = Math.min(poll.choose.per_option, poll.choose.most - marked(rest), votes);
  return room > 0 ? { ...rest, [option]: room } : rest;
}

/**
 * What an option is called; a motion's are words of ours.
 * @param {Poll} poll
 * @param {string} option
 */
export function optionName(poll, option) {
  /** @type {Record<string, string>} */
  const words = { agree: gettext("In favour"), disagree: gettext("Against"), none: gettext("No opinion") };
  return (poll.kind === "motion" && words[option]) || (poll.options.find((each) => each.id === option)?.label ?? "");
}

/**
 * What the votes are a share of and how large it must be, as one plain sentence.
 * @param {Poll} poll
 */
export function majorityWords(poll) {
  const { kind, base, numerator, denominator, need, of } = poll.majority;
  if (kind === "simple") return poll.kind === "motion" ? gettext("More votes for than against.") : gettext("Whoever has the most votes.");
  /** @type {Record<string, string>} */
  const bases = { all: gettext("of all members with a vote"), present: gettext("of the members present"), cast: gettext("of the votes cast") };
  /** @type {Record<string, string>} */
  const shares = { half: gettext("More than half"), two_thirds: gettext("At least two thirds"), three_quarters: gettext("At least three quarters") };
  const share = shares[kind] ?? fill(gettext("At least %(part)s of %(whole)s"), { part: numerator, whole: denominator });
  const whole = bases[base] ?? "";
  if (need === null || of === null) return fill(gettext("%(share)s %(base)s."), { share, base: whole });
  return fill(gettext("%(share)s %(base)s: %(need)s of %(of)s votes."), { share, base: whole, need, of });
}

/** @param {Poll} poll */
export function formName(poll) {
  /** @type {Record<string, string>} */
  const names = { named: gettext("Open vote"), secret: gettext("Secret vote"), hand: gettext("Show of hands") };
  return names[poll.form] ?? "";
}

/**
 * The result in words: what a hall must hear.
 * @param {Poll} poll
 */
export function verdict(poll) {
  const { results } = poll;
  if (poll.state === "void") return { tone: "blank", words: gettext("Declared void") };
  if (!results) return { tone: "blank", words: gettext("Counted") };
  if (results.withheld) return { tone: "blank", words: gettext("The numbers are kept back") };
  if (poll.kind === "motion") return results.adopted ? { tone: "yes", words: gettext("Adopted") } : { tone: "no", words: gettext("Not adopted") };
  if (results.ties.length) return { tone: "blank", words: gettext("Equal votes: another round is needed") };
  if (!results.elected.length) return { tone: "no", words: gettext("Nobody reached the majority") };
  const names = results.elected.map((option) => optionName(poll, option)).join("; ");
  return { tone: "yes", words: fill(poll.kind !== "election" ? gettext("Chosen: %(names)s") : gettext("Elected: %(names)s"), { names }) };
}

/**
 * Why numbers are kept back, or "". The code comes from the server.
 * @param {string} code
 */
export function withheldWords(code) {
  if (code === "few") return gettext("Fewer than three ballots were cast: the numbers would show who voted how, so they are kept back.");
  if (code === "alike") return gettext("All ballots are alike: the numbers show how everybody voted. The chair decides whether they are published.");
  return "";
}

/**
 * The bars of a result or of a running count: `share` and `at` (where the majority stands) in percent.
 * @param {Poll} poll
 * @param {{option: string, count: number}[]} rows
 */
export function bars(poll, rows) {
  const whole = Math.max(poll.majority.of ?? 0, poll.results?.votes ?? 0, poll.state === "open" ? poll.votes : 0, ...rows.map((row) => row.count), 1);
  const order = poll.kind === "motion" ? rows : [...rows].sort((one, other) => other.count - one.count);
  return order.map((row) => ({
    ...row,
    name: optionName(poll, row.option),
    tone: poll.kind === "motion" ? { agree: "yes", disagree: "no" }[row.option] ?? "blank" : poll.results?.elected.includes(row.option) ? "yes" : "blank",
    share: Math.round((row.count / whole) * 1000) / 10,
    at: poll.majority.need && (poll.kind !== "motion" || row.option === "agree") ? Math.round((poll.majority.need / whole) * 1000) / 10 : null,
  }));
}

/**
 * Seats that can still vote in an open vote and have not.
 * @template {{id: number, votes?: boolean}} Seat
 * @param {Poll} poll
 * @param {Seat[]} seats
 * @returns {Seat[]}
 */
export function stillToVote(poll, seats) {
  const done = new Set(poll.voted);
  const away = new Set((poll.roll?.absent ?? []).filter((seat) => !(String(seat) in (poll.roll?.proxies ?? {}))));
  return seats.filter((seat) => seat.votes && !done.has(seat.id) && !away.has(seat.id));
}

/**
 * How a seat voted in a published open vote: "yes", "no", "blank" or "" for the seat map.
 * @param {Poll} poll
 * @param {number} seat
 */
export function seatTone(poll, seat) {
  const choice = poll.seats[String(seat)];
  if (!choice) return "";
  return choice.agree ? "yes" : choice.disagree ? "no" : "blank";
}

/**
 * What tells that a person's own papers must be asked for anew.
 * @param {Polls} polls
 * @param {number} seat
 * @param {Set<number>} [voted] polls in which this screen knows the own vote to be counted
 */
export function concerns(polls, seat, voted = new Set()) {
  return JSON.stringify([
    polls.open.map((poll) => [poll.id, poll.state, poll.early, poll.voted.includes(seat) && !voted.has(poll.id)]),
    polls.past.slice(0, 3).map((poll) => [poll.id, poll.state]),
    polls.proxies.filter((proxy) => proxy.giver === seat || proxy.holder === seat),
  ]);
}

/** Requests of all choices have one size: what is added to the encoded choice. */
const SIZE = 2048;

/**
 * The fields of the command, padded so that its length tells nothing.
 * @param {number} poll
 * @param {Choice} choice
 * @param {number | null} target whose vote is cast as proxy
 */
export function ballotFields(poll, choice, target) {
  const text = JSON.stringify(choice);
  const pad = "0".repeat(Math.max(0, SIZE - encodeURIComponent(text).length));
  return { poll, choice: text, pad, ...(target === null ? {} : { target }) };
}
