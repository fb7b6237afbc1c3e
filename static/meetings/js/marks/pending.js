// What has been drawn here and what the server knows of it. Pure: records in, records out.

/**
 * @typedef {import("./shapes.js").Mark} Mark
 * @typedef {object} Kept what this device keeps of one own mark
 * @property {string} id
 * @property {string} room meeting and seat
 * @property {number} paper
 * @property {string} file the version it was drawn on
 * @property {Mark} mark
 * @property {"new" | "kept" | "refused"} state
 * @property {boolean} tried it may have arrived although nobody said so
 * @property {boolean} gone erased here; the server has not said yet that it knows
 * @property {{reach: string, to: number | null} | null} share wished for; not confirmed yet
 * @property {string} why the server's sentence, when it was refused
 * @property {number} at
 *
 * @typedef {{paper: number, file: string, add: Mark[], erase: string[], share: {marks: string[], reach: string, to: number | null}[]}} Batch
 * @typedef {{stored: string[], erased: string[], refused: Record<string, string>}} Answer
 */

const MOST = 100;
const MOST_BYTES = 250_000;

/** Whether the server must still be told of it. @param {Kept} kept */
export function isPending(kept) {
  return kept.state === "new" || kept.gone || kept.share !== null;
}

/**
 * What is sent next: of one version of one paper, oldest first.
 * @param {Iterable<Kept>} all
 * @param {Set<string>} [resting] papers (`paper/file`) that cannot be sent now
 * @returns {Batch | null}
 */
export function nextBatch(all, resting = new Set()) {
  /** @type {Batch | null} */
  let batch = null;
  let size = 0;
  let count = 0;
  for (const kept of all) {
    if (!isPending(kept) || resting.has(placeOf(kept))) continue;
    batch ??= { paper: kept.paper, file: kept.file, add: [], erase: [], share: [] };
    if (kept.paper !== batch.paper || kept.file !== batch.file) continue;
    if (kept.gone) batch.erase.push(kept.id);
    else if (kept.state === "new") {
      const bytes = JSON.stringify(kept.mark).length;
      if (count && size + bytes > MOST_BYTES) break;
      size += bytes;
      batch.add.push(kept.mark);
    } else if (kept.share) addShare(batch, kept.id, kept.share);
    if ((count += 1) >= MOST) break;
  }
  return batch;
}

/** @param {Kept | Batch} of */
export function placeOf(of) {
  return `${of.paper}/${of.file}`;
}

/** @param {Batch} batch @param {string} id @param {{reach: string, to: number | null}} wish */
function addShare(batch, id, wish) {
  const known = batch.share.find((each) => each.reach === wish.reach && each.to === wish.to);
  if (known) known.marks.push(id);
  else batch.share.push({ marks: [id], ...wish });
}

/**
 * What is left to do after the server answered a batch; null: nothing of it need be kept here.
 * @param {Kept} kept as it is now, which may not be as it was sent
 * @param {Batch} batch @param {Answer} answer
 * @returns {Kept | null}
 */
export function settled(kept, batch, answer) {
  if (answer.erased.includes(kept.id)) return null;
  if (kept.id in answer.refused) return kept.gone ? null : { ...kept, state: "refused", why: answer.refused[kept.id] };
  let after = kept;
  const sent = batch.add.find((mark) => mark.id === kept.id);
  if (answer.stored.includes(kept.id)) {
    const moved = sent && (sent.reach !== kept.mark.reach || sent.to !== kept.mark.to);
    after = { ...after, state: "kept", share: moved ? { reach: kept.mark.reach ?? "me", to: kept.mark.to ?? null } : after.share };
  }
  const wish = batch.share.find((each) => each.marks.includes(kept.id));
  if (wish && after.share && wish.reach === after.share.reach && wish.to === after.share.to) after = { ...after, share: null };
  return after;
}

/**
 * Own marks of a paper after the server listed those it has: its list is the truth but for what is under way.
 * @param {Kept[]} known of this paper
 * @param {Mark[]} listed by the server
 * @param {{room: string, paper: number, file: string, asked: number}} about `asked`: when the list was asked for
 * @returns {{keep: Kept[], drop: string[]}}
 */
export function merged(known, listed, { room, paper, file, asked }) {
  const there = new Map(listed.map((mark) => [mark.id, mark]));
  const keep = [];
  const drop = [];
  for (const kept of known) {
    const mark = there.get(kept.id);
    there.delete(kept.id);
    // What was stored after the list was asked for is not in it and yet there.
    if (mark === undefined && kept.state === "kept" && !kept.gone && kept.at < asked) drop.push(kept.id);
    else if (mark === undefined && kept.gone && kept.state === "kept") drop.push(kept.id);
    else if (mark !== undefined) keep.push({ ...kept, file, state: /** @type {const} */ ("kept"), mark: kept.share ? { ...mark, ...kept.share } : mark });
    else keep.push(kept);
  }
  for (const mark of there.values()) {
    keep.push({ id: mark.id, room, paper, file, mark, state: /** @type {const} */ ("kept"), tried: true, gone: false, share: null, why: "", at: 0 });
  }
  return { keep, drop };
}

/** The pause before the next attempt, in ms: longer each time, never the same for all. @param {number} failures @param {() => number} [random] */
export function pauseAfter(failures, random = Math.random) {
  return Math.min(1000 * 2 ** failures, 30_000) * (0.5 + random() / 2);
}
