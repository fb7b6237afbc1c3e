/**
 * Words looked for in the open paper: where they stand, which of them the reader is at, and a small bar over the paper
 * that goes from one to the next.
 */

import { element } from "./elements.js";
import { SourceError } from "./page_source.js";

/** @typedef {import("./page_source.js").Hit} Hit */

export class Finder {
  /** @param {import("./viewer.js").PaperViewer} viewer @param {() => void} changed */
  constructor(viewer, changed) {
    this.viewer = viewer;
    this.changed = changed;
    this.words = "";
    /** @type {Hit[]} */
    this.hits = [];
    this.at = -1;
    this.more = false;
    this.unread = 0;
    /** What is wrong, in a sentence. */
    this.trouble = "";
    this.isBusy = false;
    this.asking = new AbortController();
    this.bar = this.#made();
    viewer.frame.append(this.bar);
  }

  /** @param {string} words */
  async ask(words) {
    this.clear();
    this.words = words.trim();
    if (!this.words) return this.changed();
    const { signal } = (this.asking = new AbortController());
    this.isBusy = true;
    this.changed();
    try {
      const found = await this.viewer.source?.search?.(this.words, { signal });
      if (signal.aborted) return;
      this.hits = found?.hits ?? [];
      this.more = found?.more ?? false;
      this.unread = found?.unread ?? 0;
    } catch (error) {
      if (signal.aborted) return;
      this.trouble = error instanceof SourceError ? error.message : gettext("This paper cannot be searched.");
    }
    this.isBusy = false;
    const here = this.hits.findIndex((hit) => hit.page >= this.viewer.page);
    if (this.hits.length) this.go(Math.max(here, 0));
    else this.changed();
  }

  /** Stand at find `at`. @param {number} at */
  go(at) {
    this.at = (at + this.hits.length) % this.hits.length;
    this.viewer.mark(this.hits, this.hits[this.at]);
    this.#tell();
    this.changed();
  }

  /** Forget what was looked for. */
  clear() {
    this.asking.abort();
    this.isBusy = false;
    this.words = this.trouble = "";
    this.hits = [];
    this.at = -1;
    this.more = false;
    this.unread = 0;
    this.viewer.mark([], null);
    this.#tell();
  }

  /** How many there are, in a sentence. */
  get told() {
    if (this.isBusy) return gettext("Searching…");
    if (this.trouble) return this.trouble;
    if (!this.words) return "";
    if (!this.hits.length) return this.unread ? gettext("Not found yet: the paper is still being read. Try again in a moment.") : gettext("Not found in this paper.");
    const pages = new Set(this.hits.map((hit) => hit.page)).size;
    if (this.more) return interpolate(gettext("More than %(count)s places; these are the first."), { count: this.hits.length }, true);
    const places = interpolate(ngettext("%(count)s place", "%(count)s places", this.hits.length), { count: this.hits.length }, true);
    return interpolate(ngettext("%(places)s on %(pages)s page", "%(places)s on %(pages)s pages", pages), { places, pages }, true);
  }

  #made() {
    const bar = element("div", "findbar");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", gettext("Found in this paper"));
    bar.hidden = true;
    /** @param {string} sign @param {string} name @param {() => void} press */
    const button = (sign, name, press) => {
      const made = element("button", "findbar__act");
      made.type = "button";
      made.setAttribute("aria-label", name);
      const icon = element("span", `findbar__sign findbar__sign--${sign}`);
      made.append(icon);
      made.addEventListener("click", press);
      return made;
    };
    this.count = element("output", "findbar__count");
    bar.append(
      button("up", gettext("Previous place"), () => this.go(this.at - 1)), this.count,
      button("down", gettext("Next place"), () => this.go(this.at + 1)),
      button("close", gettext("End the search"), () => (this.clear(), this.changed())),
    );
    return bar;
  }

  #tell() {
    this.bar.hidden = !this.hits.length;
    if (this.count) this.count.textContent = `${this.at + 1}/${this.hits.length}`;
  }
}
