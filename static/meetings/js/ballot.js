// One ballot in the hand of its voter. Pure: steps from a choice to a receipt.
//
// A choice that may have arrived is locked: it is sent again under its own number until somebody answers. One that is
// no longer needed is forgotten at once.
import { newId } from "./commands.js";

/**
 * @typedef {object} Ballot
 * @property {"choosing" | "checking" | "sending" | "unsure" | "done" | "late"} step
 * @property {import("./polls.js").Choice} choice
 * @property {string} command its number, the same for every try
 * @property {string} receipt
 * @property {string} why what the server said when it did not take it
 */

/** @returns {Ballot} */
export function blankBallot() {
  return { step: "choosing", choice: {}, command: newId(), receipt: "", why: "" };
}

/**
 * @param {Ballot} ballot
 * @param {import("./polls.js").Choice} choice
 * @returns {Ballot}
 */
export function withChoice(ballot, choice) {
  return ballot.step === "choosing" ? { ...ballot, choice, why: "" } : ballot;
}

/** @param {Ballot} ballot @returns {Ballot} */
export function checking(ballot) {
  return ballot.step === "choosing" ? { ...ballot, step: "checking" } : ballot;
}

/** @param {Ballot} ballot @returns {Ballot} */
export function backToChoosing(ballot) {
  return ballot.step === "checking" ? { ...ballot, step: "choosing" } : ballot;
}

/** @param {Ballot} ballot @returns {Ballot} */
export function sendingBallot(ballot) {
  return ballot.step === "done" || ballot.step === "late" ? ballot : { ...ballot, step: "sending", why: "" };
}

/** No answer came: it may have been counted. @param {Ballot} ballot @returns {Ballot} */
export function unanswered(ballot) {
  return ballot.step === "sending" ? { ...ballot, step: "unsure" } : ballot;
}

/**
 * It is counted; the choice is forgotten.
 * @param {Ballot} ballot
 * @param {string} receipt
 * @returns {Ballot}
 */
export function counted(ballot, receipt) {
  return { ...ballot, step: "done", choice: {}, receipt, why: "" };
}

/**
 * The server did not take it: the voter may choose again under another number.
 * @param {Ballot} ballot
 * @param {string} why
 * @returns {Ballot}
 */
export function refusedBallot(ballot, why) {
  return { ...ballot, step: "choosing", command: newId(), why };
}

/**
 * The vote ended. Nothing that was only chosen stays.
 * @param {Ballot} ballot
 * @returns {Ballot}
 */
export function tooLate(ballot) {
  return ballot.step === "done" || ballot.step === "unsure" || ballot.step === "sending" ? ballot : { ...ballot, step: "late", choice: {} };
}
