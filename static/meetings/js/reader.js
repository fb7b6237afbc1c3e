// The paper on the screen. Holds the viewer; told what to show, tells what the reader did.
import { ServerPages } from "../../files/js/page_source.js";
import { PaperViewer } from "../../files/js/viewer.js";

/**
 * @param {HTMLElement} container
 * @param {string} files address under which stored files are served
 * @param {"width" | "page"} fit
 * @param {(page: number) => void} moved the reader turned the page
 */
export function reader(container, files, fit, moved) {
  /** @type {PaperViewer | null} */
  let viewer = null;
  /** @type {string | null} */
  let opened = null;

  return {
    /**
     * @param {import("./follow.js").Paper | null} paper
     * @param {number} page from 1
     */
    show(paper, page) {
      const file = paper && paper.state === "ready" ? paper.file : null;
      container.hidden = file === null;
      if (file === null) {
        this.close();
        return;
      }
      viewer ??= new PaperViewer(container, { onMove: moved, fit });
      if (file !== opened) {
        opened = file;
        void viewer.open(new ServerPages({ base: `${files}${file}/` }), { page });
      } else if (viewer.page !== page) viewer.goTo(page);
    },
    /** Nothing of the paper stays in memory. */
    close() {
      opened = null;
      viewer?.destroy();
      viewer = null;
    },
  };
}
