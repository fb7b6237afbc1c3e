// Forms in sheets. They stand in templates, so that nothing draws over what is being written; their lists are filled when
// the sheet opens.
import { closeDialog } from "./dialogs.js";

/** @param {string} id of the dialog */
export function formOf(id) {
  return /** @type {HTMLFormElement | null} */ (document.querySelector(`#${id} form`));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/**
 * The sheet closes when the server has taken it; until then what was written stays, with the reason beside it.
 * @param {import("./model.js").Room} room
 * @param {string} id of the dialog
 * @param {(form: HTMLFormElement, press: string) => Promise<boolean>} run
 */
export function onSubmit(room, id, run) {
  const form = formOf(id);
  if (form) sendBy(room, form, run, () => closeDialog(id));
}

/**
 * @param {import("./model.js").Room} room
 * @param {HTMLFormElement} form
 * @param {(form: HTMLFormElement, press: string) => Promise<boolean>} run
 * @param {() => void} taken
 */
export function sendBy(room, form, run, taken) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const press = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter)?.value ?? "";
    const told = form.querySelector("[data-told]");
    if (told) told.textContent = "";
    room.toast = "";
    if (await run(form, press)) {
      form.reset();
      taken();
    } else if (told) told.textContent = room.toast;
  });
}

/**
 * The agenda in a form's list.
 * @param {HTMLFormElement} form
 * @param {import("./model.js").Room} room
 * @param {number | null} chosen
 */
export function listItems(form, room, chosen) {
  const list = /** @type {HTMLSelectElement} */ (form.elements.namedItem("item"));
  list.replaceChildren(list.options[0], ...(room.sections.agenda?.items ?? []).map((/** @type {{id: number, number: string, title: string}} */ item) => new Option(`${item.number} ${item.title}`, String(item.id), false, item.id === chosen)));
}

/**
 * People in a form's list.
 * @param {HTMLFormElement | null} form
 * @param {string} name
 * @param {import("./model.js").Seat[]} seats
 */
export function listSeats(form, name, seats) {
  const list = /** @type {HTMLSelectElement | null} */ (form?.elements.namedItem(name) ?? null);
  list?.replaceChildren(list.options[0], ...seats.map((seat) => new Option([seat.name, seat.post].filter(Boolean).join(" · "), String(seat.id))));
}

/**
 * People to be marked, several at once.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {import("./model.js").Seat[]} seats
 * @param {number[]} [chosen]
 */
export function listSeatsToMark(form, name, seats, chosen = []) {
  form.querySelector(`[data-marks="${name}"]`)?.replaceChildren(...seats.map((seat) => {
    const line = document.createElement("label");
    line.className = "check";
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: String(seat.id), checked: chosen.includes(seat.id) });
    const words = Object.assign(document.createElement("span"), { textContent: seat.name });
    words.append(Object.assign(document.createElement("small"), { textContent: seat.post }));
    line.append(box, words);
    return line;
  }));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {number[]} the people that are marked
 */
export function marked(form, name) {
  return new FormData(form).getAll(name).map(Number);
}
