// The ballots of whoever sits here: which papers they hold, what is chosen on them, and sending until there is an answer.
import { backToChoosing, blankBallot, checking, counted, refusedBallot, sendingBallot, tooLate, unanswered, withChoice } from "./ballot.js";
import { Refused, send } from "./commands.js";
import { closeDialog, isOpen, openDialog } from "./dialogs.js";
import { ballotFields, chosen, concerns, NO_POLLS } from "./polls.js";

const SHEET = "ballot";
const HERD = 40;
/** Milliseconds between two of a herd, and the longest a voter waits for the paper. */
const APART = 4;
const LONGEST = 2_000;

/**
 * @param {import("./model.js").Room} room
 * @param {object} parts
 * @param {(answer: {revision?: number, sections?: import("./model.js").Sections}) => void} parts.answered
 * @param {(sentence: string) => void} parts.announce
 */
export function voting(room, { answered, announce }) {
  const { me } = room;
  const address = me.urls?.polls_mine ?? "";
  const votes = me.commands.includes("cast_vote") && address !== "";
  /** @type {Map<string, import("./ballot.js").Ballot>} */
  const ballots = new Map();
  /** @type {Map<number, import("./polls.js").Poll>} polls this screen has shown as open */
  const seen = new Map();
  /** @type {Set<string>} */
  const overdue = new Set();
  const patience = 300 + Math.random() * 1_500;
  let concern = "";
  let asking = false;
  let again = false;

  const parts = {
    /** @type {import("./polls.js").Mine} */
    mine: { votes: [], proxy: { given_to: null, held_for: null } },
    /** @type {string} the paper on top, as poll:seat */
    top: "",
    /** @param {import("./polls.js").Paper} paper */
    ballot: (paper) => ballots.get(key(paper)) ?? blank(paper),
    /** The polls the sheet is about: open, or just ended under the voter's hand; once another is open, only what is still on its way. */
    get shown() {
      const open = inHand();
      const stays = open.length ? ["sending", "unsure"] : ["sending", "unsure", "checking", "done", "late"];
      return [...open, ...[...seen.values()].filter((poll) => !open.some((each) => each.id === poll.id) && papersOf(poll.id).some((paper) => stays.includes(ballots.get(key(paper))?.step ?? "")))];
    },
    papersOf,
    /** The vote the button of the thumb is about. */
    get first() {
      return inHand()[0] ?? null;
    },
    /** The section changed, or the line is back. @param {boolean} [sure] ask whatever changed */
    follow(sure = false) {
      for (const poll of polls().open) seen.set(poll.id, poll);
      if (!votes) return;
      for (const [id, poll] of seen) if (!polls().open.some((each) => each.id === id)) ended(id, poll);
      const now = concerned();
      if (now === concern && !sure) return;
      concern = now;
      void ask();
    },
    /** @param {import("./polls.js").Paper} paper @param {string} option @param {number} count */
    choose(paper, option, count) {
      const poll = seen.get(paper.poll);
      if (poll) keep(paper, withChoice(ballot(paper), chosen(poll, ballot(paper).choice, option, count)));
    },
    /** @param {import("./polls.js").Paper} paper */
    check: (paper) => keep(paper, checking(ballot(paper))),
    /** @param {import("./polls.js").Paper} paper */
    change: (paper) => keep(paper, backToChoosing(ballot(paper))),
    /** @param {import("./polls.js").Paper} paper */
    async cast(paper) {
      const before = ballot(paper);
      if (before.step === "sending" || before.step === "done") return;
      parts.top = key(paper);
      keep(paper, sendingBallot(before));
      try {
        const { receipt = "" } = /** @type {{receipt?: string}} */ (await send("cast_vote", ballotFields(paper.poll, before.choice, paper.own ? null : paper.seat), before.command));
        known(paper, before.choice, receipt);
        keep(paper, counted(ballot(paper), receipt));
        announce(gettext("Your vote has been counted."));
        return;
      } catch (error) {
        if (error instanceof Refused) {
          keep(paper, refusedBallot(ballot(paper), error.message));
          answered(error.answer);
        } else keep(paper, unanswered(ballot(paper)));
      }
      await ask();
    },
    /** @param {import("./polls.js").Paper} paper */
    bringUp(paper) {
      parts.top = key(paper);
      room.draw();
    },
    openSheet() {
      openDialog(SHEET);
      room.draw();
    },
    /** A vote whose time has run out is asked about: whoever asks ends it. @param {number} now server time */
    tick(now) {
      for (const poll of polls().open) {
        const [end, name] = [poll.state === "open" ? poll.closes_at : poll.early, `${poll.id} ${poll.state}`];
        if (end === null || now < end + patience || overdue.has(name)) continue;
        overdue.add(name);
        void ask();
      }
    },
    /** The line is back: what was sent without an answer is looked up, and sent again if it did not arrive. */
    back: () => parts.follow(true),
    /** The seat is gone: nothing that was chosen stays. */
    forget() {
      ballots.clear();
      seen.clear();
      parts.mine = { votes: [], proxy: { given_to: null, held_for: null } };
    },
  };

  /** @returns {import("./polls.js").Polls} */
  function polls() {
    return room.sections.polls ?? NO_POLLS;
  }

  /** Counted by this screen: it need not ask what became of the paper. @param {import("./polls.js").Paper} paper @param {import("./polls.js").Choice} choice @param {string} receipt */
  function known(paper, choice, receipt) {
    const open = seen.get(paper.poll)?.form === "named";
    const votes = parts.mine.votes.map((each) => (key(each) === key(paper) ? { ...each, may: false, voted: true, receipt, choice: open ? choice : null } : each));
    parts.mine = { ...parts.mine, votes };
    concern = concerned();
  }

  /** What of the section this person must ask about. */
  function concerned() {
    return concerns(polls(), me.seat, new Set(parts.mine.votes.filter((paper) => paper.own && paper.voted).map((paper) => paper.poll)));
  }

  /** Those that concern this seat: a vote that is open, and before it is one in which the absent vote. */
  function inHand() {
    const open = polls().open.filter((poll) => poll.state === "open");
    return [...open, ...polls().open.filter((poll) => poll.state !== "open" && papersOf(poll.id).length)];
  }

  /** @param {{poll: number, seat: number}} paper */
  function key(paper) {
    return `${paper.poll}:${paper.seat}`;
  }

  /** @param {number} poll */
  function papersOf(poll) {
    return parts.mine.votes.filter((paper) => paper.poll === poll && (paper.may || paper.voted || ballots.has(key(paper))));
  }

  /** @param {import("./polls.js").Paper} paper */
  function blank(paper) {
    const fresh = blankBallot();
    return paper.voted ? counted(fresh, paper.receipt) : fresh;
  }

  /** @param {import("./polls.js").Paper} paper */
  function ballot(paper) {
    return parts.ballot(paper);
  }

  /** @param {import("./polls.js").Paper} paper @param {import("./ballot.js").Ballot} next */
  function keep(paper, next) {
    ballots.set(key(paper), next);
    room.draw();
  }

  /**
   * @param {number} id
   * @param {import("./polls.js").Poll} poll
   */
  function ended(id, poll) {
    let chose = false;
    for (const paper of papersOf(poll.id)) {
      if (!ballots.has(key(paper)) && !isOpen(SHEET)) continue;
      const before = ballot(paper);
      const after = tooLate(before);
      chose ||= before !== after && before.step !== "late" && isOpen(SHEET);
      ballots.set(key(paper), after);
    }
    if (chose) announce(gettext("The vote was closed before you sent your ballot. Nothing was counted."));
    else if (isOpen(SHEET) && !papersOf(id).length && !polls().open.length) closeDialog(SHEET);
  }

  async function ask() {
    if (!votes || room.ended) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      // A whole hall is told at once; it need not ask at once.
      const many = Math.max(0, ...polls().open.map((poll) => poll.electorate));
      if (many > HERD) await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(many * APART, LONGEST)));
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
      if (answer.ok) take(await answer.json());
    } catch {
      // No line: `back` asks again.
    }
    asking = false;
    if (again) {
      again = false;
      await ask();
    }
  }

  /** @param {import("./polls.js").Mine} mine */
  function take(mine) {
    const before = new Set(parts.mine.votes.filter((paper) => paper.may).map(key));
    parts.mine = mine;
    concern = concerned();
    for (const paper of mine.votes) {
      const held = ballots.get(key(paper));
      if (paper.voted) {
        if (held?.step !== "done") ballots.set(key(paper), counted(held ?? blankBallot(), paper.receipt));
      } else if (held?.step === "unsure") {
        if (paper.may) void parts.cast(paper);
        else ballots.set(key(paper), { ...tooLate({ ...held, step: "choosing" }) });
      }
    }
    const isNew = mine.votes.some((paper) => paper.may && !before.has(key(paper)) && inHand().some((poll) => poll.id === paper.poll));
    const held = ballots.get(parts.top);
    // The receipt of the vote before does not lie on top of a new one; what is half filled does.
    if (isNew && (!held || ["done", "late"].includes(held.step) || !Object.keys(held.choice).length)) parts.top = "";
    room.draw();
    if (isNew) comeUp();
  }

  /** The sheet comes up by itself, but never over something that is being written, nor on the console of who leads. */
  function comeUp() {
    announce(gettext("A vote is open."));
    const writes = document.activeElement?.matches("textarea, select, input:not([type=radio], [type=checkbox])") && document.activeElement.checkVisibility?.() !== false;
    if (["chair", "secretary"].includes(me.role) || writes || document.querySelector("dialog[open]")) return;
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(200);
    openDialog(SHEET);
  }

  return parts;
}
