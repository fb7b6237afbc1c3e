// @ts-check
/**
 * Show a figure beside every menu entry (and on the bell) that carries `data-badge="name"`.
 * @param {string} name
 * @param {number} figure 0 hides it
 */
export function showBadge(name, figure) {
  for (const badge of document.querySelectorAll(`[data-badge="${CSS.escape(name)}"]`)) {
    badge.textContent = String(figure);
    /** @type {HTMLElement} */ (badge).hidden = figure === 0;
  }
}
