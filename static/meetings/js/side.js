// Which tab of the side is open on this device, and which tabs there are: what has a column of its own needs none.
import { PANELS } from "./screens/places.js";

/** The same widths as in css/side.css. */
const WIDTHS = { phone: "(max-width: 700px)", narrow: "(max-width: 1299px)" };

/** @param {import("./model.js").Room} room */
export function side(room) {
  const own = PANELS.filter((panel) => panel.roles.includes(room.me.role));
  const widths = { phone: matchMedia(WIDTHS.phone), narrow: matchMedia(WIDTHS.narrow) };
  const key = `${room.key}:panel`;
  let chosen = sessionStorage.getItem(key) ?? "";
  for (const width of Object.values(widths)) width.addEventListener("change", () => room.draw());

  const parts = {
    /** The tabs there are at this width. */
    get tabs() {
      return own.filter((panel) => !panel.column || widths[panel.column].matches);
    },
    get open() {
      const { tabs } = parts;
      return (tabs.find((panel) => panel.name === chosen) ?? tabs[0])?.name ?? "";
    },
    /** @param {string} name */
    choose(name) {
      chosen = name;
      sessionStorage.setItem(key, name);
      room.draw();
    },
    /** Puts the open one in front. */
    show() {
      const { open, tabs } = parts;
      document.querySelector("[data-panels]")?.toggleAttribute("hidden", tabs.some((panel) => panel.name === open && panel.column));
      for (const panel of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-panel]"))) {
        panel.hidden = panel.dataset.panel !== open;
      }
      for (const column of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-column]"))) {
        column.classList.toggle("is-put-away", column.dataset.column !== open && tabs.some((panel) => panel.name === column.dataset.column));
      }
    },
  };
  return parts;
}

/**
 * Makes a place for every panel of this role that the template does not bring itself.
 * @param {string} role
 */
export function furnish(role) {
  const place = document.querySelector("[data-panels]");
  if (!place) return;
  for (const panel of PANELS) {
    if (!panel.roles.includes(role) || !panel.draw) continue;
    const section = document.createElement("section");
    section.className = "side__panel";
    section.dataset.panel = panel.name;
    section.dataset.draw = `panel-${panel.name}`;
    section.id = `panel-${panel.name}`;
    section.tabIndex = 0;
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", `tab-${panel.name}`);
    section.hidden = true;
    place.append(section);
  }
}
