// Small pieces every screen of the room uses.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";

const FILE = new URL("../../../common/img/icons.svg", import.meta.url).pathname;
let sheet = FILE;

/**
 * Brings the icons into the page itself, so that one that was never drawn before can be drawn without the network.
 * @returns {Promise<SVGElement | null>} what was put into the page, null when it could not be had
 */
export async function bringIcons() {
  const answer = await fetch(FILE).catch(() => null);
  if (!answer?.ok) return null;
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  const icons = /** @type {SVGElement} */ (/** @type {unknown} */ (document.importNode(drawn, true)));
  icons.setAttribute("class", "visually-hidden");
  icons.setAttribute("aria-hidden", "true");
  document.body.append(icons);
  sheet = "";
  return icons;
}

/**
 * An icon of the common sheet, always beside words.
 * @param {string} name without "i-"
 * @param {"" | "sm" | "lg" | "mark"} [size]
 */
export function icon(name, size = "") {
  const classes = size === "mark" ? "icon mark" : size ? `icon icon--${size}` : "icon";
  return html`<svg class=${classes} aria-hidden="true"><use href="${sheet}#i-${name}"></use></svg>`;
}

/**
 * An empty list says what it will hold.
 * @param {string} sign icon name
 * @param {string} title
 * @param {string} [text]
 */
export function empty(sign, title, text = "") {
  return html`<div class="empty"><span class="empty__sign">${icon(sign)}</span><p class="empty__title">${title}</p>${text ? html`<p class="empty__text">${text}</p>` : nothing}</div>`;
}

/**
 * A round sign with a person's letters.
 * @param {string} letters
 * @param {string} [role]
 */
export function avatar(letters, role = "") {
  const kind = role === "chair" ? "avatar avatar--lead" : role === "observer" || role === "invited" ? "avatar avatar--guest" : "avatar";
  return html`<span class=${kind} aria-hidden="true">${letters}</span>`;
}

/**
 * That an item is, or will be, held behind closed doors.
 * @param {import("../agenda.js").Item} item
 */
export function lock(item) {
  return item.closed ? html`<span class="is-locked" role="img" aria-label=${gettext("Closed session")} title=${gettext("Closed session")}>${icon("lock", "sm")}</span>` : nothing;
}
