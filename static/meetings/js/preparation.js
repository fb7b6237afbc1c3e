// Papers are sent one by one as soon as they are chosen, each with its own progress and its own answer.
// What is half written anywhere on the page survives when another act redraws the part it stands in.

import { arrangeAgenda } from "./arrange.js";
import { tend } from "./poll_form.js";

/** A random number for one act, also where the page is not a secure context. @returns {string} */
function newCommand() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Send one file of a form.
 * @param {HTMLFormElement} form
 * @param {File} file
 * @param {(share: number) => void} onProgress share of 1
 * @returns {Promise<string>} the sentence of a refusal, "" when it was kept
 */
function send(form, file, onProgress) {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "item"]) {
    data.append(name, /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value);
  }
  data.append("command", newCommand());
  data.append("papers", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / (event.total || 1)));
    request.addEventListener("error", () => resolve(gettext("The connection was lost. Choose the file again.")));
    request.addEventListener("load", () => {
      if (request.status === 200) return resolve("");
      if (request.status === 413) return resolve(gettext("The file is too large for this server."));
      try {
        resolve(JSON.parse(request.responseText).error);
      } catch {
        resolve(gettext("The file could not be sent. Reload the page and try again."));
      }
    });
    request.send(data);
  });
}

/** Fetch the papers of an item again. @param {HTMLFormElement} form */
async function refresh(form) {
  const place = document.getElementById(form.dataset.target ?? "");
  const answer = await fetch(form.dataset.refresh ?? "", { headers: { "X-Requested-With": "fetch" } });
  if (!place || !answer.ok || place.querySelector("details[open]")) return;
  place.innerHTML = await answer.text();
  /** @type {any} */ (window).htmx?.process(place);
}

/** @param {HTMLFormElement} form */
function enhance(form) {
  if (form.dataset.enhanced !== undefined) return;
  form.dataset.enhanced = "";
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("papers"));
  const list = /** @type {HTMLElement} */ (form.querySelector("[data-progress]"));
  input.addEventListener("change", async () => {
    const files = Array.from(input.files ?? []);
    input.value = "";
    list.replaceChildren();
    for (const file of files) {
      const line = document.createElement("li");
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", file.name);
      line.append(file.name, bar);
      list.append(line);
      const refusal = await send(form, file, (share) => {
        if (share < 1) bar.value = share;
        else bar.removeAttribute("value");
      });
      bar.remove();
      if (refusal) {
        line.textContent = refusal.startsWith(file.name) ? refusal : `${file.name}: ${refusal}`;
        line.classList.add("is-refused");
      } else {
        line.remove();
        await refresh(form);
      }
    }
  });
}

/** What tells one form of the page from all others. @param {HTMLFormElement} form @returns {string} */
function formKey(form) {
  const names = ["item", "paper", "target", "parent", "site", "poll"];
  const values = names.map((name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  });
  return [form.getAttribute("action"), ...values].join("|");
}

/** The fields of a form that a person fills. @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
function typedFields(form) {
  return /** @type {HTMLInputElement[]} */ (Array.from(form.elements)).filter(
    (field) => field.name && !["hidden", "file", "submit"].includes(field.type),
  );
}

/** @type {Map<string, {value: string, checked: boolean}[]>} */
const halfWritten = new Map();

document.addEventListener("input", (event) => {
  const form = /** @type {HTMLInputElement} */ (event.target).form;
  if (form?.method === "post") form.dataset.dirty = "";
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const sent = /** @type {CustomEvent} */ (event).detail.requestConfig?.elt;
  halfWritten.clear();
  for (const form of document.querySelectorAll("form[data-dirty]")) {
    if (form === sent) continue;
    const fields = typedFields(/** @type {HTMLFormElement} */ (form));
    halfWritten.set(
      formKey(/** @type {HTMLFormElement} */ (form)),
      fields.map((field) => ({ value: field.value, checked: field.checked })),
    );
  }
});

/** Put back what was half written into the forms that were drawn anew. */
function restore() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form:not([data-dirty])"))) {
    const kept = halfWritten.get(formKey(form));
    const fields = typedFields(form);
    if (!kept || kept.length !== fields.length) continue;
    fields.forEach((field, place) => {
      field.checked = kept[place].checked;
      field.value = kept[place].value;
    });
    form.dataset.dirty = "";
    for (let fold = form.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  }
  halfWritten.clear();
}

/** @param {ParentNode} root */
function enhanceAll(root) {
  for (const form of root.querySelectorAll("form[data-upload]")) enhance(/** @type {HTMLFormElement} */ (form));
  for (const form of root.querySelectorAll("form[data-poll-form]")) tend(/** @type {HTMLFormElement} */ (form));
}

enhanceAll(document);
arrangeAgenda();
document.addEventListener("htmx:afterSettle", () => {
  enhanceAll(document);
  restore();
});
