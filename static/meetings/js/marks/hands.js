// What a pen, a finger or the ball of a hand means on a page that can be drawn on. Pure.

/** So long after the pen was lifted a hand still lies on the glass, in ms. */
export const PALM = 600;

/**
 * @param {object} touch
 * @param {string} touch.type of the pointer
 * @param {string} touch.tool chosen, or ""
 * @param {boolean} touch.fingers whether fingers draw too
 * @param {number} touch.sincePen ms since the pen was on or near the glass; Infinity: never
 * @param {boolean} touch.eraserEnd the other end of the pen
 * @returns {"pass" | "ignore" | string} a tool; "pass": the page is moved; "ignore": nothing happens
 */
export function meaning({ type, tool, fingers, sincePen, eraserEnd }) {
  if (type === "touch") {
    if (sincePen < PALM) return "ignore";
    return tool && fingers ? tool : "pass";
  }
  if (!tool) return "pass";
  return type === "pen" && eraserEnd ? "eraser" : tool;
}
