// The acts of small signs. The forms stand in templates: nothing draws over what is being written in them.
import { newId, Refused, send } from "./commands.js";
import { openDialog } from "./dialogs.js";

/**
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<unknown>} command
 * @param {import("./model.js").Room} room
 * @param {object} parts
 * @param {(answer: {revision?: number, sections?: import("./model.js").Sections}) => void} parts.answered
 * @param {(act: string) => string} parts.quiet why an act cannot be sent now, or ""
 */
export function signalActs(command, room, { answered, quiet }) {
  /**
   * A form of words: sent once, cleared when it was taken, kept when it was not.
   * @param {string} selector
   * @param {string} act
   * @param {(form: HTMLFormElement) => Record<string, string | number>} fields
   */
  function words(selector, act, fields) {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector(selector));
    if (!form) return;
    let id = newId();
    form.addEventListener("input", () => (id = newId()));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const why = quiet(act);
      if (why) {
        room.toast = why;
        return room.draw();
      }
      room.busy = act;
      room.toast = "";
      room.draw();
      try {
        answered(await send(act, fields(form), id));
        for (const field of form.querySelectorAll("textarea, input[type=text]")) /** @type {HTMLInputElement} */ (field).value = "";
        id = newId();
      } catch (error) {
        if (error instanceof Refused) {
          answered(error.answer);
          id = newId();
        }
        room.toast = error instanceof Refused ? error.message : gettext("The server did not answer. Press again: it is not done twice.");
      }
      room.busy = "";
      room.draw();
    });
  }
  const text = (/** @type {HTMLFormElement} */ form, /** @type {string} */ name) => String(new FormData(form).get(name) ?? "").trim();
  words("[data-private]", "write_privately", (form) => ({ desk: text(form, "desk"), text: text(form, "text") }));
  words("[data-private-answer]", "answer_privately", (form) => ({ target: text(form, "target"), text: text(form, "text") }));
  words("[data-mood-form]", "ask_mood", (form) => ({ question: text(form, "question") }));

  return {
    /** @param {string} kind */
    callService: (kind) => command("call_service", { kind }),
    /** @param {number} call */
    withdrawCall: (call) => command("withdraw_call", { call }),
    /** @param {number} call */
    takeCall: (call) => command("take_call", { call }),
    /** @param {number} call */
    finishCall: (call) => command("finish_call", { call }),
    openPrivate: () => openDialog("private"),
    /**
     * Answer this seat: the form under the conversations is for it from now on.
     * @param {number} seat
     * @param {string} name
     */
    answerTo(seat, name) {
      const form = document.querySelector("[data-private-answer]");
      const target = /** @type {HTMLInputElement | null} */ (form?.querySelector("[name=target]") ?? null);
      if (!form || !target) return;
      target.value = String(seat);
      form.removeAttribute("hidden");
      const label = form.querySelector("[data-target-name]");
      if (label) label.textContent = name;
      form.querySelector("textarea")?.focus();
    },
    /**
     * @param {number} mood
     * @param {string} answer
     */
    answerMood(mood, answer) {
      room.moodAnswer = { mood, answer };
      void command("answer_mood", { mood, answer });
    },
    /** @param {number} mood */
    putMoodAside(mood) {
      room.moodAside = mood;
      room.draw();
    },
    /** @param {number} mood */
    endMood: (mood) => command("end_mood", { mood }),
    /** @param {number} message */
    releaseMessage: (message) => command("release_message", { message }),
    /** @param {number} message */
    removeMessage: (message) => command("remove_message", { message }),
  };
}
