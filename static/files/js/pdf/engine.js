/**
 * The one drawing worker of this page and the queue before it. A request that is not answered in time ends the worker:
 * a document that hangs costs one drawing, never the page.
 *
 * @typedef {{message: Record<string, unknown>, ahead: boolean, signal?: AbortSignal, done: (value: any) => void, failed: (error: unknown) => void, id?: number}} Job
 */

/** Milliseconds a drawing may take. */
const PATIENCE = 8_000;
/** … while it waits for a part of the file, */
const FETCHING = 30_000;
/** … and the library, on a slow line. */
const LOADING = 45_000;
/** An engine nobody has a paper open in is given back after so long. */
const IDLE = 60_000;

/** How it failed: "lost" its file, "broken" document, "dead" without an answer, "again" another's fault, "none" here at all. */
export class DrawingError extends Error {
  /** @param {"lost"|"broken"|"dead"|"again"|"none"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

class Engine {
  constructor() {
    /** @type {Worker | null} */
    this.worker = null;
    /** Counts workers: what was opened in an earlier one is gone. */
    this.life = 0;
    this.isBroken = false;
    this.isReady = false;
    /** @type {Promise<void> | null} */
    this.starting = null;
    /** @type {Job[]} */
    this.jobs = [];
    /** @type {Job | null} */
    this.current = null;
    this.count = 0;
    this.users = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watchdog = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.rest = undefined;
  }

  /** Resolves when pages can be drawn; rejects when this browser cannot. */
  start() {
    if (this.isBroken) return Promise.reject(new DrawingError("none"));
    return (this.starting ??= this.#begun().catch((error) => {
      this.isBroken = true;
      this.#end();
      throw error;
    }));
  }

  /** @returns {Promise<void>} */
  #begun() {
    return new Promise((resolve, reject) => {
      if (typeof Worker === "undefined" || typeof WebAssembly === "undefined") return reject(new DrawingError("none"));
      const worker = (this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
      this.life += 1;
      const timer = setTimeout(() => reject(new DrawingError("none")), LOADING);
      worker.onerror = (event) => {
        event.preventDefault?.();
        clearTimeout(timer);
        reject(new DrawingError("none"));
        if (this.isReady && this.worker === worker) this.kill();
      };
      worker.onmessage = ({ data }) => {
        if (data.fetching !== undefined) return this.#watch(data.fetching ? FETCHING : PATIENCE);
        if (data.ready === undefined) return this.#answered(data);
        clearTimeout(timer);
        if (!data.ready) return reject(new DrawingError("none"));
        this.isReady = true;
        resolve();
        this.#next();
      };
    });
  }

  /** A paper is opened that may want drawings. */
  enter() {
    clearTimeout(this.rest);
    this.users += 1;
  }

  /** It is closed. */
  leave() {
    this.users -= 1;
    if (this.users > 0) return;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.#end(), IDLE);
  }

  /**
   * @param {Record<string, unknown>} message @param {{ahead?: boolean, signal?: AbortSignal}} [how]
   * @returns {Promise<any>} rejects with DrawingError, or the signal's reason
   */
  async ask(message, { ahead = false, signal } = {}) {
    await this.start();
    signal?.throwIfAborted();
    return new Promise((done, failed) => {
      const job = { message, ahead, signal, done, failed };
      signal?.addEventListener("abort", () => {
        const at = this.jobs.indexOf(job);
        if (at < 0) return;
        this.jobs.splice(at, 1);
        failed(signal.reason);
      }, { once: true });
      this.jobs.push(job);
      this.#next();
    });
  }

  /** End the worker whatever it does; what waited is told. */
  kill() {
    const { current, jobs } = this;
    this.#end();
    current?.failed(new DrawingError("dead"));
    for (const job of jobs) job.failed(new DrawingError("again"));
  }

  /** @param {number} patience */
  #watch(patience) {
    clearTimeout(this.watchdog);
    if (this.current) this.watchdog = setTimeout(() => this.kill(), patience);
  }

  #end() {
    clearTimeout(this.watchdog);
    this.worker?.terminate();
    this.worker = this.starting = this.current = null;
    this.isReady = false;
    this.jobs = [];
  }

  #next() {
    if (!this.isReady || this.current || !this.jobs.length) return;
    const at = Math.max(this.jobs.findIndex((job) => !job.ahead), 0);
    const [job] = this.jobs.splice(at, 1);
    this.current = job;
    job.id = this.count += 1;
    this.#watch(PATIENCE);
    this.worker?.postMessage({ ...job.message, id: job.id });
  }

  /** @param {{id: number, value?: any, error?: "lost"|"broken"}} answer */
  #answered({ id, value, error }) {
    const job = this.current;
    if (!job || job.id !== id) return value?.close?.();
    clearTimeout(this.watchdog);
    this.current = null;
    if (error) job.failed(new DrawingError(error));
    else if (job.signal?.aborted) {
      value?.close?.();
      job.failed(job.signal.reason);
    } else job.done(value);
    this.#next();
  }
}

/** One for the page, made when first wanted. */
export const engine = new Engine();
