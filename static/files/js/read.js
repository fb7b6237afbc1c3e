/** The bar around the viewer on a file's own page. The page number is kept in the address, so that it can be sent. */

import { PaperPanel } from "./paper_panel.js";
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
const side = /** @type {HTMLElement} */ (document.getElementById("reading-side"));
/** @type {Partial<Record<import("./paper_panel.js").Tab, HTMLElement>>} */
const openers = { find: part("find"), contents: part("contents"), look: part("look") };
const NARROW = matchMedia("(max-width: 60em)");

/** @type {PaperPanel | null} */
let panel = null;
const viewer = new PaperViewer(paper, {
  onPage: (n) => {
    number.value = String(n);
    previous.disabled = n <= 1;
    next.disabled = n >= viewer.pageCount;
    history.replaceState(null, "", n > 1 ? `#${n}` : location.pathname);
    panel?.page(n);
  },
  onLook: () => panel?.look(),
  onZoom: (zoom) => (part("percent").textContent = `${Math.round(zoom * 100)}%`),
  onFacts: (facts) => {
    part("count").textContent = String(facts.pages.length || "–");
    number.disabled = facts.pages.length < 2;
    panel?.facts(facts);
    for (const [name, button] of Object.entries(openers)) button.hidden = panel?.tabs[/** @type {import("./paper_panel.js").Tab} */ (name)].tab.hidden ?? true;
  },
});
panel = new PaperPanel(viewer, () => NARROW.matches && showPanel(false));
side.append(panel.element);

/** @param {boolean} open @param {import("./paper_panel.js").Tab} [tab] */
function showPanel(open, tab) {
  side.hidden = !open;
  for (const [name, button] of Object.entries(openers)) button.setAttribute("aria-expanded", String(open && name === tab));
  if (open && tab) panel?.open(tab);
}

for (const [name, button] of Object.entries(openers)) {
  const tab = /** @type {import("./paper_panel.js").Tab} */ (name);
  button.addEventListener("click", () => showPanel(side.hidden === true || panel?.current !== tab, tab));
}
previous.addEventListener("click", () => viewer.previous());
next.addEventListener("click", () => viewer.next());
part("smaller").addEventListener("click", () => viewer.zoomOut());
part("larger").addEventListener("click", () => viewer.zoomIn());
side.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const opener = openers[panel?.current ?? "find"];
  showPanel(false);
  (opener ?? viewer.room).focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || /** @type {HTMLElement} */ (event.target).matches("input, textarea")) return;
  event.preventDefault();
  showPanel(true, "find");
});
jump.addEventListener("submit", (event) => {
  event.preventDefault();
  viewer.moveTo(Number(number.value));
  number.value = String(viewer.page);
});
number.addEventListener("change", () => jump.requestSubmit());
addEventListener("hashchange", () => viewer.goTo(Number(location.hash.slice(1)) || 1));

viewer.open(paperAt(paper.dataset.base ?? ""), { page: Number(location.hash.slice(1)) || 1 });
