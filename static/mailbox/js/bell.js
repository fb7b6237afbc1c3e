// Keeps the unread figure live on every staff page: the bell, the menu and the folders carry data-badge="mailbox".

import { showBadge } from "../../desk/js/badges.js";
import { connect } from "../../live/js/transport.js";

/** @type {{owner: string}} */
const facts = JSON.parse(document.getElementById("mailbox-facts")?.textContent ?? "null");

if (facts) {
  /** @type {number | undefined} */
  let newest;
  connect({
    kind: "mailbox",
    ref: facts.owner,
    snapshot: null,
    onSections(_names, sections) {
      showBadge("mailbox", sections.unread);
      const last = sections.arrivals[0]?.at ?? 0;
      if (newest !== undefined && last > newest) {
        const note = document.querySelector("[data-mail-new]");
        if (note) /** @type {HTMLElement} */ (note).hidden = false;
      }
      newest = Math.max(newest ?? 0, last);
    },
    onState() {},
  });
}
