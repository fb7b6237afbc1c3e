// The acts of those who lead a vote: preparing, opening, counting by hand, closing, publishing. What is being written
// stays in the form of the page; nothing draws over it.
import { closeDialog, openDialog } from "./dialogs.js";
import { NO_POLLS } from "./polls.js";

/** @param {string} id */
function formOf(id) {
  return /** @type {HTMLFormElement | null} */ (document.querySelector(`#${id} form`));
}

/**
 * @param {import("./model.js").Room} room
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<boolean>} command
 */
export function pollActs(room, command) {
  /** @returns {import("./polls.js").Polls} */
  const polls = () => room.sections.polls ?? NO_POLLS;

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
    /** A new one, or one that nobody can cast in yet. @param {number | null} id */
    writePoll(id) {
      const form = formOf("write-poll");
      if (!form) return;
      const poll = polls().drafts.find((each) => each.id === id);
      form.reset();
      items(form, poll?.item ?? room.sections.agenda?.current ?? null);
      field(form, "poll").value = poll ? String(poll.id) : "";
      if (poll) {
        const { majority, choose } = poll;
        /** @type {Record<string, string | number>} */
        const values = { title: poll.title, kind: poll.kind, form: poll.form, least: choose.least, most: choose.most, per_option: choose.per_option, places: poll.places, majority_kind: majority.kind, majority_base: majority.base === "decided" ? "all" : majority.base, numerator: majority.numerator, denominator: majority.denominator, quorum_numerator: poll.quorum.numerator, quorum_denominator: poll.quorum.denominator };
        for (const [name, value] of Object.entries(values)) field(form, name).value = String(value);
        field(form, "options").value = poll.kind === "motion" ? "" : poll.options.map((option) => option.label).join("\n");
      }
      shape(form);
      openDialog("write-poll");
    },
  };

  wire();

  function wire() {
    onSubmit("write-poll", async (form) => {
      const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([name, value]) => value !== "" && name !== "csrfmiddlewaretoken"));
      if (fields.majority_kind !== "custom") for (const name of ["numerator", "denominator"]) delete fields[name];
      if (fields.kind === "motion") for (const name of ["options", "least", "most", "per_option", "places"]) delete fields[name];
      if (fields.majority_kind === "custom") fields.more_than = "false";
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
    onSubmit("give-proxy", (form) => command("give_proxy", Object.fromEntries(["giver", "holder", "basis"].map((name) => [name, field(form, name).value]))));
    formOf("write-poll")?.addEventListener("change", (event) => shape(/** @type {HTMLFormElement} */ (event.currentTarget)));
    formOf("hands")?.addEventListener("input", (event) => addUp(/** @type {HTMLFormElement} */ (event.currentTarget)));
    document.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-open=proxies]")) people();
    });
  }

  /**
   * @param {string} id of the dialog, which closes when the server has taken it
   * @param {(form: HTMLFormElement, press: string) => Promise<boolean>} run
   */
  function onSubmit(id, run) {
    formOf(id)?.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.currentTarget);
      const press = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter)?.value ?? "";
      const told = form.querySelector("[data-told]");
      if (told) told.textContent = "";
      room.toast = "";
      if (await run(form, press)) {
        form.reset();
        closeDialog(id);
      } else if (told) told.textContent = room.toast;
    });
  }

  /**
   * The agenda in the form's list.
   * @param {HTMLFormElement} form
   * @param {number | null} chosen
   */
  function items(form, chosen) {
    const list = /** @type {HTMLSelectElement} */ (form.elements.namedItem("item"));
    list.replaceChildren(list.options[0], ...(room.sections.agenda?.items ?? []).map((/** @type {{id: number, number: string, title: string}} */ item) => new Option(`${item.number} ${item.title}`, String(item.id), false, item.id === chosen)));
  }

  /** The members in the lists of the proxies. */
  function people() {
    const form = formOf("give-proxy");
    for (const name of ["giver", "holder"]) {
      const list = /** @type {HTMLSelectElement | null} */ (form?.elements.namedItem(name));
      const seats = (room.sections.people?.seats ?? []).filter((/** @type {{votes: boolean}} */ seat) => seat.votes);
      list?.replaceChildren(list.options[0], ...seats.map((/** @type {{id: number, name: string, post: string}} */ seat) => new Option(`${seat.name} · ${seat.post}`, String(seat.id))));
    }
  }

  return act;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * Shows the fields that belong to what is chosen.
 * @param {HTMLFormElement} form
 */
function shape(form) {
  const kind = field(form, "kind").value;
  const own = field(form, "majority_kind").value;
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) {
    part.hidden = !(part.dataset.when ?? "").split(" ").some((word) => word === kind || word === own);
  }
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
    number.max = String(poll.can * poll.choose.per_option);
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
