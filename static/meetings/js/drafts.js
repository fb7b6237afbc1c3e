// Half-written texts. They live beside the state of the room and survive a reload, a lost line and every update.

/**
 * @param {Storage} storage
 * @param {string} key of this text: meeting, seat and what it is
 */
export function draft(storage, key) {
  /** @type {{text: string, command: string} | null} */
  let memory = null;
  return {
    /** What was kept, or null. */
    read() {
      try {
        const kept = storage.getItem(key);
        return kept ? /** @type {{text: string, command: string}} */ (JSON.parse(kept)) : memory;
      } catch {
        return memory;
      }
    },
    /**
     * @param {string} text
     * @param {string} command the id under which it will be sent, so that a retry is not a second message
     */
    keep(text, command) {
      memory = { text, command };
      try {
        storage.setItem(key, JSON.stringify(memory));
      } catch {
        // Storage may be full or forbidden: the text is still on the screen and in memory.
      }
    },
    forget() {
      memory = null;
      try {
        storage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}
