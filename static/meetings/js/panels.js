// What opens and closes over the room: sheets, the agenda's drawer, and which messages have been seen.
import { isOpen, watchDialogs, watchThemeSwitch } from "./dialogs.js";

/** @param {string} selector */
export function found(selector) {
  return /** @type {HTMLElement | null} */ (document.querySelector(selector));
}

/** @param {import("./model.js").Room} room */
export function panels(room) {
  const list = found("[data-draw=messages]");
  const inSheet = list?.closest("dialog") !== null;
  const newest = () => Math.max(0, ...(room.sections.messages ?? []).map((/** @type {{id: number}} */ each) => each.id));
  const kept = sessionStorage.getItem(`${room.key}:read`);

  const parts = {
    drawer: false,
    /** The newest message read. */
    lastRead: kept === null ? newest() : Number(kept),
    /** Takes note of what is on the screen now. */
    see() {
      const seen = Boolean(list) && !document.hidden && (inSheet ? isOpen("messages") : (list?.offsetParent ?? null) !== null);
      if (seen) markRead();
    },
    /** @param {boolean} open */
    openDrawer(open) {
      if (parts.drawer === open) return;
      parts.drawer = open;
      found("#agenda")?.classList.toggle("is-open", open);
      found("[data-drawer-scrim]")?.toggleAttribute("hidden", !open);
      for (const part of document.querySelectorAll("#reader, .thumbbar")) part.toggleAttribute("inert", open);
      room.draw();
      found(open ? "#agenda [data-drawer-close]" : ".current__open")?.focus();
    },
    forget: () => sessionStorage.removeItem(`${room.key}:read`),
  };

  function markRead() {
    parts.lastRead = Math.max(parts.lastRead, newest());
    sessionStorage.setItem(`${room.key}:read`, String(parts.lastRead));
    const scrolled = list?.closest("[data-scroll]") ?? list;
    queueMicrotask(() => scrolled?.scrollTo({ top: scrolled.scrollHeight }));
  }

  watchDialogs((id, open) => {
    if (id === "messages" && open) markRead();
    room.draw();
  });
  found("[data-drawer-close]")?.addEventListener("click", () => parts.openDrawer(false));
  found("[data-drawer-scrim]")?.addEventListener("click", () => parts.openDrawer(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && parts.drawer) parts.openDrawer(false);
  });
  addEventListener("visibilitychange", () => parts.see());
  watchThemeSwitch();
  return parts;
}
