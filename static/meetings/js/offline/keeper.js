// Taking a meeting along and keeping it up to date: asks for the lease, fetches what is missing one part after the other,
// goes on after a cut where it stopped, and knows how much is there.
import { book } from "../marks/book.js";
import { ask, giveBack, obey } from "./contact.js";
import { missing, PART, PICTURE, placeOf, ready, TEXTS } from "./lease.js";
import { canSeal, seal } from "./seal.js";
import * as vault from "./vault.js";

/**
 * @typedef {"none" | "waiting" | "fetching" | "ready" | "paused" | "failed"} Phase
 * @typedef {object} Taken what the screen shows
 * @property {boolean} can whether this browser can take anything along
 * @property {Phase} phase
 * @property {number} ready
 * @property {number} total
 * @property {number | null} checked the server's time of the last answer
 * @property {string} why a sentence, when something failed
 */

/** Milliseconds within which tablets that were asked at once begin one after the other. */
const SPREAD = { asked: 2_000, self: 20_000 };
const RENEW = 10 * 60_000;
const AGAIN = 30_000;
const TRIES = 5;

/** The paper is another one than the manifest says: a new manifest is needed. */
class Changed extends Error {}

/** @param {number} length */
const pause = (length) => new Promise((done) => setTimeout(done, length));

/**
 * @param {object} where
 * @param {string} where.meeting
 * @param {string} where.address of the lease
 * @param {string} where.files address under which files are served
 * @param {string} where.verifying
 * @param {string} where.worker address of the service worker
 * @param {() => void} changed what the screen shows is to be drawn again
 */
export function keeper({ meeting, address, files, verifying, worker }, changed) {
  /** @type {Taken} */
  const taken = { can: canSeal() && Boolean(globalThis.indexedDB) && "serviceWorker" in navigator, phase: "none", ready: 0, total: 0, checked: null, why: "" };
  let running = false;
  let wanted = false;
  let stopped = false;
  /** @type {ReturnType<typeof book> | null} */
  let pages = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Partial<Taken>} news */
  function tell(news) {
    Object.assign(taken, news);
    changed();
  }

  /** @param {number} wait */
  function later(wait) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void keep(), wait);
  }

  /** Brings the pack up to date, if there is one or one is wanted. */
  async function keep() {
    if (running || stopped || !taken.can) return;
    if (!wanted && !(await vault.packOf(meeting).catch(() => undefined))) return;
    running = true;
    clearTimeout(timer);
    try {
      await renew(0);
    } catch (problem) {
      tell({ phase: "failed", why: sentenceFor(problem) });
    } finally {
      running = false;
    }
  }

  /** @param {number} round */
  async function renew(round) {
    const word = await ask(address);
    const manifest = await obey(meeting, word, verifying);
    if (stopped) return;
    if (!manifest) {
      missed(word);
      return;
    }
    wanted = false;
    try {
      await fetchMissing(manifest);
    } catch (problem) {
      if (problem instanceof Changed && round < 2) return renew(round + 1);
      throw problem;
    }
  }

  /** @param {import("./contact.js").Word} word */
  function missed(word) {
    if (word.is === "away") {
      tell({ phase: taken.phase === "none" || taken.phase === "waiting" ? "paused" : taken.phase });
      later(AGAIN);
    } else if (word.is === "refused") tell({ phase: "failed", ready: 0, why: word.why });
    else if (word.is === "granted") tell({ phase: "failed", why: gettext("What the server handed out could not be verified. Reload the page and try again.") });
    else tell({ phase: "none", ready: 0, total: 0, why: "" });
  }

  /** @param {import("./lease.js").Manifest} manifest */
  async function fetchMissing(manifest) {
    const held = await vault.held(meeting);
    const wishes = missing(manifest.papers, held);
    tell({ phase: wishes.length ? "fetching" : "ready", total: manifest.papers.length, ready: ready(manifest.papers, held), checked: manifest.issued, why: "" });
    await checkRoom(wishes);
    for (const { paper, name } of wishes) {
      if (stopped) return;
      const got = await fetched(paper, name);
      if (got === null) {
        tell({ phase: "paused" });
        later(AGAIN);
        return;
      }
      const key = await vault.key(meeting, paper.file);
      if (!key) throw new Changed();
      const place = placeOf(paper, name);
      await vault.put(meeting, place, await seal(key, got, place));
      held.add(place);
      tell({ ready: ready(manifest.papers, held) });
    }
    if (!pages) await bringMarks(manifest);
    const word = await ask(address, taken.ready);
    const fresh = await obey(meeting, word, verifying);
    if (fresh && fresh.access !== manifest.access) throw new Changed();
    tell({ phase: "ready", checked: fresh?.issued ?? taken.checked });
    later(RENEW * (0.9 + Math.random() / 5));
  }

  /** What this seat has marked comes along: it is laid where the viewer's marks lie. @param {import("./lease.js").Manifest} manifest */
  async function bringMarks({ me, papers }) {
    pages = book({ room: `dinh-room:${meeting}:${me.seat}`, address: me.marks, changed: () => undefined });
    for (const { id } of papers) if (!stopped) await pages.look(id);
  }

  /**
   * One part, or null when the line or the server is not there.
   * @param {import("./lease.js").TakenPaper} paper
   * @param {string} name
   * @returns {Promise<ArrayBuffer | null>}
   */
  async function fetched(paper, name) {
    const [kind, figure] = name.split(" ");
    const at = Number(figure);
    const base = `${files}${paper.file}/`;
    const last = Math.min(at + PART, paper.size) - 1;
    const path = { facts: "thong-tin.json", bytes: "xem.pdf", page: `trang/${at}.webp?w=${PICTURE}`, text: `chu/${at}-${Math.min(at + TEXTS - 1, paper.pages)}.json` }[kind] ?? "";
    /** @type {Record<string, string>} */
    const headers = kind === "bytes" ? { Range: `bytes=${at}-${last}`, "If-Range": `"${paper.digest}"` } : {};
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const answer = await fetch(base + path, { headers, redirect: "manual", cache: "no-store", priority: "low" }).catch(() => null);
      if (answer?.status === 503 || answer?.status === 429) {
        await pause(1_000 * (Number(answer.headers.get("Retry-After")) || 2) * (0.5 + Math.random()));
        continue;
      }
      if (!answer || answer.status >= 500) return null;
      // A page that cannot be drawn is kept as nothing: the facts say why.
      if (answer.status === 422) return new ArrayBuffer(0);
      if (answer.status !== (kind === "bytes" ? 206 : 200)) throw new Changed();
      const body = await answer.arrayBuffer().catch(() => null);
      if (body && (kind !== "bytes" || body.byteLength === last - at + 1)) return body;
    }
    return null;
  }

  return {
    taken,
    /** The person asks for it. */
    async take() {
      if (!taken.can) return;
      wanted = true;
      tell({ phase: "waiting", why: "" });
      void navigator.storage?.persist?.();
      await attend(worker);
      await pause(Math.random() * SPREAD.asked);
      await keep();
    },
    /** On a screen that opens: what is there is shown at once and brought up to date after a while. */
    async look() {
      const pack = await vault.packOf(meeting).catch(() => undefined);
      if (!pack || stopped) return;
      const manifest = await vault.manifestOf(pack, verifying);
      const held = manifest ? await vault.held(meeting) : new Set();
      tell({ phase: "paused", total: pack.leases.length, ready: manifest ? ready(manifest.papers, /** @type {Set<string>} */ (held)) : 0, checked: pack.contact });
      later(Math.random() * SPREAD.self);
    },
    /** The papers have changed, or the line is back. @param {number} [within] milliseconds */
    soon(within = SPREAD.self) {
      if (taken.phase !== "none") later(Math.random() * within);
    },
    /** The person wants it gone from this device. */
    async remove() {
      clearTimeout(timer);
      await vault.remove(meeting);
      tell({ phase: "none", ready: 0, total: 0, checked: null, why: "" });
      await giveBack(address);
    },
    /** The seat is lost: at once, and nothing is asked for any more. */
    async end() {
      stopped = true;
      clearTimeout(timer);
      await vault.remove(meeting);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Has the service worker installed, so that the page can be opened without the network.
 * @param {string} worker its address
 */
export async function attend(worker) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope: "/", updateViaCache: "none" }).catch(() => undefined);
}

/**
 * Refuses before the first byte when the browser has no room for what is missing.
 * @param {{paper: import("./lease.js").TakenPaper, name: string}[]} wishes
 */
async function checkRoom(wishes) {
  const room = await navigator.storage?.estimate?.().catch(() => null);
  if (!room?.quota) return;
  const papers = new Set(wishes.map(({ paper }) => paper));
  const needed = [...papers].reduce((sum, paper) => sum + (paper.source === "pdf" ? paper.size : paper.pages * 250_000) + paper.pages * 12_000, 0);
  if (needed > room.quota - (room.usage ?? 0)) throw new DOMException("", "QuotaExceededError");
}

/** @param {unknown} problem */
function sentenceFor(problem) {
  const name = problem instanceof Error ? problem.name : "";
  if (name === "QuotaExceededError") return gettext("This device has no room left for the papers. Free some storage, then press again; what is there stays readable.");
  if (name === "InvalidStateError" || name === "SecurityError" || name === "UnknownError") return gettext("This browser does not let the papers be stored, perhaps because a private window is open. Open the meeting in an ordinary window.");
  return gettext("The papers could not be stored on this device. Press again; if it happens again, tell the secretary.");
}
