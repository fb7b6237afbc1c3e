// The acts of attendance: one's own, and those of who keeps the log.
import { closeDialog, openDialog } from "./dialogs.js";

/**
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<unknown>} command
 * @param {import("./model.js").Room} room
 */
export function attendanceActs(command, room) {
  const time = () => /** @type {HTMLInputElement | null} */ (document.querySelector("[data-stay-time]"));
  const quorum = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-quorum-form]"));

  quorum?.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(quorum);
    closeDialog("quorum");
    void command("set_quorum", { share: String(fields.get("share")), basis: String(fields.get("basis") ?? "") });
  });

  return {
    arrive: () => command("arrive"),
    leave() {
      closeDialog("me");
      void command("leave");
    },
    /** @param {number} target */
    noteArrival: (target) => command("note_arrival", { target }),
    /** @param {number} target */
    noteLeaving: (target) => command("note_leaving", { target }),
    /**
     * The sheet with the stays of one person.
     * @param {number} seat
     */
    openStays(seat) {
      if (room.person !== seat) {
        const field = time();
        if (field) field.value = "";
      }
      room.person = seat;
      room.draw();
      openDialog("stays");
    },
    /** @param {"note_arrival" | "note_leaving"} act */
    noteTime(act) {
      const field = time();
      if (!field || room.person === null) return;
      if (!field.value) return void field.focus();
      closeDialog("stays");
      void command(act, { target: room.person, at: field.value });
    },
    /** @param {number} target */
    cancelArrival(target) {
      closeDialog("stays");
      void command("cancel_arrival", { target });
    },
    /**
     * Only the people of this site are listed; a second tap lists all again.
     * @param {number} site
     */
    chooseSite(site) {
      room.site = room.site === site ? null : site;
      room.draw();
    },
    openQuorum() {
      const now = room.sections.attendance?.quorum;
      if (!quorum || !now) return;
      const share = /** @type {HTMLSelectElement} */ (quorum.elements.namedItem("share"));
      const basis = /** @type {HTMLInputElement} */ (quorum.elements.namedItem("basis"));
      share.value = now.share || "half";
      basis.value = now.basis;
      openDialog("quorum");
    },
  };
}
