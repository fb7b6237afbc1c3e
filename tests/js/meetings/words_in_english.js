// In Node there is no catalogue: the message ids themselves are the sentences.
globalThis.gettext = (/** @type {string} */ sentence) => sentence;
globalThis.ngettext = (/** @type {string} */ one, /** @type {string} */ many, /** @type {number} */ n) => (n === 1 ? one : many);
