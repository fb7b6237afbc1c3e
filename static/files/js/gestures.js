/**
 * Fingers on a paper: one scrolls, one swept sideways turns the page, two zoom, two quick taps zoom in and out.
 *
 * @typedef {{
 *   canSweep(): boolean,
 *   sweep(dx: number): void,
 *   swept(direction: -1|0|1): void,
 *   pinch(ratio: number, x: number, y: number): void,
 *   pinched(ratio: number, x: number, y: number): void,
 *   tappedTwice(x: number, y: number): void,
 * }} Hands
 */

const SWEEP_START = 12;
const SWEEP_TURN = 56;
const FLICK = 0.45;
const TAP_TIME = 300;
const TAP_DISTANCE = 28;

/**
 * @param {HTMLElement} room the scrolling element
 * @param {Hands} hands
 * @param {AbortSignal} signal ends the listening
 */
export function followFingers(room, hands, signal) {
  /** @type {"none"|"undecided"|"scroll"|"sweep"|"pinch"} */
  let doing = "none";
  let startX = 0;
  let startY = 0;
  let startTime = 0;
  let dx = 0;
  let distance = 0;
  let ratio = 1;
  /** @type {[number, number]} */
  let between = [0, 0];
  let lastTap = { time: 0, x: 0, y: 0 };

  /** @param {TouchEvent} event */
  function started(event) {
    if (event.defaultPrevented) {
      // Something on the page took this touch for itself, such as a pen that draws.
      if (doing === "sweep") hands.swept(0);
      doing = "none";
      return;
    }
    if (event.touches.length === 2) {
      if (doing === "sweep") hands.swept(0);
      doing = "pinch";
      distance = apart(event);
      ratio = 1;
      between = middle(event);
      event.preventDefault();
    } else if (event.touches.length === 1) {
      doing = "undecided";
      ({ clientX: startX, clientY: startY } = event.touches[0]);
      startTime = event.timeStamp;
      dx = 0;
    }
  }

  /** @param {TouchEvent} event */
  function moved(event) {
    if (doing === "pinch" && event.touches.length >= 2) {
      event.preventDefault();
      ratio = distance > 0 ? apart(event) / distance : 1;
      between = middle(event);
      hands.pinch(ratio, ...between);
    } else if (doing === "undecided") {
      dx = event.touches[0].clientX - startX;
      const dy = event.touches[0].clientY - startY;
      if (Math.hypot(dx, dy) < SWEEP_START) return;
      doing = Math.abs(dx) > 1.4 * Math.abs(dy) && hands.canSweep() ? "sweep" : "scroll";
    }
    if (doing === "sweep") {
      dx = event.touches[0].clientX - startX;
      if (event.cancelable) event.preventDefault();
      hands.sweep(dx);
    }
  }

  /** @param {TouchEvent} event */
  function ended(event) {
    if (doing === "pinch") {
      if (event.touches.length < 2) {
        hands.pinched(ratio, ...between);
        doing = event.touches.length ? "scroll" : "none";
      }
      return;
    }
    if (doing === "sweep") {
      const speed = Math.abs(dx) / Math.max(event.timeStamp - startTime, 1);
      const far = Math.abs(dx) > SWEEP_TURN || (speed > FLICK && Math.abs(dx) > SWEEP_START * 2);
      hands.swept(event.type === "touchcancel" || !far ? 0 : dx < 0 ? 1 : -1);
    } else if (doing === "undecided" && event.type === "touchend") {
      tapped(event);
    }
    doing = "none";
  }

  /** @param {TouchEvent} event */
  function tapped(event) {
    const { clientX: x, clientY: y } = event.changedTouches[0];
    const near = Math.hypot(x - lastTap.x, y - lastTap.y) < TAP_DISTANCE;
    if (near && event.timeStamp - lastTap.time < TAP_TIME) {
      event.preventDefault();
      lastTap = { time: 0, x: 0, y: 0 };
      hands.tappedTwice(x, y);
    } else {
      lastTap = { time: event.timeStamp, x, y };
    }
  }

  room.addEventListener("touchstart", started, { signal, passive: false });
  room.addEventListener("touchmove", moved, { signal, passive: false });
  room.addEventListener("touchend", ended, { signal, passive: false });
  room.addEventListener("touchcancel", ended, { signal });
}

/** @param {TouchEvent} event */
function apart({ touches: [a, b] }) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}

/** @param {TouchEvent} event @returns {[number, number]} */
function middle({ touches: [a, b] }) {
  return [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
}
