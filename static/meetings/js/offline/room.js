// The room and what of it lies on this device: kept up to date while the line is there, read from when it is not.
import { SourceError } from "../../../files/js/page_source.js";
import { attend, keeper } from "./keeper.js";
import { partsOf, placeOf } from "./lease.js";
import { PackedPaper } from "./pack_source.js";
import * as vault from "./vault.js";

/** @typedef {import("../../../files/js/page_source.js").PageSource} PageSource */

/** Milliseconds after entering within which the service worker is asked for: not while the room is being drawn. */
const CALM = { least: 5_000, spread: 25_000 };

/**
 * Asks the server, and the pack where the server does not answer.
 * @implements {PageSource}
 */
class ServerOrPack {
  /** @param {PageSource} server @param {() => Promise<PageSource | null>} pack */
  constructor(server, pack) {
    this.server = server;
    this.pack = pack;
    /** @type {PageSource | null} the pack once it was needed: a paper is not read from two places at a time */
    this.instead = null;
  }

  /**
   * @template T
   * @param {(source: PageSource) => Promise<T>} wish
   * @returns {Promise<T>}
   */
  async #had(wish) {
    if (this.instead) return wish(this.instead);
    try {
      return await wish(this.server);
    } catch (problem) {
      if (problem instanceof SourceError && problem.mayRetry) this.instead = await this.pack();
      if (!this.instead) throw problem;
      return wish(this.instead);
    }
  }

  /** @param {import("../../../files/js/page_source.js").Options} [options] */
  facts(options) {
    return this.#had((source) => source.facts(options));
  }

  /** @param {number} n @param {number} px @param {import("../../../files/js/page_source.js").Options} [options] */
  getPage(n, px, options) {
    return this.#had((source) => source.getPage(n, px, options));
  }

  /** @param {number} n @param {import("../../../files/js/page_source.js").Options} [options] */
  getText(n, options) {
    return this.#had((source) => source.getText(n, options));
  }

  /** @param {number} n @param {number} px @param {import("../../../files/js/page_source.js").Part} part @param {import("../../../files/js/page_source.js").Options} [options] */
  getTile(n, px, part, options) {
    return this.#had(async (source) => {
      if (!source.getTile) throw new SourceError("", false);
      return source.getTile(n, px, part, options);
    });
  }

  /** @param {string} words @param {import("../../../files/js/page_source.js").Options} [options] */
  async search(words, options) {
    if (!this.server.search) throw new SourceError(gettext("This paper cannot be searched."), false);
    return this.server.search(words, options);
  }

  /** @param {number} px */
  snapped(px) {
    return (this.instead ?? this.server).snapped?.(px) ?? px;
  }

  close() {
    this.server.close?.();
    this.instead?.close?.();
  }
}

/**
 * @param {import("../model.js").Room} room
 * @param {string} meeting
 */
export function takenAlong(room, meeting) {
  const { worker = "", verifying = "" } = JSON.parse(document.getElementById("offline-door")?.textContent ?? "{}");
  const address = room.me.urls?.take_along ?? "";
  const keeping = keeper({ meeting, address, files: room.me.urls?.files ?? "/tep/", verifying, worker }, room.draw);
  if (!address) keeping.taken.can = false;
  else {
    void keeping.look();
    setTimeout(() => !room.ended && void attend(worker), CALM.least + Math.random() * CALM.spread);
  }

  /**
   * A paper from the pack, null when it is not there whole.
   * @param {string} file
   */
  async function packed(file) {
    const pack = await vault.packOf(meeting).catch(() => undefined);
    const manifest = pack ? await vault.manifestOf(pack, verifying) : null;
    const paper = manifest?.papers.find((each) => each.file === file);
    if (!paper) return null;
    const held = await vault.held(meeting);
    return partsOf(paper).every((name) => held.has(placeOf(paper, name))) ? new PackedPaper(meeting, paper) : null;
  }

  return {
    taken: keeping.taken,
    take: () => void keeping.take(),
    remove: () => void keeping.remove(),
    /** The papers of this seat have changed. */
    changed: () => keeping.soon(),
    /** The line is back. */
    back() {
      if (keeping.taken.phase === "none") return;
      void vault.noteLine(meeting, null);
      keeping.soon(5_000);
    },
    /** @param {number} at when it was lost, the server's time */
    lost(at) {
      if (keeping.taken.phase !== "none") void vault.noteLine(meeting, at);
    },
    /**
     * @param {import("../follow.js").Paper} paper
     * @param {PageSource} usual
     * @returns {PageSource}
     */
    source: (paper, usual) => (address ? new ServerOrPack(usual, () => packed(paper.file)) : usual),
    /** @param {string} reason why the room was left: with the seat or the session the pack goes */
    end(reason) {
      if (reason === "absent" || reason === "session") void keeping.end();
      else keeping.stop();
    },
  };
}

/** @param {ReturnType<typeof takenAlong>} along */
export function offlineActs(along) {
  return { takeAlong: along.take, leaveBehind: along.remove };
}
