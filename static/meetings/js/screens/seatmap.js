// The map of the hall: who is here, who speaks; or any other colouring, such as how everybody voted.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { standingOf } from "../attendance.js";
import { fill, initials } from "../words.js";
import { icon } from "./parts.js";

/**
 * @typedef {{row: number, column: number, seat: number | null, post: string}} Place
 * @typedef {{rows?: number, columns?: number, places?: Place[]}} Seatmap empty where no hall was drawn
 * @typedef {{tone: "present" | "absent" | "late" | "speaking" | "yes" | "no" | "blank" | "", sign?: string, words: string}} Colour
 *   a tone of the component "seat", the icon that says the same without colour, and the words for it
 */

/**
 * Presence and who speaks.
 * @param {import("../model.js").Model} m
 * @param {number} seat
 * @returns {Colour}
 */
export function presenceColour(m, seat) {
  if (m.floor.speaking?.seat === seat) return { tone: "speaking", sign: "mic", words: gettext("speaking") };
  const known = (m.people.seats ?? []).find((each) => each.id === seat);
  const standing = standingOf(m.attendance, known ?? { id: seat, present: false });
  if (standing === "here") return { tone: "present", words: gettext("present") };
  if (standing === "left") return { tone: "late", sign: "clock", words: gettext("has gone") };
  return standing === "connected" ? { tone: "", words: gettext("connected") } : { tone: "absent", words: gettext("absent") };
}

/** With more columns than this a chair has no room for letters: colour and sign alone are drawn. */
const DENSE = 9;

/**
 * The map, the chair's table above. Nothing where no hall was drawn.
 * @param {import("../model.js").Model} m
 * @param {{colour?: (seat: number) => Colour | null, press?: (place: Place) => void, picked?: number | null, blank?: (row: number, column: number) => void}} [options]
 *   colour: of a seat, null for none; press: makes every chair a button; blank: makes gaps buttons too
 */
export function drawSeatMap(m, { colour = (seat) => presenceColour(m, seat), press, picked = null, blank } = {}) {
  const { rows = 0, columns = 0, places = [] } = m.seatmap;
  if (!places.length) return nothing;
  /** @type {Map<string, Place>} */
  const at = new Map(places.map((place) => [`${place.row}/${place.column}`, place]));
  const lines = Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => ({ row: row + 1, column: column + 1, place: at.get(`${row + 1}/${column + 1}`) })));
  return html`<div class="seatmap ${columns > DENSE && !press ? "seatmap--dense" : ""}" role="group" tabindex=${press ? nothing : "0"} aria-label=${gettext("Map of the hall")}><p class="seatmap__front">${gettext("Chair's table")}</p>${lines.map((line) => html`<div class="seatmap__row" role="group" aria-label=${fill(gettext("Row %(row)s"), { row: line[0].row })}>${line.map(({ row, column, place }) => (place ? drawPlace(place, place.seat === null ? null : colour(place.seat), press, picked) : blank ? html`<button class="seatmap__gap seatmap__gap--add" type="button" aria-label=${fill(gettext("Put a chair: row %(row)s, column %(column)s"), { row, column })} @click=${() => blank(row, column)}>${icon("plus", "sm")}</button>` : html`<span class="seatmap__gap"></span>`))}</div>`)}</div>`;
}

/**
 * @param {Place} place
 * @param {Colour | null} colour
 * @param {((place: Place) => void) | undefined} press
 * @param {number | null} picked
 */
function drawPlace(place, colour, press, picked) {
  const where = fill(gettext("row %(row)s, column %(column)s"), { row: place.row, column: place.column });
  const label = place.seat === null ? fill(gettext("Free chair, %(where)s"), { where }) : `${initials(place.post)}, ${place.post}, ${where}${colour ? `: ${colour.words}` : ""}`;
  const classes = `seat ${place.seat === null ? "seat--free" : colour?.tone ? `seat--${colour.tone}` : ""} ${place.seat !== null && place.seat === picked ? "is-picked" : ""}`;
  const body = html`${place.seat === null ? nothing : initials(place.post) || "•"}${colour?.sign ? html`<span class="seat__sign">${icon(colour.sign)}</span>` : nothing}`;
  if (!press) return html`<span class=${classes} role="img" aria-label=${label} title=${label} data-place=${place.seat ?? ""}>${body}</span>`;
  return html`<button class=${classes} type="button" aria-label=${label} title=${label} aria-pressed=${place.seat !== null && place.seat === picked} data-row=${place.row} data-column=${place.column} data-place=${place.seat ?? ""} data-drag=${place.seat ?? nothing} @click=${() => press(place)}>${body}</button>`;
}

/** @param {import("../model.js").Model} m */
export function drawLiveMap(m) {
  if (!m.seatmap.places?.length) return nothing;
  return html`${drawSeatMap(m)}<ul class="seatmap__key">
    <li><span class="seat seat--present"></span>${gettext("present")}</li><li><span class="seat seat--speaking"></span>${gettext("speaking")}</li><li><span class="seat seat--absent"></span>${gettext("absent")}</li></ul>`;
}

/**
 * The secretary's drawing board: press a person and then a chair, or drag.
 * @param {import("../model.js").Model} m
 */
export function drawHallBoard(m) {
  const quiet = m.quiet("give_chair");
  const drawn = Boolean(m.seatmap.places?.length);
  const seated = new Set((m.seatmap.places ?? []).map((place) => place.seat));
  const waiting = (m.people.seats ?? []).filter((seat) => !seated.has(seat.id));
  const picked = (m.people.seats ?? []).find((seat) => seat.id === m.placing);
  return html`<div class="board__acts"><button class="button" type="button" data-act="take_over_hall" aria-disabled=${Boolean(quiet)} @click=${m.act.takeOverHall}>${gettext("Take over from the last meeting here")}</button>
      ${drawn ? html`<button class="button" type="button" data-act="fill_hall" aria-disabled=${Boolean(quiet)} @click=${m.act.fillHall}>${gettext("Seat everybody who has no chair")}</button>
      <button class="button" type="button" aria-pressed=${m.carving} @click=${m.act.carve}>${gettext("Add or remove chairs")}</button>` : nothing}</div>
    <p class="board__help" role="status">${m.carving ? gettext("Press a chair to take it away, a gap to put one.") : picked ? fill(gettext("Now press a chair for %(name)s."), { name: picked.name }) : drawn ? gettext("Press a person, then a chair. Whoever sits there changes places.") : gettext("Say how many rows and columns the hall has, or take over a drawing.")}
      ${picked ? html`<button class="button button--quiet" type="button" @click=${m.act.takeOffChair}>${gettext("Without a chair")}</button>` : nothing}</p>
    ${drawn ? drawSeatMap(m, { press: m.act.pressPlace, picked: m.placing, blank: m.carving ? m.act.putChair : undefined }) : nothing}
    ${drawn && waiting.length ? html`<h3 class="eyebrow board__list">${gettext("Without a chair")}</h3><ul class="board__people">${waiting.map((seat) => html`<li><button class="chip" type="button" aria-pressed=${seat.id === m.placing} data-drag=${seat.id} @click=${() => m.act.pickSeat(seat.id)}>${seat.name}</button></li>`)}</ul>` : nothing}`;
}
