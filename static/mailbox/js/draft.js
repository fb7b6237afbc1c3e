// Writing a message: keeps the draft's version in step with what the server saved, and what was typed on this device
// until the server has it (a closed tab or a cut line loses nothing).

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-draft]"));
const key = `draft:${form.dataset.draft}`;
const version = /** @type {HTMLInputElement} */ (form.elements.namedItem("version"));
const subject = /** @type {HTMLInputElement} */ (form.elements.namedItem("subject"));
const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));

// htmx listens from this event on, and it registered first: what is put back is saved like what is typed.
document.addEventListener("DOMContentLoaded", () => {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept && kept.version === version.value && (kept.subject !== subject.value || kept.text !== text.value)) {
    subject.value = kept.subject;
    text.value = kept.text;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// With script, choosing files uploads them at once: the browser's own field and its button step aside.
form.parentElement?.classList.add("write--scripted");
for (const button of document.querySelectorAll("[data-without-script]")) /** @type {HTMLElement} */ (button).tabIndex = -1;

form.addEventListener("input", () => {
  sessionStorage.setItem(key, JSON.stringify({ version: version.value, subject: subject.value, text: text.value }));
});

document.body.addEventListener("htmx:afterSwap", () => {
  const saved = document.querySelector("#saved [data-version]");
  if (saved instanceof HTMLElement && saved.dataset.version) version.value = saved.dataset.version;
});

// A refused saving answers with the whole page: show its sentence, keep what is typed.
document.body.addEventListener("htmx:responseError", (event) => {
  const answer = /** @type {CustomEvent} */ (event).detail.xhr?.responseText ?? "";
  const refusal = new DOMParser().parseFromString(answer, "text/html").querySelector("[data-error-summary]");
  const note = document.getElementById("saved");
  if (note) note.textContent = refusal?.textContent?.trim() || gettext("Not saved yet. Your text stays on this page.");
});
document.body.addEventListener("htmx:sendError", () => {
  const note = document.getElementById("saved");
  if (note) note.textContent = gettext("Not saved yet. Your text stays on this page.");
});
