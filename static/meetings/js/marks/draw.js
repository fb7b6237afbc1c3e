// Marks as parts of an SVG in the page's own space.
import { icon } from "../screens/parts.js";
import { render } from "../../../vendor/lit-html/lit-html.js";
import { runs, STAMP } from "./shapes.js";
import { kindName, stampName } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} facts @returns {SVGElement} */
export function part(name, facts) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, String(value));
  return made;
}

/** @param {import("./shapes.js").Mark} mark @returns {SVGElement} */
export function drawn(mark) {
  const group = part("g", { class: `drawn drawn--${mark.kind} drawn--${mark.colour}${mark.by ? " drawn--shared" : ""}`, "data-mark": mark.id });
  if (mark.by) group.append(named(mark.by));
  if (mark.points) for (const { d, width } of runs(mark.points, mark.width ?? 1.4)) group.append(part("path", { d, "stroke-width": width.toFixed(2) }));
  for (const rect of mark.rects ?? []) group.append(rectangle(rect));
  if (mark.kind === "stamp" && mark.at) {
    const [x, y] = mark.at;
    const words = part("text", { x: x + STAMP.width / 2, y: y + STAMP.height / 2 + 5, "text-anchor": "middle" });
    words.textContent = stampName(mark.stamp ?? "");
    group.append(part("rect", { x: x + 1, y: y + 1, width: STAMP.width - 2, height: STAMP.height - 2, rx: 4 }), words);
  }
  return group;
}

/** @param {number[]} rect */
export function rectangle([x0, y0, x1, y1]) {
  return part("rect", { x: x0, y: y0, width: x1 - x0, height: y1 - y0, rx: 1.5 });
}

/** @param {string} name */
function named(name) {
  const title = part("title", {});
  title.textContent = name;
  return title;
}

/**
 * A note as a button that can be reached and read aloud.
 * @param {import("./shapes.js").Mark} mark @param {[number, number]} size of the page @param {(mark: import("./shapes.js").Mark) => void} open
 */
export function noteButton(mark, size, open) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `pagemarks__note pagemarks__note--${mark.colour}${mark.by ? " pagemarks__note--shared" : ""}`;
  button.dataset.mark = mark.id;
  button.setAttribute("aria-label", `${mark.by ? `${kindName("note")}, ${mark.by}` : kindName("note")}: ${(mark.text ?? "").slice(0, 80)}`);
  const [x, y] = mark.at ?? [0, 0];
  button.style.setProperty("left", `${(100 * x) / size[0]}%`);
  button.style.setProperty("top", `${(100 * y) / size[1]}%`);
  render(icon("note"), button);
  button.addEventListener("click", () => open(mark));
  return button;
}
