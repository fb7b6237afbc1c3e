// @ts-check
/** Passkeys are offered only where the browser has them; a refusal is said in a sentence, not in the console. */

// A passkey belongs to a name: at a bare IP address browsers refuse it.
const hasName = !/^[\d.]+$|:/.test(location.hostname);
if (window.PublicKeyCredential && hasName) {
  for (const part of document.querySelectorAll("[data-passkey-only]")) /** @type {HTMLElement} */ (part).hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-missing]")) /** @type {HTMLElement} */ (part).hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-passkey-failed]"));
  if (note) note.hidden = false;
});
