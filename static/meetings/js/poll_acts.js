// The acts of those who lead a vote: preparing, opening, counting by hand, closing, publishing. What is being written
// stays in the form of the page; nothing draws over it.
import { closeDialog, openDialog } from "./dialogs.js";
import { field, formOf, listItems, listSeats, listSeatsToMark, marked, onSubmit as onSubmitIn, sendBy } from "./forms.js";
import { shape, tend } from "./poll_form.js";
import { NO_POLLS } from "./polls.js";
import { localMinute } from "./time.js";

/**
 * @param {import("./model.js").Room} room
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<boolean>} command
 * @param {() => number} now server time
 */
export function pollActs(room, command, now) {
  /** @returns {import("./polls.js").Polls} */
  const polls = () => room.sections.polls ?? NO_POLLS;

  const zone = document.documentElement.dataset.timeZone ?? "Asia/Ho_Chi_Minh";

  /** Those who have a vote. @returns {import("./model.js").Seat[]} */
  const voters = () => (room.sections.people?.seats ?? []).filter((/** @type {import("./model.js").Seat} */ seat) => seat.votes);

  /** Those to whom one's own vote can still be given. */
  function free() {
    const taken = new Set(polls().proxies.flatMap(({ giver, holder }) => [giver, holder]));
    return voters().filter((seat) => seat.id !== room.me.seat && !taken.has(seat.id));
  }

  /** @param {number} poll */
  function at(poll) {
    room.pollAt = poll;
    room.draw();
  }

  const act = {
    /** @param {number} poll */
    askOpenPoll(poll) {
      at(poll);
      openDialog("open-poll");
    },
    /** @param {number} seconds */
    setPollTime(seconds) {
      room.pollSeconds = seconds;
      room.draw();
    },
    /** @param {number} poll */
    async openPoll(poll) {
      const done = await command("open_poll", { poll, ...(room.pollSeconds ? { seconds: room.pollSeconds } : {}) });
      if (done) closeDialog("open-poll");
    },
    /** Closing early is asked once. @param {import("./polls.js").Poll} poll */
    askClosePoll(poll) {
      at(poll.id);
      if (poll.cast < poll.can) openDialog("close-poll");
      else void command("close_poll", { poll: poll.id });
    },
    /** Numbers that show how everybody voted are published only on purpose. @param {import("./polls.js").Poll} poll */
    publishPoll(poll) {
      at(poll.id);
      if (poll.results?.warned === "alike") openDialog("publish-poll");
      else void command("publish_poll", { poll: poll.id });
    },
    /** @param {number} poll */
    repeatPoll: (poll) => command("repeat_poll", { poll }),
    /** @param {number} poll */
    removePoll: (poll) => command("remove_poll", { poll }),
    /** @param {number} poll */
    askVoid(poll) {
      at(poll);
      openDialog("void-poll");
    },
    /** @param {number} poll */
    callRoll(poll) {
      at(poll);
      openDialog("roll");
    },
    /** @param {number} poll */
    countHands(poll) {
      at(poll);
      writeTotals(polls().open.find((each) => each.id === poll));
      openDialog("hands");
    },
    /**
     * @param {number} poll
     * @param {number} target
     * @param {string} option
     */
    recordVote: (poll, target, option) => command("record_vote", { poll, target, choice: JSON.stringify({ [option]: 1 }) }),
    /** Up, down and the figures, on the line that is marked. @param {KeyboardEvent} event */
    rollKey(event) {
      const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".roll__row"));
      if (!row) return;
      const step = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
      if (step) {
        event.preventDefault();
        return /** @type {HTMLElement} */ (step).focus();
      }
      const button = /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("button"))[Number(event.key) - 1];
      if (!button || row.getAttribute("aria-busy") === "true") return;
      event.preventDefault();
      const next = /** @type {HTMLElement | null} */ (row.nextElementSibling ?? row.previousElementSibling);
      button.click();
      next?.focus();
    },
    /** @param {number} giver */
    endProxy: (giver) => command("end_proxy", { giver }),
    /** One's own. */
    takeProxyBack: () => command("end_proxy"),
    /** Absent members vote until a deadline. @param {number} poll */
    askEarly(poll) {
      at(poll);
      const form = formOf("early-poll");
      if (!form) return;
      form.reset();
      listSeatsToMark(form, "target", voters());
      field(form, "until").value = localMinute(Math.max(room.sections.meeting.starts_at, now() + 3_600_000), zone);
      openDialog("early-poll");
    },
    /** A new one, or one that nobody can cast in yet. @param {number | null} id */
    writePoll(id) {
      const form = formOf("write-poll");
      if (!form) return;
      const poll = polls().drafts.find((each) => each.id === id);
      form.reset();
      listItems(form, room, poll?.item ?? room.sections.agenda?.current ?? null);
      field(form, "poll").value = poll ? String(poll.id) : "";
      if (poll) {
        const { majority, choose } = poll;
        /** @type {Record<string, string | number>} */
        const values = { title: poll.title, kind: poll.kind, form: poll.form, least: choose.least, most: choose.most, per_option: choose.per_option, places: poll.places, majority_kind: majority.kind, majority_base: majority.base === "decided" ? "all" : majority.base, numerator: majority.numerator, denominator: majority.denominator, quorum_numerator: poll.quorum.numerator, quorum_denominator: poll.quorum.denominator };
        form.dataset.ownRule = "";
        for (const [name, value] of Object.entries(values)) field(form, name).value = String(value);
        field(form, "options").value = poll.kind === "motion" ? "" : poll.options.map((option) => option.label).join("\n");
      }
      shape(form);
      openDialog("write-poll");
    },
  };

  /**
   * @param {string} id
   * @param {(form: HTMLFormElement, press: string) => Promise<boolean>} run
   */
  const onSubmit = (id, run) => onSubmitIn(room, id, run);
  wire();

  function wire() {
    onSubmit("write-poll", async (form) => {
      const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([name, value]) => value !== "" && name !== "csrfmiddlewaretoken"));
      return command(fields.poll ? "edit_poll" : "add_poll", fields);
    });
    onSubmit("hands", (form) => {
      const poll = polls().open.find((each) => each.id === room.pollAt);
      const totals = Object.fromEntries((poll?.options ?? []).map(({ id }) => [id, Number(field(form, `total-${id}`).value || 0)]));
      const votes = poll?.kind === "motion" ? Object.values(totals).reduce((sum, each) => sum + each, 0) : Number(field(form, "votes").value || 0);
      return command("enter_totals", { poll: room.pollAt ?? 0, totals: JSON.stringify(totals), votes });
    });
    onSubmit("void-poll", (form) => command("void_poll", { poll: room.pollAt ?? 0, reason: field(form, "reason").value.trim() }));
    onSubmit("close-poll", () => command("close_poll", { poll: room.pollAt ?? 0 }));
    onSubmit("publish-poll", (form, press) => command("publish_poll", { poll: room.pollAt ?? 0, ...(press === "disclose" ? { disclose: "true" } : {}) }));
    onSubmit("early-poll", (form) => command("open_early", { poll: room.pollAt ?? 0, targets: JSON.stringify(marked(form, "target")), until: field(form, "until").value }));
    const own = formOf("my-proxy");
    if (own) sendBy(room, own, (form) => command("give_proxy", { holder: field(form, "holder").value }), () => {});
    onSubmit("give-proxy", (form) => command("give_proxy", Object.fromEntries(["giver", "holder", "basis"].map((name) => [name, field(form, name).value]))));
    const paper = formOf("write-poll");
    if (paper) tend(paper);
    formOf("hands")?.addEventListener("input", (event) => addUp(/** @type {HTMLFormElement} */ (event.currentTarget)));
    document.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-open=proxies]")) for (const name of ["giver", "holder"]) listSeats(formOf("give-proxy"), name, voters());
      if (/** @type {Element} */ (event.target).closest("[data-open=my-proxy]")) listSeats(formOf("my-proxy"), "holder", free());
    });
  }

  return act;
}

/**
 * Fields for what was counted by hand; made once, when the form opens.
 * @param {import("./polls.js").Poll | undefined} poll
 */
function writeTotals(poll) {
  const place = document.querySelector("#hands [data-totals]");
  if (!place || !poll) return;
  /** @type {Record<string, string>} */
  const words = { agree: gettext("In favour"), disagree: gettext("Against"), none: gettext("No opinion") };
  place.replaceChildren(...poll.options.map(({ id, label }) => {
    const line = document.createElement("label");
    line.className = "hands__line";
    const number = document.createElement("input");
    number.className = "input is-figures";
    number.type = "number";
    number.min = "0";
    number.max = String(poll.votes * poll.choose.per_option);
    number.name = `total-${id}`;
    number.inputMode = "numeric";
    line.append(Object.assign(document.createElement("span"), { textContent: (poll.kind === "motion" && words[id]) || label }), number);
    return line;
  }));
  const sum = document.querySelector("#hands [data-sum]");
  if (sum) sum.textContent = "";
  const votes = /** @type {HTMLElement | null} */ (document.querySelector("#hands [data-votes]"));
  if (votes) votes.hidden = poll.kind === "motion";
}

/** @param {HTMLFormElement} form */
function addUp(form) {
  const sum = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name^=total-]"))].reduce((all, each) => all + Number(each.value || 0), 0);
  const told = form.querySelector("[data-sum]");
  if (told) told.textContent = String(sum);
}
