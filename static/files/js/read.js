/** The bar around the viewer on a file's own page. The page number is kept in the address, so that it can be sent. */

import { paperAt } from "./pdf_pages.js";
import { PaperViewer } from "./viewer.js";

/** @template {HTMLElement} T @param {string} name @returns {T} */
function part(name) {
  return /** @type {T} */ (document.querySelector(`[data-reading="${name}"]`));
}

const paper = part("paper");
const jump = /** @type {HTMLFormElement} */ (part("jump"));
const number = /** @type {HTMLInputElement} */ (document.getElementById("reading-page"));
const previous = /** @type {HTMLButtonElement} */ (part("previous"));
const next = /** @type {HTMLButtonElement} */ (part("next"));
const contents = part("contents");
const list = /** @type {HTMLElement} */ (document.getElementById("reading-contents"));

const viewer = new PaperViewer(paper, {
  onPage: (n) => {
    number.value = String(n);
    previous.disabled = n <= 1;
    next.disabled = n >= viewer.pageCount;
    history.replaceState(null, "", n > 1 ? `#${n}` : location.pathname);
    markLine(n);
  },
  onZoom: (zoom) => (part("percent").textContent = `${Math.round(zoom * 100)}%`),
  onFacts: (facts) => {
    part("count").textContent = String(facts.pages.length || "–");
    number.disabled = facts.pages.length < 2;
    listContents(facts.outline);
  },
});

/** @param {[number, string, number][]} outline */
function listContents(outline) {
  contents.hidden = outline.length === 0;
  list.replaceChildren(
    ...outline.map(([level, title, index]) => {
      const line = document.createElement("button");
      line.type = "button";
      line.className = `reading__line reading__line--${Math.min(level, 3)}`;
      line.dataset.page = String(index + 1);
      const name = document.createElement("span");
      name.textContent = title;
      const page = document.createElement("small");
      page.textContent = String(index + 1);
      line.append(name, page);
      return line;
    }),
  );
}

/** Mark the line of the contents that page `n` belongs to. @param {number} n */
function markLine(n) {
  const lines = /** @type {HTMLElement[]} */ ([...list.children]);
  const current = lines.filter((line) => Number(line.dataset.page) <= n).pop();
  for (const line of lines) {
    if (line === current) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

/** @param {boolean} open */
function showContents(open) {
  list.hidden = !open;
  contents.setAttribute("aria-expanded", String(open));
  if (open) /** @type {HTMLElement | null} */ (list.querySelector("[aria-current]") ?? list.firstElementChild)?.focus();
}

previous.addEventListener("click", () => viewer.previous());
next.addEventListener("click", () => viewer.next());
part("smaller").addEventListener("click", () => viewer.zoomOut());
part("larger").addEventListener("click", () => viewer.zoomIn());
contents.addEventListener("click", () => showContents(list.hidden === true));
list.addEventListener("click", (event) => {
  const line = /** @type {HTMLElement} */ (event.target).closest("button");
  if (line) viewer.moveTo(Number(line.dataset.page));
});
list.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  showContents(false);
  contents.focus();
});
jump.addEventListener("submit", (event) => {
  event.preventDefault();
  viewer.moveTo(Number(number.value));
  number.value = String(viewer.page);
});
number.addEventListener("change", () => jump.requestSubmit());
addEventListener("hashchange", () => viewer.goTo(Number(location.hash.slice(1)) || 1));

viewer.open(paperAt(paper.dataset.base ?? ""), { page: Number(location.hash.slice(1)) || 1 });
