// Sheets and dialogs: opened by data-open="id", closed by data-close, Esc or a press beside them.

/**
 * @param {string} id
 * @returns {HTMLDialogElement | null}
 */
function dialogOf(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLDialogElement ? found : null;
}

/** @param {string} id */
export function isOpen(id) {
  return Boolean(dialogOf(id)?.open);
}

/** @param {string} id */
export function closeDialog(id) {
  dialogOf(id)?.close();
}

/** @param {string} id */
export function openDialog(id) {
  const dialog = dialogOf(id);
  if (dialog && !dialog.open) dialog.showModal();
}

/** @param {(id: string, open: boolean) => void} changed */
export function watchDialogs(changed) {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opener = /** @type {HTMLElement | null} */ (target.closest("[data-open]"));
    if (opener) {
      target.closest("dialog")?.close();
      openDialog(opener.dataset.open ?? "");
      changed(opener.dataset.open ?? "", true);
    } else if (target.closest("[data-close]") || target instanceof HTMLDialogElement) {
      target.closest("dialog")?.close();
    }
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("close", () => changed(dialog.id, false));
  }
}

/** The switch for the dark screen; theme.js applies what it left before the next first paint. */
export function watchThemeSwitch() {
  const root = document.documentElement;
  for (const toggle of document.querySelectorAll("[data-theme-switch]")) {
    const tell = () => toggle.setAttribute("aria-checked", String(root.dataset.theme === "dark"));
    toggle.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      localStorage.setItem("dinh-room-theme", root.dataset.theme);
      tell();
    });
    tell();
  }
}
