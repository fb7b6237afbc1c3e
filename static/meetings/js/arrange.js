// The agenda in preparation is put in order with a pointer (a grip is dragged) or with the arrow keys on the grip.
// An item moves among those of its own level; the buttons beside it also change the level.

/** @param {Element} row */
function level(row) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (row.parentElement?.querySelectorAll(":scope > [data-item]") ?? [])].filter(
    (each) => each.dataset.parent === /** @type {HTMLElement} */ (row).dataset.parent,
  );
}

/**
 * Sends the move; `expected_order` is what this page shows, so that nothing moves in a list somebody else has changed.
 * @param {HTMLElement} row
 * @param {number} place from 0, among the rows of its level without itself
 */
function send(row, place) {
  const order = level(row);
  const rest = order.filter((each) => each !== row);
  const target = Math.min(Math.max(place, 0), rest.length);
  if (order.indexOf(row) === target) return;
  const form = /** @type {HTMLFormElement | null} */ (row.closest("#agenda")?.querySelector("form[data-arrange]"));
  if (!form) return;
  const values = { item: row.dataset.item, parent: row.dataset.parent, position: target + 1, expected_order: order.map((each) => each.dataset.item).join(",") };
  for (const [name, value] of Object.entries(values)) /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = String(value);
  form.requestSubmit();
}

/**
 * @param {HTMLElement} row
 * @param {number} y
 */
function placeAt(row, y) {
  const rest = level(row).filter((each) => each !== row);
  const before = rest.findIndex((each) => {
    const box = each.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { rest, place: before < 0 ? rest.length : before };
}

/** @param {Element} root */
function clear(root) {
  for (const each of root.querySelectorAll(".is-dragged, .is-before, .is-after")) each.classList.remove("is-dragged", "is-before", "is-after");
}

/** Makes the grips of the agenda work; once for the whole page, because the agenda is drawn anew after every act. */
export function arrangeAgenda() {
  /** @type {{row: HTMLElement, place: number, moved: boolean} | null} */
  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const grip = /** @type {Element} */ (event.target).closest("[data-grip]");
    const row = /** @type {HTMLElement | null} */ (grip?.closest("[data-item]"));
    if (!grip || !row || event.button !== 0) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (grip).focus();
    grip.setPointerCapture(event.pointerId);
    drag = { row, place: level(row).indexOf(row), moved: false };
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { rest, place } = placeAt(drag.row, event.clientY);
    clear(document.body);
    drag.row.classList.add("is-dragged");
    if (place < rest.length) rest[place].classList.add("is-before");
    else rest.at(-1)?.classList.add("is-after");
    drag.place = place;
    drag.moved = true;
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
  });

  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { row, place, moved } = drag;
    drag = null;
    clear(document.body);
    if (moved) send(row, place);
  });

  document.addEventListener("pointercancel", () => {
    drag = null;
    clear(document.body);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) {
      drag = null;
      clear(document.body);
      return;
    }
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-grip]")?.closest("[data-item]"));
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!row || !step) return;
    event.preventDefault();
    send(row, level(row).indexOf(row) + step);
  });
}
