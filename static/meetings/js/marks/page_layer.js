// One page that can be drawn on: what is drawn stands there in the same frame, before anything is stored.
import { newId } from "../commands.js";
import { drawn, noteButton, part, rectangle } from "./draw.js";
import { meaning } from "./hands.js";
import { inside, onPage, simplified, STAMP, thickness, touches } from "./shapes.js";
import { between, placeAt } from "./text_range.js";

/**
 * @typedef {import("./shapes.js").Mark} Mark
 * @typedef {object} Hand what is chosen in the tools; one for all pages
 * @property {string} tool "" when the page is only read
 * @property {string} colour of this tool
 * @property {number} width
 * @property {string} stamp
 * @property {boolean} fingers whether fingers draw too
 * @property {number} penAt when the pen was last near the glass
 *
 * @typedef {object} Host
 * @property {Hand} hand
 * @property {(n: number) => Mark[]} marks everything to be seen on a page
 * @property {(marks: Mark[]) => void} made
 * @property {(ids: string[]) => void} erased
 * @property {(page: number, at: number[], quote: string) => void} write a note is to be written
 * @property {(mark: Mark) => void} open a note was pressed
 * @property {(n: number) => Promise<import("../../../files/js/page_source.js").Line[]>} lines of text of a page
 * @property {() => void} penSeen
 */

const CHUNK = 120;
const ERASER = 7;
const SHORTEST = 1.2;
const LONGEST = 3_000;

export class PageLayer {
  /** @param {number} n @param {HTMLElement} element @param {Host} host */
  constructor(n, element, host) {
    this.n = n;
    this.host = host;
    /** @type {import("../../../files/js/leaves.js").SheetPlace} */
    this.place = { scale: 1, rotation: 0, width: 595, height: 842 };
    this.box = document.createElement("div");
    this.box.className = "pagemarks";
    this.svg = part("svg", { class: "pagemarks__drawing", "aria-hidden": "true", preserveAspectRatio: "none" });
    this.fresh = part("g", { class: "pagemarks__fresh" });
    this.notes = document.createElement("div");
    this.notes.className = "pagemarks__notes";
    this.box.append(this.svg, this.notes);
    element.append(this.box);
    /** @type {Map<string, {mark: Mark, parts: Element}>} */
    this.shown = new Map();
    /** @type {null | {id: number, type: string, tool: string, points: number[], path: SVGElement | null, d: string, from: number, lines: any[], start: number[], gone: string[], preview: {rects: number[][], quote: string}}} */
    this.act = null;
    /** Touches that are the ball of a hand. @type {Set<number>} */
    this.palms = new Set();
    this.#listen();
  }

  get size() {
    return /** @type {[number, number]} */ ([this.place.width, this.place.height]);
  }

  /** @param {import("../../../files/js/leaves.js").SheetPlace} place */
  put(place) {
    this.place = place;
    this.svg.setAttribute("viewBox", `0 0 ${place.width} ${place.height}`);
    this.update();
  }

  /** Draw what came and take away what went; the rest is left alone. */
  update() {
    const { tool } = this.host.hand;
    this.box.classList.toggle("pagemarks--drawing", tool !== "");
    this.box.classList.toggle("pagemarks--fingers", tool !== "" && this.host.hand.fingers);
    this.box.dataset.tool = tool;
    const wanted = new Map(this.host.marks(this.n).map((mark) => [mark.id, mark]));
    for (const [id, { mark, parts }] of this.shown) {
      const now = wanted.get(id);
      if (now && (now === mark || JSON.stringify(now) === JSON.stringify(mark))) wanted.delete(id);
      else {
        parts.remove();
        this.shown.delete(id);
      }
    }
    for (const mark of wanted.values()) {
      const parts = mark.kind === "note" ? noteButton(mark, this.size, this.host.open) : drawn(mark);
      if (mark.kind === "note") this.notes.append(parts);
      else this.svg.append(parts);
      this.shown.set(mark.id, { mark, parts });
    }
  }

  remove() {
    this.#cancel();
    this.box.remove();
  }

  #listen() {
    const { box } = this;
    box.addEventListener("pointerdown", (event) => this.#down(event));
    box.addEventListener("pointermove", (event) => this.#move(event));
    box.addEventListener("pointerup", (event) => this.#up(event));
    box.addEventListener("pointercancel", (event) => {
      this.palms.delete(event.pointerId);
      if (this.act?.id === event.pointerId) this.#cancel();
    });
    // A touch that draws, or only rests, neither scrolls nor turns the page.
    for (const kind of /** @type {const} */ (["touchstart", "touchmove", "touchend"])) {
      box.addEventListener(
        kind,
        (event) => {
          if (!this.act && !this.palms.size) return;
          if (event.cancelable) event.preventDefault();
          event.stopPropagation();
        },
        { passive: false },
      );
    }
  }

  /** Where a point of the screen is on this page. @param {number} clientX @param {number} clientY */
  pointAt(clientX, clientY) {
    return onPage(this.box.getBoundingClientRect(), this.size, this.place.rotation, clientX, clientY);
  }

  /** @param {MouseEvent} event */
  #at(event) {
    return this.pointAt(event.clientX, event.clientY);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.target instanceof Element && event.target.closest(".pagemarks__note") && this.host.hand.tool !== "eraser") return;
    const { hand } = this.host;
    const sincePen = event.timeStamp - hand.penAt;
    if (event.pointerType === "pen") {
      if (hand.penAt === -Infinity) this.host.penSeen();
      hand.penAt = event.timeStamp;
    } else if (event.pointerType === "touch" && this.act?.type === "touch") {
      // A second finger: both move the page.
      this.#cancel();
      return;
    }
    const penDraws = this.act?.type === "pen";
    const means = meaning({ type: event.pointerType, tool: hand.tool, fingers: hand.fingers, sincePen: penDraws ? 0 : sincePen, eraserEnd: (event.buttons & 32) !== 0 });
    if (means === "ignore") this.palms.add(event.pointerId);
    if (means === "pass" || means === "ignore" || this.act || (event.button !== 0 && event.button !== 5)) return;
    event.preventDefault();
    this.box.setPointerCapture(event.pointerId);
    const at = this.#at(event);
    this.act = { id: event.pointerId, type: event.pointerType, tool: means, points: [], path: null, d: "", from: 0, lines: [], start: at, gone: [], preview: { rects: [], quote: "" } };
    this.svg.append(this.fresh);
    if (means === "pen") this.#extend([event]);
    else if (means === "eraser") this.#erase(at);
    else if (means === "highlight") void this.#readLines(this.act);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerType === "pen") this.host.hand.penAt = event.timeStamp;
    const { act } = this;
    if (!act || act.id !== event.pointerId) return;
    if (act.tool === "pen") this.#extend(event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]);
    else if (act.tool === "eraser") this.#erase(this.#at(event));
    else if (act.tool === "highlight") this.#stretch(act, this.#at(event));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.palms.delete(event.pointerId);
    const { act } = this;
    if (!act || act.id !== event.pointerId) return;
    const { hand } = this.host;
    const at = this.#at(event);
    const about = { id: newId(), page: this.n, colour: hand.colour };
    this.act = null;
    if (act.tool === "pen" && act.points.length) {
      this.host.made(pieces(rounded(simplified(act.points))).map((points) => ({ ...about, id: newId(), kind: "ink", width: hand.width, points })));
    }
    if (act.tool === "highlight" && act.preview.rects.length) this.host.made([{ ...about, kind: "highlight", ...act.preview }]);
    if (act.tool === "stamp") this.host.made([{ ...about, kind: "stamp", stamp: hand.stamp, at: inside([at[0] - STAMP.width / 2, at[1] - STAMP.height / 2], this.size, STAMP) }]);
    if (act.tool === "note") this.host.write(this.n, inside(at, this.size, { width: 24, height: 24 }), "");
    if (act.gone.length) this.host.erased(act.gone);
    this.fresh.replaceChildren();
  }

  #cancel() {
    const gone = this.act?.gone ?? [];
    this.act = null;
    this.fresh.replaceChildren();
    for (const id of gone) this.shown.get(id)?.parts.classList.remove("is-gone");
  }

  /** Draws on while the pen moves. @param {PointerEvent[]} events */
  #extend(events) {
    const { act } = this;
    if (!act) return;
    const { hand } = this.host;
    const box = this.box.getBoundingClientRect();
    for (const event of events) {
      const [x, y] = onPage(box, this.size, this.place.rotation, event.clientX, event.clientY);
      const pressure = event.pointerType === "pen" && event.pressure > 0 ? Math.round(event.pressure * 100) : 50;
      const last = act.points.length - 3;
      if (last >= 0 && Math.hypot(x - act.points[last], y - act.points[last + 1]) * this.place.scale < SHORTEST) continue;
      act.points.push(x, y, pressure);
      const turned = last >= 0 && thickness(pressure) !== thickness(act.points[last + 2]);
      if (!act.path || turned || act.points.length / 3 - act.from > CHUNK) {
        act.path = part("path", { "stroke-width": (hand.width * thickness(pressure)).toFixed(2) });
        act.path.setAttribute("class", `drawn--ink drawn--${hand.colour}`);
        act.d = last >= 0 ? `M${act.points[last].toFixed(1)} ${act.points[last + 1].toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
        act.from = act.points.length / 3;
        this.fresh.append(act.path);
      }
      act.d += `L${x.toFixed(1)} ${y.toFixed(1)}`;
    }
    act.path?.setAttribute("d", act.d);
  }

  /** @param {number[]} at */
  #erase([x, y]) {
    const near = ERASER / Math.max(this.place.scale, 0.3);
    for (const [id, { mark, parts }] of this.shown) {
      if (mark.by || this.act?.gone.includes(id) || !touches(mark, x, y, near)) continue;
      parts.classList.add("is-gone");
      this.act?.gone.push(id);
    }
  }

  /** @param {NonNullable<PageLayer["act"]>} act */
  async #readLines(act) {
    const lines = await this.host.lines(this.n).catch(() => []);
    if (this.act === act) act.lines = lines;
  }

  /** @param {NonNullable<PageLayer["act"]>} act @param {[number, number]} at */
  #stretch(act, at) {
    const from = placeAt(act.lines, act.start[0], act.start[1]);
    const to = placeAt(act.lines, at[0], at[1]);
    if (from && to) act.preview = between(act.lines, from, to);
    else {
      // A page that is a picture: the rectangle that was drawn.
      const rect = [Math.min(act.start[0], at[0]), Math.min(act.start[1], at[1]), Math.max(act.start[0], at[0]), Math.max(act.start[1], at[1])].map((value) => Math.round(value * 10) / 10);
      act.preview = { rects: rect[2] - rect[0] > 3 && rect[3] - rect[1] > 3 ? [rect] : [], quote: "" };
    }
    const group = part("g", { class: `drawn drawn--highlight drawn--${this.host.hand.colour}` });
    group.append(...act.preview.rects.map(rectangle));
    this.fresh.replaceChildren(group);
  }
}

/** A stroke too long for one mark goes on in the next. @param {number[]} points */
function pieces(points) {
  const found = [];
  for (let from = 0; from < Math.max(points.length - 3, 1); from += LONGEST * 3 - 3) found.push(points.slice(from, from + LONGEST * 3));
  return found;
}

/** @param {number[]} values */
function rounded(values) {
  return values.map((value) => Math.round(value * 10) / 10);
}

