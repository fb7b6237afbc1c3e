// Words of a page between two places. Pure; lines are those of the viewer's text layer.

/**
 * @typedef {import("../../../files/js/page_source.js").Line} Line
 * @typedef {{line: number, letter: number}} Place before this letter of this line
 */

/**
 * The place in the text nearest to a point of the page, null on a page without text.
 * @param {Line[]} lines @param {number} x @param {number} y
 * @returns {Place | null}
 */
export function placeAt(lines, x, y) {
  let best = -1;
  let least = Infinity;
  for (const [index, [x0, y0, x1, y1]] of lines.entries()) {
    const across = Math.max(x0 - x, x - x1, 0);
    const down = Math.max(y0 - y, y - y1, 0);
    // Beside a line is nearer than above or below it: a finger slides along lines.
    const away = across + 3 * down;
    if (away < least) [least, best] = [away, index];
  }
  if (best < 0) return null;
  const [x0, y0, x1, y1, , edges, turn = 0] = lines[best];
  const along = [x - x0, y - y0, x1 - x, y1 - y][turn];
  let letter = 0;
  while (letter < edges.length - 1 && along > (edges[letter] + edges[letter + 1]) / 2) letter += 1;
  return { line: best, letter };
}

/**
 * What is between two places, widened to whole words: rectangles and the words themselves.
 * @param {Line[]} lines @param {Place} one @param {Place} other
 * @returns {{rects: number[][], quote: string}}
 */
export function between(lines, one, other) {
  const turned = one.line > other.line || (one.line === other.line && one.letter > other.letter);
  const [from, to] = turned ? [other, one] : [one, other];
  const rects = [];
  const words = [];
  for (let index = from.line; index <= to.line; index += 1) {
    const line = lines[index];
    const text = line[4];
    let first = index === from.line ? from.letter : 0;
    let last = index === to.line ? to.letter : text.length;
    while (first > 0 && isLetter(text[first - 1]) && isLetter(text[first] ?? " ")) first -= 1;
    while (last < text.length && last > 0 && isLetter(text[last]) && isLetter(text[last - 1])) last += 1;
    while (first < last && !text[first].trim()) first += 1;
    while (last > first && !text[last - 1].trim()) last -= 1;
    if (first >= last) continue;
    rects.push(rectOf(line, first, last));
    words.push(text.slice(first, last));
  }
  return { rects, quote: words.join("\n") };
}

/** @param {string} letter */
function isLetter(letter) {
  return /[\p{L}\p{N}\p{M}]/u.test(letter);
}

/** @param {Line} line @param {number} first @param {number} until */
function rectOf([x0, y0, x1, y1, , edges, turn = 0], first, until) {
  const [start, end] = [edges[first], Math.max(edges[until], edges[first] + 0.5)];
  const rect = [
    [x0 + start, y0, x0 + end, y1],
    [x0, y0 + start, x1, y0 + end],
    [x1 - end, y0, x1 - start, y1],
    [x0, y1 - end, x1, y1 - start],
  ][turn];
  return rect.map((value) => Math.round(value * 10) / 10);
}
