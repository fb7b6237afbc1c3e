/**
 * The server's time, whatever the device's own clock says: the offset of the quickest of the last eight round trips,
 * carried on by the monotonic clock, which nobody sets.
 */
export class ServerClock {
  /** @param {() => number} [monotonic] milliseconds that only go forward */
  constructor(monotonic = () => performance.now()) {
    this.monotonic = monotonic;
    /** @type {{trip: number, offset: number}[]} */
    this.trips = [];
    this.guess = Date.now() - monotonic();
  }

  /**
   * @param {number} sent monotonic ms when the question left
   * @param {number} now the server's ms in its answer
   */
  learn(sent, now) {
    const received = this.monotonic();
    this.trips = [...this.trips, { trip: received - sent, offset: now - (sent + received) / 2 }].slice(-8);
  }

  /** Forget what was learned: the device slept, and its monotonic clock may have slept with it. */
  forget() {
    this.guess = this.now() - this.monotonic();
    this.trips = [];
  }

  /** @returns {number} the server's ms since 1970; the device's own clock until the first answer */
  now() {
    const best = this.trips.reduce((a, b) => (b.trip < a.trip ? b : a), this.trips[0]);
    return this.monotonic() + (best ? best.offset : this.guess);
  }
}
