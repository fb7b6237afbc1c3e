// The secretary's notes: one field, one note per item, saved by itself. The rules are in note.js.
import { newId, Refused, send } from "./commands.js";
import { draft } from "./drafts.js";
import * as rules from "./note.js";

const PAUSE = 1_200;
const RETRY = 4_000;

/** @typedef {Record<string, import("./note.js").Saved>} Notes */

/**
 * @param {HTMLTextAreaElement} field
 * @param {object} options
 * @param {string} options.key of the drafts: meeting and seat
 * @param {() => boolean} options.may true when saving is possible now
 * @param {(answer: {revision?: number, sections?: Record<string, unknown>}) => void} options.answered
 * @param {() => void} options.changed
 */
export function notebook(field, { key, may, answered, changed }) {
  /** @type {Map<number, import("./note.js").Note>} */
  const notes = new Map();
  /** @type {Map<number, string>} */
  const why = new Map();
  /** @type {Notes} */
  let server = {};
  /** @type {number | null} */
  let item = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} id */
  const kept = (id) => draft(localStorage, `${key}:${id}`);

  /**
   * @param {number} id
   * @returns {import("./note.js").Note}
   */
  function noteOf(id) {
    let note = notes.get(id);
    if (!note) {
      note = rules.opened(server[id]);
      const before = kept(id).read();
      if (before && before.text !== note.text) {
        // `command` of a kept note is the version it was written on.
        const version = Number(before.command);
        note = version === note.base.version ? rules.typed(note, before.text)
          : rules.arrived({ ...rules.opened({ text: "", version: -1 }), text: before.text, state: "edited" }, note.base);
      }
      notes.set(id, note);
    }
    return note;
  }

  /**
   * @param {number} id
   * @param {import("./note.js").Note} note
   */
  function put(id, note) {
    notes.set(id, note);
    if (note.state === "same") kept(id).forget();
    else kept(id).keep(note.text, String(note.base.version));
    if (id === item && field.value !== note.text) {
      const { selectionStart, selectionEnd } = field;
      field.value = note.text;
      if (document.activeElement === field) field.setSelectionRange(selectionStart, selectionEnd);
    }
  }

  /** @param {number} wait */
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(saveAll, wait);
  }

  async function saveAll() {
    for (const [id, note] of notes) if (note.state === "edited") await save(id);
  }

  /** @param {number} id */
  async function save(id) {
    const note = noteOf(id);
    if (note.state !== "edited" || !may()) return;
    put(id, rules.saving(note));
    changed();
    try {
      const answer = await send("take_note", { item: id, text: note.text, version: note.base.version }, newId());
      const stored = /** @type {Notes | undefined} */ (answer.sections?.notes)?.[id];
      put(id, rules.saved(noteOf(id), stored && stored.text === note.text ? stored : { text: note.text, version: note.base.version + 1 }));
      why.delete(id);
      answered(answer);
      if (noteOf(id).state === "edited") later(PAUSE);
    } catch (error) {
      const refused = error instanceof Refused ? error : null;
      const theirs = /** @type {Notes | undefined} */ (refused?.answer.sections?.notes)?.[id] ?? server[id] ?? null;
      put(id, rules.failed(noteOf(id), theirs));
      if (refused && noteOf(id).state !== "conflict") why.set(id, refused.message);
      else why.delete(id);
      if (refused) answered(refused.answer);
      else later(RETRY);
    }
    changed();
  }

  field.addEventListener("input", () => {
    if (item === null) return;
    why.delete(item);
    put(item, rules.typed(noteOf(item), field.value));
    changed();
    later(PAUSE);
  });
  field.addEventListener("blur", () => later(0));
  addEventListener("pagehide", () => void saveAll());

  return {
    get item() {
      return item;
    },
    /** The note in the field. */
    get note() {
      return item === null ? null : noteOf(item);
    },
    get why() {
      return item === null ? "" : why.get(item) ?? "";
    },
    /** Items whose text is not on the server yet. */
    get unsaved() {
      return new Set([...notes].filter(([, note]) => note.state !== "same").map(([id]) => id));
    },
    /** @param {number | null} id */
    open(id) {
      if (id === item) return;
      void saveAll();
      item = id;
      field.value = id === null ? "" : noteOf(id).text;
    },
    /**
     * The notes of the server, after any change of the room.
     * @param {Notes} next
     */
    take(next) {
      server = next;
      for (const [id, note] of notes) if (next[id]) put(id, rules.arrived(note, next[id]));
    },
    /** @param {"mine" | "theirs" | "both"} choice */
    decide(choice) {
      if (item === null) return;
      put(item, rules.decided(noteOf(item), choice));
      later(0);
      changed();
      field.focus();
    },
    /** The line is back. */
    retry() {
      later(0);
    },
    forget() {
      clearTimeout(timer);
      for (const id of notes.keys()) kept(id).forget();
      notes.clear();
      item = null;
      field.value = "";
    },
  };
}
