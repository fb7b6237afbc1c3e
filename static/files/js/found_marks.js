import { element } from "./elements.js";

/**
 * Boxes around what was found on a page, in its points.
 * @param {HTMLElement} layer
 * @param {import("./page_source.js").Hit[]} hits of this page
 * @param {import("./page_source.js").Hit | null} current the one the reader stands at
 */
export function markHits(layer, hits, current) {
  const boxes = hits.flatMap((hit) =>
    hit.boxes.map(([x0, y0, x1, y1]) => {
      const box = element("span", hit === current ? "viewer__hit viewer__hit--current" : "viewer__hit");
      for (const [name, value] of Object.entries({ x: x0, y: y0, w: x1 - x0, h: y1 - y0 })) {
        box.style.setProperty(`--${name}`, String(value));
      }
      return box;
    }),
  );
  layer.replaceChildren(...boxes);
}
