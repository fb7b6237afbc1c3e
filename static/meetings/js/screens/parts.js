// Small pieces every screen of the room uses.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";

const SHEET = new URL("../../../common/img/icons.svg", import.meta.url).pathname;

/**
 * An icon of the common sheet, always beside words.
 * @param {string} name without "i-"
 * @param {"" | "sm" | "lg" | "mark"} [size]
 */
export function icon(name, size = "") {
  const classes = size === "mark" ? "icon mark" : size ? `icon icon--${size}` : "icon";
  return html`<svg class=${classes} aria-hidden="true"><use href="${SHEET}#i-${name}"></use></svg>`;
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
