// The paper on the screen. Holds the viewer; told what to show, tells what the reader did.
import { paperAt } from "../../files/js/pdf_pages.js";
import { PaperPanel } from "../../files/js/paper_panel.js";
import { PaperViewer } from "../../files/js/viewer.js";

/** @typedef {import("../../files/js/page_source.js").PageSource} PageSource */

/**
 * @param {HTMLElement} container
 * @param {string} files address under which stored files are served
 * @param {"width" | "page"} fit
 * @param {(page: number) => void} moved the reader turned the page
 * @param {HTMLElement | null} beside where search, contents, pages and ways to look stand
 * @param {() => void} went something was chosen there
 * @param {(paper: import("./follow.js").Paper, usual: PageSource) => PageSource} [from] where a paper comes from when the usual
 * source is not to be asked, or not alone
 */
export function reader(container, files, fit, moved, beside, went, from = (_paper, usual) => usual) {
  /** @type {PaperViewer | null} */
  let viewer = null;
  /** @type {PaperPanel | null} */
  let panel = null;
  /** @type {string | null} */
  let opened = null;
  /** @type {Map<import("../../files/js/leaves.js").Layer, () => void>} */
  const layers = new Map();

  return {
    /** The open viewer, if a paper is open. */
    get viewer() {
      return viewer;
    },
    /** Lay something over the pages of every paper opened from now on; see files/js/leaves.js. @param {import("../../files/js/leaves.js").Layer} layer */
    addLayer(layer) {
      layers.set(layer, viewer?.addLayer(layer) ?? (() => undefined));
    },
    /**
     * @param {import("./follow.js").Paper | null} paper
     * @param {number} page from 1
     */
    show(paper, page) {
      const file = paper && paper.state === "ready" ? paper.file : null;
      container.hidden = file === null;
      if (file === null || paper === null) {
        this.close();
        return;
      }
      if (!viewer) {
        viewer = new PaperViewer(container, { onMove: moved, fit, onPage: (n) => panel?.page(n), onLook: () => panel?.look(), onFacts: (facts) => panel?.facts(facts) });
        panel = beside ? new PaperPanel(viewer, went) : null;
        if (panel) beside?.replaceChildren(panel.element);
        for (const layer of layers.keys()) layers.set(layer, viewer.addLayer(layer));
      }
      if (file !== opened) {
        opened = file;
        void viewer.open(from(paper, paperAt(`${files}${file}/`)), { page });
      } else if (viewer.page !== page) viewer.goTo(page);
    },
    /** Nothing of the paper stays in memory. */
    close() {
      opened = null;
      viewer?.destroy();
      beside?.replaceChildren();
      viewer = panel = null;
    },
  };
}
