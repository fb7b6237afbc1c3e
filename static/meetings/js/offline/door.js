// On every page of the staff side, signed in or not: first contact for what lies on this device, and an empty device
// when somebody signs out.
import { sendLeft } from "../marks/leaving.js";
import { emptyDevice, firstContact } from "./contact.js";

const { home = "", verifying = "", signOut = "" } = JSON.parse(document.getElementById("offline-door")?.textContent ?? "{}");

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action, location.href).pathname !== signOut || form.dataset.emptied) return;
  event.preventDefault();
  form.dataset.emptied = "";
  void sendLeft(home).catch(() => undefined).then(emptyDevice).then(() => form.submit());
});

if (globalThis.indexedDB && globalThis.crypto?.subtle) void firstContact(home, verifying);
