// The acts of the order of a session: breaks, closed doors, whether people may write to the room.
import { openDialog, closeDialog } from "./dialogs.js";
import { nextMoment } from "./order.js";

/**
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<unknown>} command
 * @param {() => number} now server time
 */
export function orderActs(command, now) {
  const zone = document.documentElement.dataset.timeZone ?? "Asia/Ho_Chi_Minh";
  const recess = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-recess]"));
  recess?.addEventListener("submit", (event) => {
    event.preventDefault();
    const time = String(new FormData(recess).get("time") ?? "");
    if (time) void command("call_recess", { until: nextMoment(time, now(), zone) });
  });
  document.querySelector("[data-confirm-doors]")?.addEventListener("click", () => {
    closeDialog("confirm-doors");
    void command("begin_closed_session");
  });
  return {
    pauseMeeting: () => command("pause_meeting"),
    /** @param {number} minutes from now, to the whole minute */
    callRecess: (minutes) => command("call_recess", { until: Math.ceil(now() / 60_000) * 60_000 + minutes * 60_000 }),
    resumeMeeting: () => command("resume_meeting"),
    askDoors: () => openDialog("confirm-doors"),
    endClosedSession: () => command("end_closed_session"),
    /**
     * @param {number} item
     * @param {boolean} closed
     */
    setItemClosed: (item, closed) => command("set_item_closed", { item, closed: closed ? 1 : 0 }),
    /** @param {string} talk */
    setTalk: (talk) => command("set_talk", { talk }),
  };
}
