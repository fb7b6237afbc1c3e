// Writing a message. The field belongs to the writer: nothing here or elsewhere sets its text while it is edited,
// except clearing exactly what was sent.
import { newId, Refused, send } from "./commands.js";
import { draft } from "./drafts.js";

/**
 * @param {HTMLFormElement} form
 * @param {object} options
 * @param {string} options.key of the draft: meeting and seat
 * @param {() => boolean} options.may true when a message can be sent now
 * @param {(answer: {revision?: number, sections?: Record<string, unknown>}) => void} options.answered
 * @param {(sentence: string) => void} options.refused
 * @param {() => void} options.changed what is drawn around the field must be drawn again
 */
export function composer(form, { key, may, answered, refused, changed }) {
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const kept = draft(sessionStorage, key);
  const state = { busy: false, failed: false, blank: true };
  let command = newId();

  const before = kept.read();
  if (before && !field.value) {
    field.value = before.text;
    command = before.command;
  }
  state.blank = !field.value.trim();

  field.addEventListener("input", () => {
    // Other words are another message: what may already have arrived keeps its own id.
    command = newId();
    state.failed = false;
    const blank = !field.value.trim();
    const redraw = blank !== state.blank;
    state.blank = blank;
    if (field.value) kept.keep(field.value, command);
    else kept.forget();
    if (redraw) changed();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (state.busy || !text || !may()) return;
    const written = field.value;
    state.busy = true;
    state.failed = false;
    changed();
    try {
      answered(await send("post_message", { text }, command));
      if (field.value === written) {
        field.value = "";
        kept.forget();
        state.blank = true;
        command = newId();
      }
    } catch (error) {
      if (error instanceof Refused) {
        refused(error.message);
        answered(error.answer);
        command = newId();
      } else state.failed = true;
    }
    state.busy = false;
    changed();
  });

  return {
    state,
    /** The seat is gone: nothing written may stay on the device. */
    forget() {
      kept.forget();
      field.value = "";
    },
  };
}
