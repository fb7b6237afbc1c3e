// One note being written while others may write it too. Pure.
//
// `base` is the version the writer started from. What comes from the server replaces an untouched text at once and
// never a touched one: then both are shown and the writer decides.

/**
 * @typedef {{text: string, version: number, at?: number | null}} Saved
 * @typedef {object} Note
 * @property {Saved} base
 * @property {string} text what the writer sees
 * @property {"same" | "edited" | "saving" | "conflict"} state
 * @property {string} sent what the running save carries
 * @property {Saved | null} theirs
 */

/**
 * @param {Saved | undefined} saved
 * @returns {Note}
 */
export function opened(saved) {
  const base = saved ?? { text: "", version: 0, at: null };
  return { base, text: base.text, state: "same", sent: "", theirs: null };
}

/**
 * The writer typed.
 * @param {Note} note
 * @param {string} text
 * @returns {Note}
 */
export function typed(note, text) {
  if (note.state === "conflict" || note.state === "saving") return { ...note, text };
  return { ...note, text, state: text === note.base.text ? "same" : "edited" };
}

/**
 * The server's note arrived (also as the answer to an own save).
 * @param {Note} note
 * @param {Saved} saved
 * @returns {Note}
 */
export function arrived(note, saved) {
  if (saved.version <= note.base.version) return note;
  const own = note.state === "saving" && saved.text === note.sent;
  if (own || note.text === saved.text) {
    return { base: saved, text: note.text, state: note.text === saved.text ? "same" : "edited", sent: "", theirs: null };
  }
  if (note.state === "same") return opened(saved);
  if (note.state === "saving") return note;
  return { ...note, state: "conflict", theirs: saved };
}

/** @param {Note} note @returns {Note} */
export function saving(note) {
  return { ...note, state: "saving", sent: note.text };
}

/**
 * The save was answered.
 * @param {Note} note
 * @param {Saved} saved
 * @returns {Note}
 */
export function saved(note, saved) {
  const base = saved.version >= note.base.version ? saved : note.base;
  return { base, text: note.text, state: note.text === base.text ? "same" : "edited", sent: "", theirs: null };
}

/**
 * The save did not happen: refused because somebody was faster (`theirs`), or no line.
 * @param {Note} note
 * @param {Saved | null} theirs
 * @returns {Note}
 */
export function failed(note, theirs) {
  if (theirs && theirs.version > note.base.version && theirs.text !== note.text) return { ...note, state: "conflict", sent: "", theirs };
  return { ...note, state: "edited", sent: "" };
}

/**
 * The writer decided a conflict.
 * @param {Note} note
 * @param {"mine" | "theirs" | "both"} choice
 * @returns {Note}
 */
export function decided(note, choice) {
  if (!note.theirs) return note;
  if (choice === "theirs") return opened(note.theirs);
  const text = choice === "both" ? `${note.theirs.text.trimEnd()}\n\n${note.text.trimStart()}` : note.text;
  return { base: note.theirs, text, state: "edited", sent: "", theirs: null };
}
