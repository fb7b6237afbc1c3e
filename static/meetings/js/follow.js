// What a tablet reads: following the chair, or browsing freely. Pure.
//
// Following moves with the chair. Free browsing is moved by nobody: only the reader, or a paper that is no longer his
// to see, ends it.

/**
 * @typedef {{id: number, item: number, title: string, number?: string, file: string, name?: string, size?: number,
 *   state: "waiting" | "ready" | "refused", reason?: string, pages: number, level: "normal" | "internal" | "restricted", named?: boolean,
 *   logged?: boolean, version: number, news?: {at: number, pages: [number, number][] | null, count?: number, removed?: number} | null}} Paper
 *
 * @typedef {object} View
 * @property {"follow" | "free"} mode
 * @property {number | null} item the item whose papers are offered
 * @property {number | null} paper
 * @property {number} page from 1
 */

import { topOf } from "./agenda.js";

/** @type {View} */
export const start = { mode: "follow", item: null, paper: null, page: 1 };

/**
 * Papers of an item of the first level and of its steps, in the order of the agenda.
 * @param {import("./agenda.js").Plan} plan
 * @param {Paper[]} papers
 * @param {number | null} item any item of the family
 */
export function papersOf(plan, papers, item) {
  const top = topOf(plan, item);
  if (!top) return papers.filter((paper) => paper.item === item);
  const ids = [top.id, ...top.steps.map((step) => step.id)];
  return ids.flatMap((id) => papers.filter((paper) => paper.item === id));
}

/**
 * Where the chair is: the page shown, else the first paper of the current item.
 * @param {import("./agenda.js").Plan} plan
 * @param {Paper[]} papers
 * @param {{item?: number, paper?: number, page?: number}} stage
 * @returns {{item: number | null, paper: number | null, page: number, shown: boolean}}
 */
export function chairPlace(plan, papers, stage) {
  const shown = papers.find((paper) => paper.id === stage.paper);
  if (shown) return { item: shown.item, paper: shown.id, page: stage.page ?? 1, shown: true };
  const item = plan.current?.id ?? null;
  const own = papers.find((paper) => paper.item === item && paper.state === "ready");
  const first = own ?? papersOf(plan, papers, item).find((paper) => paper.state === "ready") ?? papersOf(plan, papers, item)[0];
  return { item, paper: first?.id ?? null, page: 1, shown: false };
}

/**
 * What is read after the room changed.
 * @param {View} view
 * @param {import("./agenda.js").Plan} plan
 * @param {Paper[]} papers
 * @param {{item?: number, paper?: number, page?: number}} stage
 * @returns {View}
 */
export function settle(view, plan, papers, stage) {
  const place = chairPlace(plan, papers, stage);
  const followed = { mode: /** @type {const} */ ("follow"), item: place.item, paper: place.paper, page: place.page };
  if (view.mode === "free") {
    const gone = view.paper !== null && !papers.some((paper) => paper.id === view.paper);
    if (gone) return followed;
    const last = papers.find((paper) => paper.id === view.paper)?.pages ?? 0;
    return last && view.page > last ? { ...view, page: last } : view;
  }
  const stays = !place.shown && view.paper !== null && papersOf(plan, papers, place.item).some((paper) => paper.id === view.paper);
  return stays ? { ...view, item: place.item } : followed;
}

/**
 * The reader chose something himself.
 * @param {View} view
 * @param {Partial<Pick<View, "item" | "paper" | "page">>} choice
 * @returns {View}
 */
export function browse(view, choice) {
  return { ...view, ...choice, mode: "free" };
}

/**
 * True when free browsing happens to show what the chair shows.
 * @param {View} view
 * @param {{paper: number | null, page: number}} place
 */
export function together(view, place) {
  return view.paper === place.paper && view.page === place.page;
}
