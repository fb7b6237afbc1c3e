/** Small pictures of every page, drawn when they come in sight and given back when they leave it. */

import { element } from "./elements.js";

const WIDTH = 128;

export class Thumbnails {
  /** @param {import("./viewer.js").PaperViewer} viewer @param {(n: number) => void} chosen */
  constructor(viewer, chosen) {
    this.viewer = viewer;
    this.element = element("ol", "thumbs");
    /** @type {Map<Element, AbortController>} */
    this.drawing = new Map();
    this.watcher = new IntersectionObserver((seen) => seen.forEach((one) => (one.isIntersecting ? this.#draw(one.target) : this.#free(one.target))), { rootMargin: "160px" });
    this.element.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) chosen(Number(button.dataset.page));
    });
  }

  /** Another paper. @param {[number, number][]} pages */
  list(pages) {
    this.clear();
    this.element.replaceChildren(
      ...pages.map(([width, height], index) => {
        const line = element("li", "thumbs__line");
        const button = element("button", "thumbs__page");
        button.type = "button";
        button.dataset.page = String(index + 1);
        const place = element("span", "thumbs__place");
        place.style.setProperty("aspect-ratio", `${width} / ${height}`);
        const name = element("span", "thumbs__name");
        name.textContent = String(index + 1);
        button.setAttribute("aria-label", interpolate(gettext("Page %(page)s"), { page: index + 1 }, true));
        button.append(place, name);
        line.append(button);
        this.watcher.observe(button);
        return line;
      }),
    );
  }

  /** @param {number} n */
  mark(n) {
    this.element.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const button = this.element.querySelector(`[data-page="${n}"]`);
    button?.setAttribute("aria-current", "true");
    return button;
  }

  clear() {
    this.watcher.disconnect();
    for (const button of [...this.drawing.keys()]) this.#free(button);
    this.element.replaceChildren();
  }

  /** @param {Element} button */
  async #draw(button) {
    if (this.drawing.has(button)) return;
    const abort = new AbortController();
    this.drawing.set(button, abort);
    const n = Number(/** @type {HTMLElement} */ (button).dataset.page);
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const bitmap = await this.viewer.source?.getPage(n, WIDTH * ratio, { signal: abort.signal, ahead: true }).catch(() => null);
    if (!bitmap) return;
    if (!abort.signal.aborted) {
      const canvas = element("canvas", "thumbs__image");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
      button.querySelector(".thumbs__place")?.replaceChildren(canvas);
    }
    bitmap.close();
  }

  /** @param {Element} button */
  #free(button) {
    this.drawing.get(button)?.abort();
    this.drawing.delete(button);
    const canvas = button.querySelector("canvas");
    if (!canvas) return;
    canvas.width = canvas.height = 0;
    canvas.remove();
  }
}
