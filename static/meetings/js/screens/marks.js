// The tools for drawing on a paper, and the sheet that lists what is drawn on it.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { COLOURS, STAMPS, WIDTHS } from "../marks/marking.js";
import { colourName, kindName, reachName, stampName } from "../marks/words.js";
import { fill } from "../words.js";
import { empty, icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
export function drawTools(m) {
  const { marks } = m;
  if (!marks || m.reading.paper?.state !== "ready" || m.outside) return nothing;
  if (!marks.isOpen) return html`<button class="tools tools__item tools__open" type="button" aria-expanded="false" @click=${m.act.toggleMarks}>${icon("pen")}<span>${gettext("Mark")}</span>${marks.unsent ? html`<span class="tools__waiting"><span class="visually-hidden">${unsentWords(marks)}</span></span>` : nothing}</button>`;
  const { hand } = marks;
  return html`<div class="tools" role="toolbar" aria-label=${gettext("Marking tools")} aria-orientation="vertical" @pointerdown=${keepSelection}>
    ${drawTool(m, "pen", "pen", gettext("Pen"))}
    ${drawTool(m, "highlight", "marker", gettext("Highlighter"))}
    ${drawTool(m, "note", "note", gettext("Note"))}
    ${drawTool(m, "stamp", "check", gettext("Stamp"))}
    ${drawTool(m, "eraser", "eraser", gettext("Erase"))}
    <span class="tools__gap"></span>
    <button class="tools__item" type="button" ?disabled=${!marks.canUndo} @click=${m.act.undoMark}>${icon("undo")}<span>${gettext("Undo")}</span></button>
    <button class="tools__item" type="button" ?disabled=${!marks.canRedo} @click=${m.act.redoMark}>${icon("forward")}<span>${gettext("Redo")}</span></button>
    <button class="tools__item" type="button" data-open="marks" aria-haspopup="dialog">${icon(marks.reach === "me" ? "lock" : "users")}<span>${marks.reach === "me" ? gettext("Only me") : gettext("Shared")}</span></button>
    <button class="tools__item" type="button" aria-expanded="true" @click=${m.act.toggleMarks}>${icon("x")}<span>${gettext("Close")}</span></button>
    <p class="tools__state ${marks.unsent || !marks.isSafe ? "is-waiting" : ""}" data-marks-unsent=${marks.unsent} data-marks-laid=${marks.isLaid}>${stateWords(marks)}</p>
  </div>${hand.tool && hand.tool !== "eraser" ? drawChoices(m) : nothing}`;
}

/** A press on a tool must not take away what is selected. @param {Event} event */
function keepSelection(event) {
  if (getSelection()?.isCollapsed === false) event.preventDefault();
}

/** @param {{unsent: number}} marks */
function unsentWords(marks) {
  return fill(ngettext("%(n)s not sent", "%(n)s not sent", marks.unsent), { n: marks.unsent });
}

/** @param {NonNullable<import("../model.js").Model["marks"]>} marks */
function stateWords(marks) {
  if (!marks.isSafe) return gettext("This device keeps nothing");
  return marks.unsent ? unsentWords(marks) : gettext("Saved");
}

/** @param {import("../model.js").Model} m @param {string} tool @param {string} sign @param {string} name */
function drawTool(m, tool, sign, name) {
  const chosen = m.marks?.hand.tool === tool;
  return html`<button class="tools__item" type="button" data-tool=${tool} aria-pressed=${chosen} @click=${(/** @type {MouseEvent} */ event) => m.act.chooseTool(tool, event)}>${chosen && m.marks?.hand.colour && tool !== "eraser" ? html`<span class="tools__ink ink--${m.marks.hand.colour}"></span>` : nothing}${icon(sign)}<span>${name}</span></button>`;
}

/** @param {import("../model.js").Model} m */
function drawChoices(m) {
  const hand = /** @type {NonNullable<import("../model.js").Model["marks"]>} */ (m.marks).hand;
  const names = COLOURS[hand.tool] ?? [];
  return html`<div class="choices" role="group" aria-label=${gettext("How it is drawn")}>
    ${names.length > 1 ? names.map((colour) => html`<button class="choices__item" type="button" aria-pressed=${hand.colour === colour} aria-label=${colourName(colour)} title=${colourName(colour)} @click=${() => m.act.chooseColour(colour)}><span class="choices__ink ink--${colour}"></span></button>`) : nothing}
    ${hand.tool === "pen" ? WIDTHS.map((width, at) => html`<button class="choices__item" type="button" aria-pressed=${hand.width === width} aria-label=${[gettext("Thin"), gettext("Medium"), gettext("Thick")][at]} @click=${() => m.act.chooseWidth(width)}><span class="choices__width choices__width--${at}"></span></button>`) : nothing}
    ${hand.tool === "stamp" ? STAMPS.map((stamp) => html`<button class="choices__item choices__item--words" type="button" aria-pressed=${hand.stamp === stamp} @click=${(/** @type {MouseEvent} */ event) => m.act.chooseStamp(stamp, event)}>${stampName(stamp)}</button>`) : nothing}
    ${hand.tool === "note" ? html`<span class="choices__hint">${gettext("Tap where the note belongs")}</span>` : nothing}
    ${hand.penAt > -Infinity ? html`<label class="choices__fingers"><input type="checkbox" .checked=${hand.fingers} @change=${(/** @type {Event} */ event) => m.act.letFingersDraw(/** @type {HTMLInputElement} */ (event.target).checked)}>${gettext("Fingers draw too")}</label>` : nothing}
  </div>`;
}

/** The sheet: who sees what is drawn, and everything on this paper. @param {import("../model.js").Model} m */
export function drawMarksSheet(m) {
  const { marks } = m;
  if (!marks || !m.reading.paper) return nothing;
  const own = [...marks.own].sort((one, other) => one.page - other.page);
  const pages = [...new Set(own.filter((mark) => mark.kind === "ink").map((mark) => mark.page))];
  return html`${marks.why ? html`<p class="banner banner--warn">${icon("warn")}<span class="banner__text">${marks.why}</span></p>` : nothing}
    ${marks.left.length ? html`<p class="banner banner--info">${icon("info")}<span class="banner__text">${fill(ngettext("%(n)s of your marks stayed on an earlier version, for its page has changed.", "%(n)s of your marks stayed on an earlier version, for their pages have changed.", marks.left.length), { n: marks.left.length })} <a href="${m.home}ghi-chu/?hop=${m.meeting.ref}">${gettext("My notes")}</a></span></p>` : nothing}
    ${m.can("post_message") ? drawSharing(m) : nothing}
    <h3 class="eyebrow">${gettext("My marks on this paper")}</h3>
    ${own.length ? html`<ul class="list">${own.filter((mark) => mark.kind !== "ink").slice(0, 200).map((mark) => drawRow(m, mark))}${pages.map((page) => drawStrokes(m, own.filter((mark) => mark.kind === "ink" && mark.page === page)))}</ul>` : empty("pen", gettext("You have marked nothing on this paper yet"))}
    ${marks.shared.length ? html`<h3 class="eyebrow">${gettext("Shared by others")}</h3><ul class="list">${marks.shared.slice(0, 200).map((mark) => drawRow(m, mark))}</ul>` : nothing}
    ${m.link.banner ? nothing : html`<p class="marks-sheet__more"><a class="button" href="${m.home}ghi-chu/?hop=${m.meeting.ref}">${icon("note")}${gettext("My notes")}</a>${own.length || marks.shared.length ? html`<a class="button" href="${m.me.urls?.marks}${m.reading.paper.id}.pdf" download>${icon("download")}${gettext("Save as PDF with marks")}</a>` : nothing}</p>`}`;
}

/** @param {import("../model.js").Model} m */
function drawSharing(m) {
  const marks = /** @type {NonNullable<import("../model.js").Model["marks"]>} */ (m.marks);
  const people = (m.people.seats ?? []).filter((seat) => seat.id !== m.me.seat && ["chair", "secretary", "delegate", "invited"].includes(seat.role));
  const value = marks.reach === "person" ? String(marks.to) : marks.reach;
  const shared = marks.own.some((mark) => (mark.reach ?? "me") !== marks.reach || (marks.reach === "person" && mark.to !== marks.to));
  return html`<div class="field"><label class="field__label" for="marks-reach">${gettext("Who sees what I draw from now on")}</label>
    <select class="input" id="marks-reach" .value=${value} @change=${(/** @type {Event} */ event) => {
      const chosen = /** @type {HTMLSelectElement} */ (event.target).value;
      m.act.chooseReach(/^\d+$/.test(chosen) ? "person" : chosen, /^\d+$/.test(chosen) ? Number(chosen) : null);
    }}>${["me", "item", "all"].map((reach) => html`<option value=${reach} ?selected=${value === reach}>${reachName(reach)}</option>`)}${people.length ? html`<optgroup label=${gettext("One person")}>${people.map((seat) => html`<option value=${seat.id} ?selected=${value === String(seat.id)}>${seat.name}</option>`)}</optgroup>` : nothing}</select></div>
    ${shared && marks.own.length ? html`<button class="button" type="button" @click=${m.act.shareAll}>${icon(marks.reach === "me" ? "lock" : "users")}${marks.reach === "me" ? gettext("Keep all my marks here to myself") : gettext("Share all my marks on this paper")}</button>` : nothing}`;
}

/** @param {import("../model.js").Model} m @param {import("../marks/shapes.js").Mark} mark */
function drawRow(m, mark) {
  const words = mark.text || mark.quote || (mark.kind === "stamp" ? stampName(mark.stamp ?? "") : kindName(mark.kind));
  const line = [fill(gettext("Page %(page)s"), { page: mark.page }), kindName(mark.kind), mark.by ?? (mark.reach && mark.reach !== "me" ? reachName(mark.reach) : ""), mark.carried ? gettext("from an earlier version") : ""].filter(Boolean).join(" · ");
  return html`<li class="marks-sheet__row"><button class="list__row" type="button" @click=${() => m.act.openMark(mark)}><span class="list__main"><span class="list__title clamp-2">${words}</span><span class="list__meta">${line}</span></span></button>${mark.by ? nothing : html`<button class="icon-button" type="button" aria-label=${fill(gettext("Erase: %(what)s"), { what: words.slice(0, 60) })} @click=${() => m.act.eraseMarks([mark])}>${icon("trash")}</button>`}</li>`;
}

/** All strokes on a page as one row: nobody tells them apart by words. @param {import("../model.js").Model} m @param {import("../marks/shapes.js").Mark[]} strokes */
function drawStrokes(m, strokes) {
  const words = fill(ngettext("%(n)s pen stroke", "%(n)s pen strokes", strokes.length), { n: strokes.length });
  const page = fill(gettext("Page %(page)s"), { page: strokes[0].page });
  return html`<li class="marks-sheet__row"><button class="list__row" type="button" @click=${() => m.act.openMark(strokes[0])}><span class="list__main"><span class="list__title">${words}</span><span class="list__meta">${page}</span></span></button><button class="icon-button" type="button" aria-label=${fill(gettext("Erase: %(what)s"), { what: `${words}, ${page}` })} @click=${() => m.act.eraseMarks(strokes)}>${icon("trash")}</button></li>`;
}

/** What a note is about, above its field. @param {import("../model.js").Model} m */
export function drawNoteHead(m) {
  const writing = m.marks?.writing;
  if (!writing) return nothing;
  return html`<p class="is-muted">${fill(gettext("Page %(page)s"), { page: writing.page })}${writing.mark?.by ? html` · ${writing.mark.by}` : nothing}</p>${writing.quote ? html`<blockquote class="mark-note__quote">${writing.quote}</blockquote>` : nothing}`;
}

/** @param {import("../model.js").Model} m */
export function drawNoteFoot(m) {
  const writing = m.marks?.writing;
  if (!writing) return nothing;
  if (writing.mark?.by) return html`<button class="button" type="button" data-close>${gettext("Close")}</button>`;
  return html`<button class="button button--accent" type="button" @click=${m.act.saveNote}>${gettext("Save the note")}</button>${writing.mark ? html`<button class="button" type="button" @click=${m.act.eraseNote}>${icon("trash")}${gettext("Erase")}</button>` : nothing}`;
}
