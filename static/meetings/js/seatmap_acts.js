// Drawing the hall: the acts of the secretary. Who is picked is known to this device alone.
import { dragSeats } from "./seat_drag.js";

/**
 * @param {(name: string, fields?: Record<string, string | number>) => Promise<unknown>} command
 * @param {import("./model.js").Room} room
 */
export function seatmapActs(command, room) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-hall-form]"));

  const board = /** @type {HTMLElement | null} */ (document.querySelector("[data-draw=hall-board]"));
  if (board) dragSeats(board, (target, row, column) => {
    if (room.carving) return;
    room.placing = null;
    void command("give_chair", { target, row, column });
  });

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    void command("draw_hall", { rows: String(fields.get("rows")), columns: String(fields.get("columns")), aisles: String(fields.get("aisles") ?? "") });
  });

  /** @param {number | null} seat */
  function pick(seat) {
    room.placing = room.placing === seat ? null : seat;
    room.draw();
  }

  return {
    fillHall: () => command("fill_hall"),
    takeOverHall: () => command("take_over_hall"),
    carve() {
      room.carving = !room.carving;
      room.placing = null;
      room.draw();
    },
    /** @param {number} seat */
    pickSeat: (seat) => pick(seat),
    /**
     * @param {number} row
     * @param {number} column
     */
    putChair: (row, column) => command("set_chair", { row, column, stands: "on" }),
    /** @param {import("./screens/seatmap.js").Place} place */
    pressPlace(place) {
      if (room.carving) return void command("set_chair", { row: place.row, column: place.column });
      const target = room.placing;
      if (target === null || target === undefined || !place.row) {
        if (place.seat !== null) room.placing = null;
        return void (place.seat !== null && pick(place.seat));
      }
      if (target === place.seat) return pick(target);
      room.placing = null;
      void command("give_chair", { target, row: place.row, column: place.column });
    },
    takeOffChair() {
      const target = room.placing;
      room.placing = null;
      if (target !== null) void command("give_chair", { target });
    },
  };
}
