/**
 * What a screen knows of one topic. Pure: every function returns a new store and changes nothing.
 *
 * Sections are replaced whole. Each remembers the revision it was read at, so that the answer to one's own command
 * may be shown before the socket brings it, and an older frame arriving later does not undo it.
 *
 * @typedef {{epoch: string|null, revision: number, sections: Record<string, any>, at: Record<string, number>}} Store
 * @typedef {{t?: string, epoch?: string, since?: number, revision: number, sections: Record<string, any>}} Frame
 * @typedef {{store: Store, changed: string[], hole: boolean}} Applied
 */

/**
 * A store that has what the page was delivered with, or nothing.
 *
 * @param {{epoch: string, revision: number, sections: Record<string, any>}|null} [snapshot]
 * @returns {Store}
 */
export function emptyStore(snapshot = null) {
  if (!snapshot) return { epoch: null, revision: -1, sections: {}, at: {} };
  return {
    epoch: snapshot.epoch,
    revision: snapshot.revision,
    sections: { ...snapshot.sections },
    at: everywhere(snapshot.sections, snapshot.revision),
  };
}

/**
 * Takes a frame from the server. A snapshot is always believed: it is the server's whole answer to what we said we
 * have. Changes are ignored when we have them, and are a hole when we lack what they build on.
 *
 * @param {Store} store
 * @param {Frame} frame
 * @returns {Applied} `changed`: names of sections whose value is another one now, removed ones included
 */
export function applyFrame(store, frame) {
  if (frame.t === "snapshot") return replace(store, frame);
  if (frame.t !== "changes") return unchanged(store);
  if (frame.epoch !== store.epoch || (frame.since ?? store.revision) > store.revision) {
    return { ...unchanged(store), hole: true };
  }
  if (frame.revision <= store.revision) return unchanged(store);
  const merged = merge(store, frame);
  return { ...merged, store: { ...merged.store, revision: frame.revision } };
}

/**
 * Takes the answer to an own command: its sections are shown at once, but the store does not claim its revision,
 * because somebody else's sections may have changed at the revisions before it.
 *
 * @param {Store} store
 * @param {Frame} answer
 * @returns {Applied}
 */
export function applyAnswer(store, answer) {
  return merge(store, answer);
}

/** @param {Store} store @returns {Applied} */
function unchanged(store) {
  return { store, changed: [], hole: false };
}

/** @param {Record<string, any>} sections @param {number} revision */
function everywhere(sections, revision) {
  return Object.fromEntries(Object.keys(sections).map((name) => [name, revision]));
}

/** @param {Store} store @param {Frame} frame @returns {Applied} */
function replace(store, frame) {
  const names = new Set([...Object.keys(store.sections), ...Object.keys(frame.sections)]);
  const changed = [...names].filter((name) => !same(store.sections[name], frame.sections[name]));
  return {
    store: {
      epoch: frame.epoch ?? null,
      revision: frame.revision,
      sections: { ...frame.sections },
      at: everywhere(frame.sections, frame.revision),
    },
    changed,
    hole: false,
  };
}

/** @param {Store} store @param {Frame} frame @returns {Applied} */
function merge(store, frame) {
  const sections = { ...store.sections };
  const at = { ...store.at };
  const changed = [];
  for (const [name, value] of Object.entries(frame.sections)) {
    if (frame.revision < (at[name] ?? -1)) continue;
    if (!same(sections[name], value)) changed.push(name);
    sections[name] = value;
    at[name] = frame.revision;
  }
  return { store: { ...store, sections, at }, changed, hole: false };
}

/**
 * Whether two JSON values are equal, so that an unchanged section is not drawn again.
 *
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}
