/** What the viewer says over the paper: that it is waiting, or why there is nothing to see and what can be done. */
export class Notice {
  constructor() {
    this.box = document.createElement("div");
    this.box.setAttribute("role", "status");
    this.box.hidden = true;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /** Say nothing. */
  clear() {
    clearTimeout(this.timer);
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** Say that something is on its way, if it is not there `after` ms. @param {string} sentence @param {number} [after] */
  wait(sentence, after = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const wheel = document.createElement("span");
      wheel.className = "viewer__wheel";
      this.#show("wait", [wheel, line(sentence)]);
    }, after);
  }

  /** Say why something cannot be shown. @param {string} sentence @param {() => void} [retry] */
  fail(sentence, retry) {
    clearTimeout(this.timer);
    /** @type {HTMLElement[]} */
    const parts = [line(sentence)];
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = gettext("Try again");
      button.addEventListener("click", retry, { once: true });
      parts.push(button);
    }
    this.#show("failed", parts);
  }

  /** @param {string} kind @param {HTMLElement[]} parts */
  #show(kind, parts) {
    this.box.className = `viewer__state viewer__state--${kind}`;
    this.box.replaceChildren(...parts);
    this.box.hidden = false;
  }
}

/** @param {string} sentence */
function line(sentence) {
  const made = document.createElement("p");
  made.className = "viewer__sentence";
  made.textContent = sentence;
  return made;
}
