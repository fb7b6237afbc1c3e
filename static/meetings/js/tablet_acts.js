// Helping a tablet from the secretary's sheet.
import { closeDialog } from "./dialogs.js";

/**
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<unknown>} command
 * @param {import("./model.js").Room} room
 * @param {object} parts
 * @param {import("./tablets.js").Tablets} parts.tablets
 * @param {(panel: string) => void} parts.openPanel
 * @param {(seat: number, name: string) => void} parts.answerTo
 */
export function tabletActs(command, room, { tablets, openPanel, answerTo }) {
  return {
    /** @param {number} seat */
    chooseTablet(seat) {
      tablets.chosen = tablets.chosen === seat ? null : seat;
      room.draw();
    },
    /** @param {number} target */
    askToLoad: (target) => command("ask_to_load", { target }),
    /**
     * The place where letters are answered, with this seat as the reader.
     * @param {number} seat
     * @param {string} name
     */
    writeTo(seat, name) {
      closeDialog("tablets");
      openPanel("signals");
      requestAnimationFrame(() => answerTo(seat, name));
    },
  };
}
