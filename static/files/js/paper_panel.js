/**
 * What a reader rarely needs, in one panel for every place a paper is read: search, contents, all pages, ways to look.
 * Whoever has a viewer gives it `onFacts`, `onPage` and `onLook` and puts `element` where there is room.
 */

import { element } from "./elements.js";
import { Finder } from "./finder.js";
import { Thumbnails } from "./thumbnails.js";

/** @typedef {"find"|"contents"|"pages"|"look"} Tab */

const KEPT = "dinh-paper-look";

export class PaperPanel {
  /** @param {import("./viewer.js").PaperViewer} viewer @param {() => void} [went] the reader chose a place */
  constructor(viewer, went = () => undefined) {
    this.viewer = viewer;
    this.went = went;
    this.element = element("div", "paperpanel");
    /** @type {Tab} */
    this.current = "find";
    this.field = element("input", "input");
    this.told = element("p", "paperpanel__told");
    this.list = element("ul", "paperpanel__found");
    /** @type {import("./page_source.js").Hit[] | null} */
    this.drawn = null;
    this.finder = new Finder(viewer, () => this.#showFound());
    this.thumbs = new Thumbnails(viewer, (n) => this.#go(n));
    /** @type {Record<Tab, {title: string, tab: HTMLButtonElement, body: HTMLElement}>} */
    this.tabs = {
      find: this.#tab("find", gettext("Search")), contents: this.#tab("contents", gettext("Contents")),
      pages: this.#tab("pages", gettext("Pages")), look: this.#tab("look", gettext("View")),
    };
    const list = element("div", "paperpanel__tabs");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", gettext("Reading the paper"));
    list.append(...Object.values(this.tabs).map(({ tab }) => tab));
    list.addEventListener("keydown", (event) => this.#keys(event));
    this.element.append(list, ...Object.values(this.tabs).map(({ body }) => body));
    this.#makeFind();
    this.#makeLook();
    this.tabs.pages.body.append(this.thumbs.element);
    this.choose("find");
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    if (["two", "flow"].includes(kept.layout)) viewer.setLayout(kept.layout);
    if (kept.fit === "page" || kept.fit === "width") viewer.fit(kept.fit);
    this.look();
  }

  /** Another paper is open. @param {import("./page_source.js").Facts} facts */
  facts(facts) {
    this.finder.clear();
    this.field.value = "";
    this.#showFound();
    const lines = facts.outline.map(([level, title, index]) => this.#line(title, index + 1, Math.min(level, 3)));
    this.tabs.contents.body.replaceChildren(...lines);
    this.tabs.contents.tab.hidden = lines.length === 0;
    this.tabs.find.tab.hidden = facts.may?.text === false || facts.kind === "image";
    this.thumbs.list(this.current === "pages" ? facts.pages : []);
    if (this.tabs[this.current].tab.hidden) this.choose(this.tabs.contents.tab.hidden ? "pages" : "contents");
    this.page(this.viewer.page);
  }

  /** Another page is read. @param {number} n */
  page(n) {
    const lines = /** @type {HTMLElement[]} */ ([...this.tabs.contents.body.children]);
    const here = lines.filter((line) => Number(line.dataset.page) <= n).pop();
    for (const line of lines) {
      if (line === here) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
    this.thumbs.mark(n);
  }

  /** The way of looking changed. */
  look() {
    const { layout, fitMode } = this.viewer;
    for (const [name, value] of [["layout", layout], ["fit", fitMode]]) {
      const choice = this.element.querySelector(`[name="paper-${name}"][value="${value}"]`);
      if (choice instanceof HTMLInputElement) choice.checked = true;
    }
  }

  /** @param {Tab} name */
  choose(name) {
    this.current = name;
    for (const [each, { tab, body }] of Object.entries(this.tabs)) {
      const isIt = each === name;
      tab.setAttribute("aria-selected", String(isIt));
      tab.tabIndex = isIt ? 0 : -1;
      body.hidden = !isIt;
    }
    if (name === "pages" && !this.thumbs.element.children.length) this.thumbs.list(this.viewer.facts?.pages ?? []);
    const here = name === "pages" ? this.thumbs.mark(this.viewer.page) : this.tabs[name].body.querySelector("[aria-current]");
    here?.scrollIntoView({ block: "center" });
  }

  /** Open at a tab, the keyboard in it. @param {Tab} name */
  open(name) {
    this.choose(name);
    if (name === "find") this.field.focus();
    else this.tabs[name].tab.focus();
  }

  /** @param {number} n */
  #go(n) {
    if (n !== this.viewer.page) this.viewer.moveTo(n);
    this.went();
  }

  /** @param {Tab} name @param {string} title */
  #tab(name, title) {
    const tab = element("button", "paperpanel__tab");
    tab.type = "button";
    tab.id = `paper-tab-${name}`;
    tab.textContent = title;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `paper-${name}`);
    tab.addEventListener("click", () => this.choose(name));
    const body = element("div", `paperpanel__body paperpanel__body--${name}`);
    body.id = `paper-${name}`;
    body.tabIndex = name === "pages" || name === "contents" ? 0 : -1;
    body.setAttribute("role", "tabpanel");
    body.setAttribute("aria-labelledby", tab.id);
    return { title, tab, body };
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const open = /** @type {Tab[]} */ (Object.keys(this.tabs)).filter((name) => !this.tabs[name].tab.hidden);
    const next = open[(open.indexOf(this.current) + way + open.length) % open.length];
    this.choose(next);
    this.tabs[next].tab.focus();
  }

  /** @param {string} title @param {number} page @param {number} level */
  #line(title, page, level) {
    const line = element("button", `paperpanel__line paperpanel__line--${level}`);
    line.type = "button";
    line.dataset.page = String(page);
    const name = element("span", "paperpanel__name");
    name.textContent = title;
    const number = element("small", "paperpanel__number");
    number.textContent = String(page);
    line.append(name, number);
    line.addEventListener("click", () => this.#go(page));
    return line;
  }

  #makeFind() {
    const form = element("form", "paperpanel__form");
    form.setAttribute("role", "search");
    const label = element("label", "visually-hidden");
    label.textContent = gettext("Words to find in this paper");
    this.field.type = "search";
    this.field.maxLength = 100;
    this.field.autocomplete = "off";
    this.field.enterKeyHint = "search";
    this.field.placeholder = gettext("Words, with or without accents");
    this.field.id = "paper-words";
    label.htmlFor = this.field.id;
    const press = element("button", "button button--primary");
    press.textContent = gettext("Find");
    form.append(label, this.field, press);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.finder.ask(this.field.value);
    });
    this.told.setAttribute("role", "status");
    this.list.addEventListener("click", (event) => {
      const line = /** @type {HTMLElement} */ (event.target).closest("button");
      if (!line) return;
      this.finder.go(Number(line.dataset.at));
      this.went();
    });
    this.tabs.find.body.append(form, this.told, this.list);
  }

  #showFound() {
    const { finder, told, list } = this;
    told.textContent = finder.told;
    if (this.drawn !== finder.hits) {
      this.drawn = finder.hits;
      list.replaceChildren(...finder.hits.map((hit, at) => this.#foundLine(hit, at)));
    }
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    list.querySelector(`[data-at="${finder.at}"]`)?.setAttribute("aria-current", "true");
  }

  /** @param {import("./page_source.js").Hit} hit @param {number} at */
  #foundLine(hit, at) {
    const row = element("li", "paperpanel__row");
    const line = element("button", "paperpanel__line");
    line.type = "button";
    line.dataset.at = String(at);
    const words = element("span", "paperpanel__name");
    const match = element("mark", "paperpanel__match");
    match.textContent = hit.match;
    words.append(hit.before, match, hit.after);
    const number = element("small", "paperpanel__number");
    number.textContent = String(hit.page);
    line.append(words, number);
    row.append(line);
    return row;
  }

  #makeLook() {
    const body = this.tabs.look.body;
    const { viewer } = this;
    body.append(
      this.#choices(gettext("Layout"), "layout", [["single", gettext("One page")], ["two", gettext("Two pages")], ["flow", gettext("All pages, scrolled")]], (value) => viewer.setLayout(/** @type {import("./viewer.js").Layout} */ (value))),
      this.#choices(gettext("Size of the page"), "fit", [["width", gettext("As wide as the screen")], ["page", gettext("The whole page")]], (value) => viewer.fit(/** @type {"width"|"page"} */ (value))),
    );
    const acts = element("div", "paperpanel__acts");
    for (const [name, press] of /** @type {[string, () => void][]} */ ([
      [gettext("Make the page smaller"), () => viewer.zoomOut()], [gettext("Make the page larger"), () => viewer.zoomIn()], [gettext("Turn the page a quarter"), () => viewer.rotate()],
    ])) {
      const button = element("button", "button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", press);
      acts.append(button);
    }
    body.append(acts);
  }

  /** @param {string} title @param {string} name @param {[string, string][]} options @param {(value: string) => void} chosen */
  #choices(title, name, options, chosen) {
    const group = element("fieldset", "paperpanel__choices");
    const legend = element("legend", "eyebrow");
    legend.textContent = title;
    group.append(legend);
    for (const [value, words] of options) {
      const label = element("label", "paperpanel__choice");
      const radio = element("input", "paperpanel__radio");
      radio.type = "radio";
      radio.name = `paper-${name}`;
      radio.value = value;
      radio.addEventListener("change", () => {
        chosen(value);
        localStorage.setItem(KEPT, JSON.stringify({ layout: this.viewer.layout, fit: this.viewer.fitMode }));
      });
      label.append(radio, words);
      group.append(label);
    }
    return group;
  }
}
