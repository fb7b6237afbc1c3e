// How long people may speak: the length of each kind of turn, time a group shares, a longer turn for who speaks.
import { openDialog } from "./dialogs.js";
import { field, formOf, listItems, listSeatsToMark, marked, onSubmit, sendBy } from "./forms.js";

/**
 * @param {import("./model.js").Room} room
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<boolean>} command
 */
export function timeActs(room, command) {
  const lengths = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-lengths]"));
  const budget = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-budget-form]"));
  /** @returns {import("./floor.js").Floor} */
  const floor = () => room.sections.floor ?? {};

  if (lengths) {
    lengths.addEventListener("input", () => say(lengths, ""));
    lengths.addEventListener("submit", async (event) => {
      event.preventDefault();
      room.toast = "";
      say(lengths, (await keepLengths(lengths)) ? gettext("Kept. Who is on the list already keeps the time they had.") : room.toast);
    });
  }
  if (budget) sendBy(room, budget, (form) => command("set_time_budget", { name: field(form, "name").value, seconds: seconds(form), kind: field(form, "kind").value, item: field(form, "item").value, seats: marked(form, "seat").join(",") }), () => write(null));
  onSubmit(room, "give-time", async (form) => {
    const { speaking } = floor();
    if (speaking && String(speaking.id) === field(form, "speech").value) return command("set_speech_length", { speech: speaking.id, seconds: speaking.seconds + seconds(form) });
    room.toast = gettext("This turn to speak is over.");
    return false;
  });

  /**
   * Only what was changed; one after the other.
   * @param {HTMLFormElement} form
   */
  async function keepLengths(form) {
    for (const [kind, now] of Object.entries(floor().lengths ?? {})) {
      const wanted = Math.round(Number(field(form, kind).value) * 60);
      if (wanted !== now && !(await command("set_kind_length", { kind, seconds: wanted }))) return false;
    }
    return true;
  }

  /** A new budget, or one to change: it keeps its name. @param {import("./floor.js").Budget | null} row */
  function write(row) {
    if (!budget) return;
    budget.reset();
    say(budget, "");
    field(budget, "name").value = row?.name ?? "";
    field(budget, "name").readOnly = row !== null;
    field(budget, "minutes").value = row ? String(row.seconds / 60) : "";
    field(budget, "kind").value = row?.kind ?? "";
    listItems(budget, room, row?.item ?? null);
    listSeatsToMark(budget, "seat", (room.sections.people?.seats ?? []).filter((/** @type {import("./model.js").Seat} */ seat) => seat.role !== "observer"), row?.seats);
    const title = budget.querySelector("[data-budget-title]");
    if (title) title.textContent = row ? gettext("Change a shared time") : gettext("New shared time");
    const people = budget.querySelector("details");
    if (people) people.open = Boolean(row?.seats.length);
    budget.querySelector("[data-budget-new]")?.toggleAttribute("hidden", row === null);
  }
  budget?.querySelector("[data-budget-new]")?.addEventListener("click", () => write(null));

  return {
    openTimes() {
      for (const [kind, now] of Object.entries(floor().lengths ?? {})) if (lengths) field(lengths, kind).value = String(now / 60);
      if (lengths) say(lengths, "");
      write(null);
      openDialog("times");
    },
    /** @param {import("./floor.js").Budget} row */
    editBudget(row) {
      write(row);
      budget?.scrollIntoView({ block: "nearest" });
      if (budget) field(budget, "minutes").focus();
    },
    /** @param {string} name */
    removeBudget: (name) => command("remove_time_budget", { name }),
    /** More time than the buttons give. @param {number} speech */
    askTime(speech) {
      const form = formOf("give-time");
      if (!form) return;
      form.reset();
      field(form, "speech").value = String(speech);
      openDialog("give-time");
    },
  };
}

/** @param {HTMLFormElement} form */
function seconds(form) {
  return Math.round(Number(field(form, "minutes").value) * 60);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function say(form, words) {
  const told = form.querySelector("[data-told]");
  if (told) told.textContent = words;
}
