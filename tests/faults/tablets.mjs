/**
 * Many tablets in one process: each is the browser's own transport and store against a real server.
 *
 * Reads commands from stdin, one JSON line each, and answers each with one JSON line:
 * {do:"report"} what every tablet shows and met, {do:"check"} as when woken, {do:"quit"}.
 */

import { createHash } from "node:crypto";
import { createInterface } from "node:readline";

import { connect } from "../../static/live/js/transport.js";

const { tablets, kind, watch = [], skew = 0 } = JSON.parse(process.argv[2]);
const realNow = Date.now;
let shift = skew;
Date.now = () => realNow() + shift;

/** The same text for the same value, whatever the order of its names. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** What was shown at each revision, by audience: two tablets that differ there are a violation. */
const history = new Map();
const violations = [];
const HEAD = /^\{"t":"(changes|snapshot)","epoch":"([^"]*)",(?:"since":(-?\d+),)?"revision":(-?\d+)/;

class Tablet {
  constructor({ id, base, ref, cookie, audience, polls = false }) {
    Object.assign(this, { id, audience, drawn: 0, opened: 0, states: {}, frames: 0, polls });
    this.reason = "";
    this.live = connect({
      kind,
      ref,
      base,
      openSocket: (url) => this.open(polls ? "ws://127.0.0.1:9/" : url, cookie, base),
      request: (url, options) => fetch(url, { ...options, headers: { cookie } }),
      onSections: (changed, sections, revision) => this.draw(changed, sections, revision),
      onState: (state, reason) => {
        this.states[state] = (this.states[state] ?? 0) + 1;
        this.reason = reason;
        this.endedAt = state === "ended" ? realNow() : this.endedAt;
      },
    });
  }

  open(url, cookie, origin) {
    this.opened += 1;
    const socket = new WebSocket(url, { headers: { cookie, origin } });
    let last = null;
    // On one connection revisions only rise, and nothing builds on what was not sent.
    socket.addEventListener("message", ({ data }) => {
      const found = HEAD.exec(data.slice(0, 200));
      if (!found) return;
      this.frames += 1;
      const [, type, epoch, since, revision] = found;
      const at = { epoch, revision: Number(revision) };
      if (type === "changes" && last && last.epoch === epoch) {
        if (at.revision <= last.revision) this.complain(`revision ${revision} after ${last.revision}`);
        if (Number(since) > last.revision) this.complain(`changes since ${since} to one who has ${last.revision}`);
      }
      last = at;
    });
    return socket;
  }

  complain(text) {
    if (violations.length < 50) violations.push(`${this.id}: ${text}`);
  }

  draw(changed, sections, revision) {
    this.drawn += 1;
    for (const name of watch) {
      const key = `${this.audience} ${revision} ${name}`;
      const shown = canonical(sections[name] ?? null);
      const known = history.get(key);
      if (known === undefined) history.set(key, shown);
      else if (known !== shown) this.complain(`${key}: ${shown} where another shows ${known}`);
    }
  }

  report(isFull) {
    const { live } = this;
    return {
      id: this.id,
      audience: this.audience,
      state: live.state,
      reason: this.reason,
      revision: live.revision,
      hash: digest(canonical(live.sections)),
      clock: live.serverNow() - realNow(),
      ended_at: this.endedAt,
      opened: this.opened,
      drawn: this.drawn,
      frames: this.frames,
      states: this.states,
      ...(isFull ? { sections: live.sections } : {}),
    };
  }
}

const all = tablets.map((one) => new Tablet(one));
const answer = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

createInterface({ input: process.stdin }).on("line", (line) => {
  const said = JSON.parse(line);
  if (said.do === "report") {
    const shown = said.history ? Object.fromEntries(history) : undefined;
    answer({ tablets: all.map((one) => one.report(said.full)), violations, history: shown });
  } else if (said.do === "check") {
    for (const one of all) one.live.check();
    answer({ done: true });
  } else if (said.do === "shift") {
    shift = said.ms;
    answer({ done: true });
  } else if (said.do === "quit") {
    answer({ done: true });
    process.exit(0);
  }
}).on("close", () => process.exit(0));
answer({ ready: true });
