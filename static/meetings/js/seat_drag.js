// Dragging people on the board of the hall, with a mouse, a pen or a finger. What browsers call drag and drop knows no
// finger, so the pointer is followed instead. Without dragging the same is done by two presses.

/** How far a pointer moves before a press is a drag, in px. */
const FAR = 8;
const EDGE = 48;

/**
 * @param {HTMLElement} board what is drawn anew as the room changes stays inside it
 * @param {(seat: number, row: number, column: number) => void} drop
 */
export function dragSeats(board, drop) {
  /** @type {{seat: number, x: number, y: number, source: HTMLElement, over: HTMLElement | null, moved: boolean} | null} */
  let drag = null;

  function clear() {
    for (const each of board.querySelectorAll(".is-dragged, .is-target")) each.classList.remove("is-dragged", "is-target");
  }

  function stop() {
    drag = null;
    clear();
  }

  board.addEventListener("pointerdown", (event) => {
    const source = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-drag]"));
    if (!source || event.button !== 0 || !event.isPrimary) return;
    drag = { seat: Number(source.dataset.drag), x: event.clientX, y: event.clientY, source, over: null, moved: false };
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.source.setPointerCapture(event.pointerId);
    }
    clear();
    drag.source.classList.add("is-dragged");
    const under = document.elementFromPoint(event.clientX, event.clientY);
    drag.over = /** @type {HTMLElement | null} */ (under?.closest("[data-row]") ?? null);
    drag.over?.classList.add("is-target");
    const box = board.getBoundingClientRect();
    const scroller = board.closest(".sheet__body") ?? board;
    if (event.clientY < Math.max(box.top, 0) + EDGE) scroller.scrollBy(0, -12);
    else if (event.clientY > Math.min(box.bottom, innerHeight) - EDGE) scroller.scrollBy(0, 12);
  });

  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { seat, over, moved } = drag;
    stop();
    if (!moved) return;
    // The press that ends a drag is no press.
    const swallow = (/** @type {Event} */ click) => click.stopPropagation();
    board.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => board.removeEventListener("click", swallow, { capture: true }), 0);
    if (over) drop(seat, Number(over.dataset.row), Number(over.dataset.column));
  });

  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag?.moved) return;
    event.preventDefault();
    stop();
  });
}
