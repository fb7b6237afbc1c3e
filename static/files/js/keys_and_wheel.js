/**
 * Keys and the wheel on a paper: arrows and screens turn at the page's end, plus and minus zoom.
 *
 * @typedef {{
 *   page: number, pageCount: number, zoom: number,
 *   next(): void, previous(): void, moveTo(n: number): void,
 *   zoomIn(): void, zoomOut(): void, zoomTo(zoom: number, x?: number, y?: number): void,
 * }} Turned
 */

/** Milliseconds after which a turn of the wheel is a new one: one push of a touchpad turns one page. */
const REST = 220;

/**
 * @param {HTMLElement} room the scrolling element
 * @param {Turned} paper
 * @param {AbortSignal} signal ends the listening
 */
export function followKeysAndWheel(room, paper, signal) {
  let wheeled = 0;

  /** @param {1|-1} direction */
  function atEnd(direction) {
    const { scrollTop, scrollHeight, clientHeight } = room;
    return direction > 0 ? scrollTop + clientHeight >= scrollHeight - 2 : scrollTop <= 1;
  }

  /** Scroll by a screen, and turn at the end of the page. @param {1|-1} direction */
  function screen(direction) {
    if (!atEnd(direction)) room.scrollBy({ top: direction * room.clientHeight * 0.9 });
    else turn(direction);
  }

  /** @param {1|-1} direction */
  function turn(direction) {
    if (direction > 0) paper.next();
    else paper.previous();
  }

  /** A page wider than the window is scrolled by the arrows, as everywhere. @param {() => void} act */
  function unlessWide(act) {
    return room.scrollWidth > room.clientWidth + 1 ? false : act();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = {
      ArrowRight: () => unlessWide(() => paper.next()),
      ArrowLeft: () => unlessWide(() => paper.previous()),
      PageDown: () => screen(1),
      PageUp: () => screen(-1),
      " ": () => screen(event.shiftKey ? -1 : 1),
      Home: () => paper.moveTo(1),
      End: () => paper.moveTo(paper.pageCount),
      "+": () => paper.zoomIn(),
      "=": () => paper.zoomIn(),
      "-": () => paper.zoomOut(),
      0: () => paper.zoomTo(1),
    }[event.key];
    if (act && act() !== false) event.preventDefault();
  }

  /** @param {WheelEvent} event */
  function turned(event) {
    if (event.ctrlKey) {
      event.preventDefault();
      paper.zoomTo(paper.zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
      return;
    }
    const fresh = event.timeStamp - wheeled > REST;
    wheeled = event.timeStamp;
    const direction = event.deltaY > 0 ? 1 : -1;
    if (!fresh || Math.abs(event.deltaY) < 4 || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    if (!atEnd(direction)) return;
    event.preventDefault();
    turn(direction);
  }

  room.addEventListener("keydown", pressed, { signal });
  room.addEventListener("wheel", turned, { signal, passive: false });
}
