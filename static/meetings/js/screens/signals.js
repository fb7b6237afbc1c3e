// Calls for service, words in private, the mood of the room. Forms being filled stand in templates.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { conversations } from "../signals.js";
import { clock } from "../time.js";
import { fill } from "../words.js";
import { icon } from "./parts.js";

const SERVICES = ["water", "secretary", "technician"];
const SIGNS = { water: "tea", secretary: "user", technician: "tablet" };
const ANSWERS = ["agree", "unsure", "disagree"];

/** @param {string} kind */
function serviceName(kind) {
  /** @type {Record<string, string>} */
  const names = { water: gettext("Water"), secretary: gettext("Secretary"), technician: gettext("Technician") };
  return names[kind] ?? "";
}

/** @param {string} answer */
function answerName(answer) {
  /** @type {Record<string, string>} */
  const names = { agree: gettext("Agree"), unsure: gettext("Unsure"), disagree: gettext("Disagree") };
  return names[answer] ?? "";
}

/** What waits in the tab: calls nobody has taken, and for the chair the conversations there are. @param {import("../model.js").Model} m */
export function news(m) {
  return (m.signals.calls ?? []).filter((call) => call.state === "waiting").length + conversations(m.signals.letters ?? []).filter((talk) => !talk[talk.length - 1].answer).length;
}

/**
 * One tap calls; the button then says where the call stands.
 * @param {import("../model.js").Model} m
 */
export function drawCallRow(m) {
  if (!m.can("call_service") || !["published", "live"].includes(m.meeting.state)) return nothing;
  const quiet = m.quiet("call_service");
  return html`<li class="signs"><p class="eyebrow">${gettext("Call somebody to my seat")}</p><div class="signs__grid">${SERVICES.map((kind) => {
    const call = m.own.calls.find((each) => each.kind === kind);
    const state = call ? (call.state === "taken" ? fill(gettext("%(name)s is coming"), { name: call.by }) : gettext("called")) : "";
    const press = () => (call ? m.act.withdrawCall(call.id) : m.act.callService(kind));
    return html`<button class="button" type="button" data-service=${kind} aria-pressed=${Boolean(call)} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${press}>${icon(SIGNS[/** @type {keyof typeof SIGNS} */ (kind)])}<span class="button__text">${serviceName(kind)}${call ? html`<span class="button__sub">${state}</span>` : nothing}</span></button>`;
  })}</div></li>`;
}

/** @param {import("../model.js").Model} m */
export function drawPrivateRow(m) {
  if (!m.can("write_privately") || !["published", "live"].includes(m.meeting.state)) return nothing;
  const last = m.own.letters[m.own.letters.length - 1];
  return html`<li><button class="list__row" type="button" data-open="private" aria-haspopup="dialog">${icon("lock")}<span class="list__main"><span class="list__title">${gettext("Write to chair or secretary")}</span><span class="list__meta">${last?.answer ? fill(gettext("Answer of %(name)s"), { name: last.name }) : gettext("nobody else reads it")}</span></span>${icon("right", "sm")}</button></li>`;
}

/**
 * The calls, for the secretary.
 * @param {import("../model.js").Model} m
 */
export function drawCalls(m) {
  const { calls } = m.signals;
  if (!calls) return nothing;
  const quiet = m.quiet("take_call");
  const places = /** @type {{seat: number, row?: number, column?: number}[]} */ (m.sections.seatmap?.places ?? []);
  return html`<div class="console__head"><h2>${gettext("Calls")}</h2></div>
    ${calls.length ? html`<ul>${calls.map((call) => {
      const place = places.find((each) => each.seat === call.seat);
      const where = place ? fill(gettext("row %(row)s, seat %(column)s"), { row: place.row ?? "", column: place.column ?? "" }) : "";
      return html`<li class="sign" data-call=${call.kind}>${icon(SIGNS[/** @type {keyof typeof SIGNS} */ (call.kind)])}<p class="sign__text"><strong>${serviceName(call.kind)}</strong><span>${[call.post || call.name, where].filter(Boolean).join(" · ")}</span><span class="is-muted">${call.state === "taken" ? fill(gettext("%(name)s is coming"), { name: call.by }) : clock(call.at, m.zone)}</span></p>
        <span class="sign__acts">${call.state === "waiting" ? html`<button class="button" type="button" data-act="take_call" aria-disabled=${Boolean(quiet)} @click=${() => m.act.takeCall(call.id)}>${gettext("On the way")}</button>` : nothing}<button class="button" type="button" data-act="finish_call" aria-disabled=${Boolean(quiet)} @click=${() => m.act.finishCall(call.id)}>${icon("check", "sm")}${gettext("Done")}</button></span></li>`;
    })}</ul>` : html`<p class="is-muted">${gettext("Nobody has called.")}</p>`}`;
}

/**
 * What was written to this desk.
 * @param {import("../model.js").Model} m
 */
export function drawLetters(m) {
  const talks = conversations(m.signals.letters ?? []);
  const readers = m.me.role === "chair" ? gettext("Only the chair reads these.") : gettext("Only the secretaries of this meeting read these.");
  return html`<div class="console__head"><h2>${gettext("In private")}</h2></div><p class="is-muted order__help">${icon("lock", "sm")} ${readers}</p>
    ${talks.map((talk) => {
      const first = talk.find((letter) => !letter.answer) ?? talk[0];
      const name = first.answer ? first.post || "" : first.post || first.name;
      return html`<section class="letter" aria-label=${name}>${drawTalk(m, talk, name)}<button class="button" type="button" @click=${() => m.act.answerTo(first.seat ?? 0, name)}>${icon("reply", "sm")}${fill(gettext("Answer %(name)s"), { name })}</button></section>`;
    })}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../signals.js").Letter[]} talk
 * @param {string} other who is not the desk
 */
function drawTalk(m, talk, other) {
  const desk = "letters" in m.signals && talk.some((letter) => letter.seat !== undefined);
  return html`<ol class="talk">${talk.map((letter) => {
    const own = letter.answer === Boolean(desk);
    return html`<li class="talk__message ${own ? "is-own" : ""}"><div class="talk__body"><p class="talk__head"><strong>${own ? gettext("You") : letter.answer ? letter.name : other || letter.name}</strong><span>${clock(letter.at, m.zone)}</span></p><p class="talk__text">${letter.text}</p></div></li>`;
  })}</ol>`;
}

/**
 * In the sheet of private words: who reads them, and what was said.
 * @param {import("../model.js").Model} m
 */
export function drawOwnLetters(m) {
  const seats = m.people.seats ?? [];
  const chair = seats.filter((seat) => seat.role === "chair").map((seat) => seat.name).join(", ");
  const secretaries = seats.filter((seat) => seat.role === "secretary").map((seat) => seat.name).join(", ");
  return html`<p class="is-muted order__help">${icon("lock", "sm")} ${fill(gettext("The chair's words are read by %(chair)s alone, the secretary's by %(secretaries)s. Nobody else sees them."), { chair, secretaries })}</p>${m.own.letters.length ? drawTalk(m, m.own.letters, m.me.name) : nothing}`;
}

/**
 * The question to the room: asked on the delegate's page, shown with its counts when it has ended.
 * @param {import("../model.js").Model} m
 */
export function drawMood(m) {
  const { mood } = m.signals;
  if (!mood || m.meeting.state !== "live" || (!mood.open && m.moodAside === mood.id)) return nothing;
  const quiet = m.quiet("answer_mood");
  const mine = m.moodAnswer?.mood === mood.id ? m.moodAnswer.answer : "";
  const { counts } = mood;
  const told = counts ? ANSWERS.map((answer) => `${answerName(answer)} ${counts[/** @type {"agree"} */ (answer)]}`).join(" · ")
    : mood.open ? fill(gettext("%(n)s have answered; nobody is told who answered what"), { n: mood.answers }) : gettext("Too few answered to show the counts.");
  return html`<section class="strip mood" aria-label=${gettext("Question to the room")} data-mood=${mood.open ? "open" : "ended"}>${icon("chart")}<p class="order__text"><strong>${mood.question}</strong><span class="is-muted" data-counts>${told}</span></p>
    ${mood.open && m.can("answer_mood") && !["chair", "secretary"].includes(m.me.role) ? html`<span class="mood__acts">${ANSWERS.map((answer) => html`<button class="button" type="button" data-answer=${answer} aria-pressed=${mine === answer} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.answerMood(mood.id, answer)}>${answerName(answer)}</button>`)}</span>` : nothing}
    ${mood.open && m.can("end_mood") ? html`<button class="button" type="button" data-act="end_mood" aria-disabled=${Boolean(quiet)} @click=${() => m.act.endMood(mood.id)}>${gettext("Count now")}</button>` : nothing}
    ${mood.open ? nothing : html`<button class="icon-button" type="button" aria-label=${gettext("Close this notice")} @click=${() => m.act.putMoodAside(mood.id)}>${icon("x", "sm")}</button>`}</section>`;
}

/** On the delegate's page: the question, and one's own message that waits. @param {import("../model.js").Model} m */
export function drawMySignals(m) {
  const held = m.own.held.length;
  return html`${drawMood(m)}${held ? html`<section class="strip" aria-label=${gettext("Messages")} data-held>${icon("clock")}<p class="order__text"><strong>${fill(ngettext("%(n)s message of yours waits to be shown", "%(n)s messages of yours wait to be shown", held), { n: held })}</strong><span class="is-muted">${gettext("Chair or secretary release it.")}</span></p></section>` : nothing}`;
}

/** @param {import("../model.js").Model} m */
export function drawMoodDesk(m) {
  return m.can("ask_mood") && m.meeting.state === "live" ? html`<div class="console__head"><h2>${gettext("Question to the room")}</h2></div><p class="is-muted order__help">${gettext("Counts only, shown when it ends; who answered what is forgotten then.")}</p>` : nothing;
}
