/**
 * Keeps one topic live: a socket, or a long poll where no socket gets through. Knows no business.
 *
 * There is one way back from everything (first load, lost network, sleep, restored page): say what the store has and
 * take what comes.
 *
 * @typedef {"connecting"|"live"|"offline"|"ended"} State
 * @typedef {{
 *   kind: string,
 *   ref: string,
 *   snapshot?: {epoch: string, revision: number, now?: number, sections: Record<string, any>}|null,
 *   onSections: (changed: string[], sections: Record<string, any>, revision: number) => void,
 *   onState?: (state: State, reason: string) => void,
 *   base?: string,
 *   openSocket?: (url: string) => WebSocket,
 *   request?: typeof fetch,
 * }} Options
 */

import { pageCameAt, ServerClock } from "./clock.js";
import { applyAnswer, applyFrame, emptyStore } from "./store.js";

const BEAT = 10_000;
const SILENCE = 25_000;
/** How long a check may go unanswered: a woken screen is right within three seconds. */
const CHECK = 2_000;
const OPENING = 8_000;
const OFFLINE_AFTER = 5_000;
const TICK = 1_000;
/** A tick that comes this late, or clocks that disagree by this much, mean that the device slept. */
const JUMP = 3_000;
/** Sockets that failed in a row before the long poll is used: a few where none ever worked, more where one did. */
const SOCKET_FAILURES = 3;
const SOCKET_LOSSES = 8;
const SOCKET_AGAIN = 60_000;
const POLL_SECONDS = 25;
/** Codes and answers after which coming back is useless. */
/** @type {Record<number, string>} */
const FINAL = { 4401: "session", 4404: "absent", 4409: "replaced" };
/** @type {Record<number, string>} */
const FINAL_STATUS = { 401: "session", 403: "session", 404: "absent" };

/**
 * Starts at once. `onSections` is called for what the page embedded too, so that a screen has one way of drawing.
 *
 * @param {Options} options
 */
export function connect(options) {
  const connection = new Connection(options);
  connection.start();
  return {
    /** Shows the answer of an own command before the socket brings it. @param {import("./store.js").Frame} answer */
    apply: (answer) => connection.take(applyAnswer(connection.store, answer)),
    /** Makes sure, now, that what is shown is what there is. */
    check: () => connection.check(),
    /** The server's ms since 1970. */
    serverNow: () => connection.clock.now(),
    close: () => connection.end("closed"),
    get state() {
      return connection.state;
    },
    get revision() {
      return connection.store.revision;
    },
    get sections() {
      return connection.store.sections;
    },
  };
}

class Connection {
  /** @param {Options} options */
  constructor(options) {
    const { kind, ref, snapshot = null, onSections, onState = () => {}, base = globalThis.location?.origin } = options;
    this.address = `${base}/live/${encodeURIComponent(kind)}/${encodeURIComponent(ref)}/`;
    this.onSections = onSections;
    this.onState = onState;
    this.openSocket = options.openSocket ?? ((url) => new WebSocket(url));
    this.request = options.request ?? ((...given) => fetch(...given));
    this.store = emptyStore(snapshot);
    this.clock = new ServerClock(undefined, snapshot?.now ? { now: snapshot.now, at: pageCameAt() } : undefined);
    /** @type {State} */
    this.state = "connecting";
    /** @type {WebSocket|null} */
    this.socket = null;
    /** @type {AbortController|null} */
    this.poll = null;
    /** Whether a socket ever brought a word: one that opens and dies is no connection. */
    this.hasHeard = false;
    this.failures = 0;
    this.triedAt = -Infinity;
    /** @type {number|undefined} */
    this.retry = undefined;
    this.isAway = false;
    this.lostAt = performance.now();
    this.heardAt = 0;
    this.beatAt = 0;
    this.deadline = Infinity;
    this.resumedAt = -Infinity;
    this.tickedAt = performance.now();
    this.drift = Date.now() - this.tickedAt;
  }

  start() {
    this.tickedAt = performance.now();
    this.drift = Date.now() - this.tickedAt;
    this.timer = setInterval(() => this.tick(), TICK);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden || this.wake(), { signal });
    if (globalThis.window) {
      window.addEventListener("online", () => (this.poll ? this.trySocket() : this.check()), { signal });
      window.addEventListener("pagehide", () => this.leave(), { signal });
      window.addEventListener("pageshow", () => this.wake(), { signal });
    }
    const names = Object.keys(this.store.sections);
    if (names.length > 0) queueMicrotask(() => this.draw(names));
    this.open();
  }

  // The socket

  open() {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.hangUp();
    let socket;
    try {
      socket = this.openSocket(this.address.replace(/^http/, "ws"));
    } catch {
      this.lost();
      return;
    }
    this.socket = socket;
    this.deadline = performance.now() + OPENING;
    /** @param {(event: any) => void} act @returns {(event: Event) => void} */
    const own = (act) => (event) => void (this.socket === socket && act(event));
    socket.onopen = own(() => {
      this.resume();
      this.beat();
      this.deadline = performance.now() + OPENING;
    });
    socket.onmessage = own(({ data }) => {
      this.hasHeard = true;
      this.hear(JSON.parse(data));
    });
    socket.onclose = own(({ code }) => (FINAL[code] ? this.end(FINAL[code]) : this.lost()));
    socket.onerror = own(() => this.lost());
  }

  /** @param {object} message */
  say(message) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  resume() {
    this.resumedAt = performance.now();
    const { epoch, revision } = this.store;
    this.say(epoch === null ? { t: "resume" } : { t: "resume", epoch, revision });
  }

  beat() {
    this.beatAt = performance.now();
    this.say({ t: "beat", c: this.beatAt, r: this.store.revision });
  }

  /** @param {any} frame */
  hear(frame) {
    this.heardAt = performance.now();
    this.deadline = Infinity;
    if (frame.t === "closed") {
      this.end(frame.reason);
      return;
    }
    if (frame.t === "error") return;
    if (frame.t === "beat") {
      if (frame.c !== undefined) this.clock.learn(frame.c, frame.now);
      if (frame.revision > this.store.revision) this.resumeCalmly();
    } else {
      this.take(applyFrame(this.store, frame));
    }
    this.failures = 0;
    this.become("live");
  }

  /** @param {import("./store.js").Applied} applied */
  take({ store, changed, hole }) {
    this.store = store;
    if (changed.length > 0) this.draw(changed);
    if (hole) this.resumeCalmly();
  }

  resumeCalmly() {
    if (performance.now() - this.resumedAt > TICK) this.resume();
  }

  /** @param {string[]} names */
  draw(names) {
    try {
      this.onSections(names, this.store.sections, this.store.revision);
    } catch (problem) {
      (globalThis.reportError ?? console.error)(problem);
    }
  }

  hangUp() {
    this.deadline = Infinity;
    const { socket } = this;
    this.socket = null;
    if (socket) socket.close();
    this.poll?.abort();
    this.poll = null;
  }

  /** Without a connection: try again after a while that differs from device to device. */
  lost() {
    if (this.state === "ended" || this.isAway) return;
    this.hangUp();
    if (this.state === "live") this.lostAt = performance.now();
    if (this.state !== "offline") this.become("connecting");
    this.failures += 1;
    if (this.failures >= this.patience()) {
      this.pollUntil(performance.now() + SOCKET_AGAIN);
      return;
    }
    clearTimeout(this.retry);
    const quick = this.failures === 1 || !this.hasHeard;
    this.retry = setTimeout(() => this.open(), Math.random() * (quick ? 1_000 : 5_000));
  }

  patience() {
    return this.hasHeard ? SOCKET_LOSSES : SOCKET_FAILURES;
  }

  // The long poll

  /** @param {number} end monotonic ms after which a socket is tried again */
  async pollUntil(end) {
    this.hangUp();
    const own = new AbortController();
    this.poll = own;
    let wait = 0;
    while (this.poll === own && performance.now() < end) {
      const { epoch, revision } = this.store;
      const said = new URLSearchParams(epoch === null ? {} : { epoch, after: String(revision) });
      said.set("wait", String(wait));
      const sent = performance.now();
      let frame = null;
      try {
        const timeout = AbortSignal.timeout((wait + 15) * 1_000);
        const answer = await this.request(`${this.address}events?${said}`, {
          signal: AbortSignal.any ? AbortSignal.any([own.signal, timeout]) : own.signal,
          cache: "no-store",
          credentials: "same-origin",
        });
        if (FINAL_STATUS[answer.status]) {
          if (this.poll === own) this.end(FINAL_STATUS[answer.status]);
          return;
        }
        if (answer.ok) {
          frame = await answer.json();
          if (wait === 0) this.clock.learn(sent, Number(answer.headers.get("Server-Now")));
        }
      } catch {
        frame = null;
      }
      if (this.poll !== own) return;
      if (frame) {
        this.hear(frame);
        // Where sockets worked before, an answer means that the server is back: a poll would hold one of its threads.
        if (this.hasHeard && performance.now() - this.triedAt > SOCKET_AGAIN) {
          this.trySocket();
          return;
        }
        wait = POLL_SECONDS;
      } else {
        if (this.state === "live") this.lostAt = performance.now();
        if (this.state !== "offline") this.become("connecting");
        wait = 0;
        await new Promise((done) => setTimeout(done, Math.random() * 5_000));
      }
    }
    if (this.poll === own) this.trySocket();
  }

  /** Leave the long poll for a socket; if that fails too, the poll goes on at once. */
  trySocket() {
    this.failures = this.patience() - 1;
    this.triedAt = performance.now();
    this.open();
  }

  // What happens to devices

  tick() {
    const now = performance.now();
    const drift = Date.now() - now;
    if (now - this.tickedAt > TICK + JUMP || Math.abs(drift - this.drift) > JUMP) {
      this.clock.forget();
      this.check();
    }
    this.tickedAt = now;
    this.drift = drift;
    if (this.isAway) return;
    if (this.state === "connecting" && now - this.lostAt > OFFLINE_AFTER) this.become("offline");
    if (this.socket?.readyState === 1) {
      if (now - this.beatAt >= BEAT) this.beat();
      if (now - this.heardAt > SILENCE && this.state === "live") this.deadline = 0;
    }
    if (now > this.deadline) this.lost();
  }

  check() {
    if (this.state === "ended" || this.isAway) return;
    const now = performance.now();
    if (this.poll) {
      this.pollUntil(now + SOCKET_AGAIN);
    } else if (this.socket?.readyState === 1) {
      this.beat();
      this.deadline = Math.min(this.deadline, now + CHECK);
    } else if (this.socket === null) {
      this.open();
    }
  }

  wake() {
    if (this.isAway) this.comeBack();
    else this.check();
  }

  /** The page is put away; an open socket would keep the browser from restoring it as it is. */
  leave() {
    this.isAway = true;
    clearTimeout(this.retry);
    this.hangUp();
  }

  comeBack() {
    this.isAway = false;
    this.clock.forget();
    this.lostAt = performance.now();
    this.become("connecting");
    this.open();
  }

  /** @param {string} reason */
  end(reason) {
    if (this.state === "ended") return;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.listeners?.abort();
    this.become("ended", reason);
    this.hangUp();
  }

  /** @param {State} state @param {string} [reason] */
  become(state, reason = "") {
    if (this.state === state || this.state === "ended") return;
    this.state = state;
    try {
      this.onState(state, reason);
    } catch (problem) {
      (globalThis.reportError ?? console.error)(problem);
    }
  }
}
