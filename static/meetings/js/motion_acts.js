// The acts on consent items, motions and amendments. What is half written stays in its field until it was taken.
import { draft } from "./drafts.js";

/** @typedef {(name: string, fields?: Record<string, string | number>) => Promise<boolean>} Command */

/**
 * @param {Command} command true when it was done
 * @param {import("./model.js").Room} room
 */
export function motionActs(command, room) {
  /** @param {number | string} what */
  const kept = (what) => draft(localStorage, `${room.key}:motion:${what}`);

  return {
    /**
     * @param {number} item
     * @param {"" | "agrees" | "objects"} answer
     */
    takeStance: (item, answer) => command("take_stance", { item, answer }),
    /** @param {number[]} items */
    adoptConsent: (items) => command("adopt_consent", { items: items.join(",") }),
    /**
     * What of the motions is open on this device: a form, or the two texts side by side.
     * @param {string} what
     * @param {string} [base] the text that is to be changed, as it stood when the form was opened
     */
    openPart(what, base = "") {
      room.part = room.part === what ? "" : what;
      room.partBase = base;
      room.draw();
    },
    toggleSides() {
      room.sides = !room.sides;
      room.draw();
    },
    /** @param {string} what */
    written: (what) => kept(what).read()?.text ?? null,
    /**
     * @param {string} what
     * @param {Event} event
     */
    write: (what, event) => kept(what).keep(/** @type {HTMLTextAreaElement} */ (event.target).value, ""),
    /**
     * @param {SubmitEvent} event
     * @param {string} name of the act
     * @param {string} what is forgotten when it was done
     * @param {Record<string, string | number>} known
     */
    async sendForm(event, name, what, known) {
      event.preventDefault();
      const fields = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)).entries()));
      if (!(await command(name, { ...fields, ...known }))) return;
      for (const each of [what, `${what}:title`]) kept(each).forget();
      room.part = "";
      room.draw();
    },
    /**
     * Lays before the room what was submitted.
     * @param {"motion" | "amendment"} kind
     * @param {number} id
     */
    admit: (kind, id) => command(`review_${kind}`, { [kind]: id, admitted: 1 }),
    /**
     * What came back is the beginning of a new motion.
     * @param {import("./screens/motions.js").Motion} motion
     */
    writeAgain(motion) {
      kept("new").keep(motion.moved.map((clause) => clause.text).join("\n"), "");
      kept("new:title").keep(motion.title, "");
      room.part = "new";
      room.draw();
    },
    /** @param {number} amendment */
    withdrawAmendment: (amendment) => command("withdraw_amendment", { amendment }),
    /**
     * @param {number} amendment
     * @param {string} outcome
     * @param {string} expected
     */
    decideAmendment: (amendment, outcome, expected) => command("decide_amendment", { amendment, outcome, expected_state: expected }),
    /** @param {number} motion */
    withdrawMotion: (motion) => command("withdraw_motion", { motion }),
    /**
     * @param {number} motion
     * @param {string} outcome
     * @param {string} expected
     */
    decideMotion: (motion, outcome, expected) => command("decide_motion", { motion, outcome, expected_state: expected }),
  };
}
