// What was done to the marks, so that it can be undone and done again. Pure.

/**
 * @typedef {import("./shapes.js").Mark} Mark
 * @typedef {{added: Mark[], erased: Mark[]}} Step
 */

const MOST = 100;

/** @param {() => string} newId a mark that comes back is another one: what was erased stays erased */
export function steps(newId) {
  /** @type {Step[]} */
  let done = [];
  /** @type {Step[]} */
  let undone = [];

  /** @param {Mark[]} marks */
  const again = (marks) => marks.map((mark) => ({ ...mark, id: newId() }));

  return {
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    /** @param {Step} step */
    note(step) {
      done = [...done, step].slice(-MOST);
      undone = [];
    },
    /** @returns {{add: Mark[], erase: string[]} | null} what is to be done now */
    undo() {
      const step = done.pop();
      if (!step) return null;
      const add = again(step.erased);
      undone.push({ added: step.added, erased: add });
      return { add, erase: step.added.map((mark) => mark.id) };
    },
    redo() {
      const step = undone.pop();
      if (!step) return null;
      const add = again(step.added);
      done.push({ added: add, erased: step.erased });
      return { add, erase: step.erased.map((mark) => mark.id) };
    },
    forget() {
      done = [];
      undone = [];
    },
  };
}
