/**
 * The real text over a page image: transparent, selectable, read by screen readers in the document's own order.
 * Sizes hang on the custom property --scale (CSS pixels for a point), so zooming moves nothing but one number.
 *
 * @typedef {import("./page_source.js").Line} Line
 */

const FONT = "sans-serif";
const MEASURED_AT = 64;
/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/** How wide `text` would be at a font size of 1. @param {string} text */
function natural(text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (ruler === null) return 0;
  ruler.font = `${MEASURED_AT}px ${FONT}`;
  return ruler.measureText(text).width / MEASURED_AT;
}

/**
 * Where one line goes, in points: its own box before turning, and how far the letters must be stretched.
 * @param {Line} line
 * @param {(text: string) => number} width natural width of a text at font size 1
 */
export function placed([x0, y0, x1, y1, text, , turn = 0], width = natural) {
  const along = turn % 2 ? y1 - y0 : x1 - x0;
  const across = Math.max(turn % 2 ? x1 - x0 : y1 - y0, 1);
  const [left, top] = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]][turn];
  const unstretched = width(text) * across;
  return { left, top, size: across, turn, stretch: unstretched > 0 ? along / unstretched : 1 };
}

/**
 * Fill `layer` with the lines of a page.
 * @param {HTMLElement} layer @param {Line[]} lines
 */
export function fillTextLayer(layer, lines) {
  const parts = document.createDocumentFragment();
  for (const line of lines) {
    const { left, top, size, turn, stretch } = placed(line);
    const span = document.createElement("span");
    span.textContent = line[4];
    span.style.setProperty("--x", String(left));
    span.style.setProperty("--y", String(top));
    span.style.setProperty("--size", String(size));
    span.style.setProperty("transform", `rotate(${turn * 90}deg) scaleX(${stretch.toFixed(4)})`);
    // Copied text keeps its lines.
    const end = document.createElement("br");
    end.setAttribute("role", "presentation");
    parts.append(span, end);
  }
  layer.replaceChildren(parts);
}
