// @ts-check
/** Passkeys are offered only where the browser has them; a refusal is said in a sentence, not in the console. */

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-only]")) /** @type {HTMLElement} */ (part).hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-missing]")) /** @type {HTMLElement} */ (part).hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-passkey-failed]"));
  if (note) note.hidden = false;
});
