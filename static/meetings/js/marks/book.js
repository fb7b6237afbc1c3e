// All own marks of this seat: on the shelf first, then to the server, as soon and as often as it takes.
import { csrf } from "../commands.js";
import { isPending, merged, nextBatch, pauseAfter, placeOf, settled } from "./pending.js";
import { shelf } from "./shelf.js";

/**
 * @typedef {import("./shapes.js").Mark} Mark
 * @typedef {import("./pending.js").Kept} Kept
 * @typedef {{own: Mark[], shared: Mark[], left: {id: string, page: number, kind: string, file: string}[], file: string}} Listed
 */

/** So long after the last stroke is waited for the next, in ms. */
const GATHER = 400;
const WAIT = 15_000;

/**
 * @param {object} options
 * @param {string} options.room meeting and seat
 * @param {string} options.address of the marks of this meeting
 * @param {() => void} options.changed
 */
export function book({ room, address, changed }) {
  /** @type {Map<string, Kept>} */
  const all = new Map();
  /** @type {Map<number, Listed>} */
  const listed = new Map();
  /** @type {Set<string>} papers the server does not let this seat see now */
  const resting = new Set();
  const there = shelf(room);
  let isSafe = true;
  let failures = 0;
  let sending = false;
  let over = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** What is laid down next: whatever is drawn while the disk is busy goes together. */
  let waiting = { put: /** @type {Map<string, Kept>} */ (new Map()), removed: /** @type {Set<string>} */ (new Set()) };
  /** @type {Promise<void> | null} */
  let writing = null;

  const ready = there.read().then(
    (rows) => {
      // Whatever was on its way when the browser ended may have arrived.
      for (const kept of rows) if (!all.has(kept.id)) all.set(kept.id, { ...kept, tried: true });
      changed();
      later(0);
    },
    () => unsafe(),
  );

  function unsafe() {
    isSafe = false;
    changed();
  }

  /** @param {Kept[]} put @param {string[]} [removed] */
  function lay(put, removed = []) {
    for (const kept of put) {
      waiting.put.set(kept.id, kept);
      waiting.removed.delete(kept.id);
    }
    for (const id of removed) {
      waiting.put.delete(id);
      waiting.removed.add(id);
    }
    writing ??= write();
    return writing;
  }

  /** One write after the other: the shelf ends as the book does. */
  async function write() {
    try {
      while (!over && (waiting.put.size || waiting.removed.size)) {
        const { put, removed } = waiting;
        waiting = { put: new Map(), removed: new Set() };
        await there.write([...put.values()], [...removed]);
      }
    } catch {
      isSafe = false;
    }
    writing = null;
    changed();
  }

  /** @param {number} pause in ms */
  function later(pause) {
    clearTimeout(timer);
    if (!over) timer = setTimeout(() => void send(), pause);
  }

  async function send() {
    if (sending || over) return;
    const batch = nextBatch(all.values(), resting);
    if (!batch) return;
    sending = true;
    for (const id of [...batch.add.map((mark) => mark.id), ...batch.erase]) {
      const kept = all.get(id);
      if (kept) kept.tried = true;
    }
    try {
      const answer = await posted(batch);
      if (over) return;
      failures = 0;
      if (answer === null) resting.add(placeOf(batch));
      else {
        settle(batch, answer);
        // Drawn on a version that was replaced meanwhile: only the server knows where it stands now.
        if ((listed.get(batch.paper)?.file ?? batch.file) !== batch.file) void look(batch.paper);
      }
    } catch {
      failures += 1;
    } finally {
      sending = false;
    }
    if (nextBatch(all.values(), resting)) later(failures ? pauseAfter(failures) : 0);
    changed();
  }

  /** @param {import("./pending.js").Batch} batch @param {import("./pending.js").Answer} answer */
  function settle(batch, answer) {
    const put = [];
    const removed = [];
    for (const id of new Set([...batch.add.map((mark) => mark.id), ...batch.erase, ...batch.share.flatMap((each) => each.marks)])) {
      const kept = all.get(id);
      if (!kept) continue;
      const after = settled(kept, batch, answer);
      if (after) {
        if (after.state === "kept") after.at = Date.now();
        all.set(id, after);
        put.push(after);
      } else {
        all.delete(id);
        removed.push(id);
      }
    }
    void lay(put, removed);
  }

  /**
   * @param {import("./pending.js").Batch} batch
   * @returns {Promise<import("./pending.js").Answer | null>} null: this paper is not for this seat now
   */
  async function posted(batch) {
    const response = await fetch(address, {
      method: "POST",
      body: JSON.stringify(batch),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(WAIT),
    });
    if (response.status === 404 || response.status === 409) return null;
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  for (const news of ["online", "pageshow"]) addEventListener(news, () => wake());
  document.addEventListener("visibilitychange", () => void (document.hidden ? send() : wake()));

  /** The line is back, or a paper is. */
  function wake() {
    failures = 0;
    resting.clear();
    later(0);
  }

  return {
    ready,
    wake,
    /** False where nothing can be laid down on this device. */
    get isSafe() {
      return isSafe;
    },
    /** Whether everything drawn lies on the shelf. */
    get isLaid() {
      return writing === null;
    },
    /** How many the server does not know of yet. */
    get unsent() {
      return [...all.values()].filter(isPending).length;
    },
    /** The sentence of the last mark that was refused, or "". */
    get why() {
      return [...all.values()].filter((kept) => kept.state === "refused" && !kept.gone).pop()?.why ?? "";
    },
    /** Own marks on a version of a paper. @param {number} paper @param {string} file @returns {Mark[]} */
    own: (paper, file) => [...all.values()].filter((kept) => kept.paper === paper && kept.file === file && !kept.gone).map((kept) => kept.mark),
    /** What others share on a paper. @param {number} paper @returns {Mark[]} */
    shared: (paper) => listed.get(paper)?.shared ?? [],
    /** Own marks that stayed on an earlier version. @param {number} paper */
    left: (paper) => listed.get(paper)?.left ?? [],
    /**
     * Resolves when they lie on the shelf. They are on the page before.
     * @param {number} paper @param {string} file @param {Mark[]} marks
     */
    add(paper, file, marks) {
      const put = marks.map((mark) => {
        /** @type {Kept} */
        const kept = { id: mark.id, room, paper, file, mark, state: "new", tried: false, gone: false, share: null, why: "", at: Date.now() };
        all.set(mark.id, kept);
        return kept;
      });
      const laid = lay(put);
      later(GATHER);
      changed();
      return laid;
    },
    /** @param {string[]} ids */
    erase(ids) {
      const put = [];
      const removed = [];
      for (const id of ids) {
        const kept = all.get(id);
        if (!kept) continue;
        if (kept.state === "refused" || (kept.state === "new" && !kept.tried)) {
          all.delete(id);
          removed.push(id);
        } else {
          kept.gone = true;
          put.push(kept);
        }
      }
      const laid = lay(put, removed);
      later(GATHER);
      changed();
      return laid;
    },
    /** @param {string[]} ids @param {string} reach @param {number | null} to */
    share(ids, reach, to) {
      const put = [];
      for (const id of ids) {
        const kept = all.get(id);
        if (!kept || kept.gone || kept.state === "refused") continue;
        kept.mark = { ...kept.mark, reach, to };
        if (kept.state === "kept" || kept.tried) kept.share = { reach, to };
        put.push(kept);
      }
      void lay(put);
      later(0);
      changed();
    },
    /** Asks the server what there is on a paper. */
    look,
    /** The seat is lost: nothing of it stays. */
    async forget() {
      over = true;
      clearTimeout(timer);
      all.clear();
      listed.clear();
      await writing;
      await there.forget().catch(() => undefined);
    },
  };

  /** @param {number} paper */
  async function look(paper) {
    const asked = Date.now();
    const response = await fetch(`${address}?paper=${paper}`, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (over || !response) return;
    if (response.status === 404) listed.delete(paper);
    if (!response.ok) return changed();
    /** @type {Listed} */
    const answer = await response.json();
    await ready;
    if (over) return;
    listed.set(paper, answer);
    const known = [...all.values()].filter((kept) => kept.paper === paper);
    const { keep, drop } = merged(known, answer.own, { room, paper, file: answer.file, asked });
    const put = keep.filter((kept) => JSON.stringify(kept) !== JSON.stringify(all.get(kept.id)));
    for (const kept of put) all.set(kept.id, kept);
    for (const id of drop) all.delete(id);
    if (put.length || drop.length) void lay(put, drop);
    changed();
  }
}
