/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} className @returns {HTMLElementTagNameMap[K]} */
export function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
