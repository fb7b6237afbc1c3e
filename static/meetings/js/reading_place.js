// Where this tablet reads: with the chair, or somewhere of its own choice. The rules are in follow.js.
import { arrange } from "./agenda.js";
import { browse, papersOf, settle, start } from "./follow.js";

/** @param {import("./model.js").Room} room */
export function readingPlace(room) {
  /** @type {Map<number, number>} */
  const pages = new Map();

  return {
    view: start,
    /** @type {Map<number, number>} the version of each paper this screen knows; a later one is news */
    known: new Map(),
    /** @type {number | null} the item the chair looks at before going there */
    picked: null,
    /** After any change of the room. */
    follow() {
      const plan = arrange(room.sections.agenda);
      for (const paper of room.sections.papers ?? []) if (!this.known.has(paper.id)) this.known.set(paper.id, paper.version);
      this.view = settle(this.view, plan, room.sections.papers ?? [], room.sections.stage ?? {});
      if (this.picked !== null && !plan.flat.some((item) => item.id === this.picked)) this.picked = null;
    },
    /** @param {number} id of any item */
    browseItem(id) {
      const plan = arrange(room.sections.agenda);
      const papers = room.sections.papers ?? [];
      const own = papers.find((/** @type {{item: number}} */ paper) => paper.item === id);
      const first = own ?? papersOf(plan, papers, id)[0];
      this.view = browse(this.view, { item: id, paper: first?.id ?? null, page: first ? pages.get(first.id) ?? 1 : 1 });
    },
    /** @param {number} id */
    browsePaper(id) {
      const paper = room.sections.papers.find((/** @type {{id: number}} */ each) => each.id === id);
      this.view = browse(this.view, { item: paper.item, paper: id, page: pages.get(id) ?? 1 });
    },
    /** @param {number} page */
    browsePage(page) {
      this.view = browse(this.view, { page });
      if (this.view.paper !== null) pages.set(this.view.paper, page);
    },
    backToChair() {
      this.view = settle({ ...start, item: null }, arrange(room.sections.agenda), room.sections.papers ?? [], room.sections.stage ?? {});
      this.picked = null;
    },
  };
}
