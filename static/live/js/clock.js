/** How far, in ms, two clocks that nobody sets may part within eight trips. */
const DRIFT = 50;

/**
 * The server's time, whatever the device's own clock says: what the page was delivered with, then the offset of the
 * quickest of the last eight round trips, carried on by the monotonic clock, which nobody sets.
 */
export class ServerClock {
  /**
   * @param {() => number} [monotonic] milliseconds that only go forward
   * @param {{now: number, at: number}} [delivered] the server's ms in the page, and the monotonic ms when it came
   */
  constructor(monotonic = () => performance.now(), delivered = undefined) {
    this.monotonic = monotonic;
    /** @type {{trip: number, offset: number}[]} */
    this.trips = [];
    this.guess = delivered ? delivered.now - delivered.at : Date.now() - monotonic();
  }

  /**
   * @param {number} sent monotonic ms when the question left
   * @param {number} now the server's ms in its answer
   */
  learn(sent, now) {
    const received = this.monotonic();
    const latest = { trip: received - sent, offset: now - (sent + received) / 2 };
    // Each answer is right to half its trip. Where two cannot both be, the server's clock was set between them.
    const known = this.trips.filter(
      ({ trip, offset }) => Math.abs(offset - latest.offset) <= (trip + latest.trip) / 2 + DRIFT,
    );
    this.trips = [...known, latest].slice(-8);
  }

  /** Forget what was learned: the device slept, and its monotonic clock may have slept with it. */
  forget() {
    this.guess = this.now() - this.monotonic();
    this.trips = [];
  }

  /** @returns {number} the server's ms since 1970; the device's own clock only where the page brought none */
  now() {
    const best = this.trips.reduce((a, b) => (b.trip < a.trip ? b : a), this.trips[0]);
    return this.monotonic() + (best ? best.offset : this.guess);
  }
}

/** Monotonic ms when this page's first byte came: the moment what it says about the time was true. */
export function pageCameAt() {
  const [navigation] = globalThis.performance?.getEntriesByType?.("navigation") ?? [];
  return /** @type {PerformanceNavigationTiming | undefined} */ (navigation)?.responseStart ?? performance.now();
}
