// Attendance: the quorum, who is here since when, and the buttons of whoever may note it.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { doorsOpen, lacksQuorum, lastStay, standingOf } from "../attendance.js";
import { clock } from "../time.js";
import { fill, initials } from "../words.js";
import { avatar, empty, icon } from "./parts.js";
import { ORDER, listed, roleName } from "./people.js";

/** @param {import("../model.js").Model} m */
export function quorumWords(m) {
  const { quorum } = m.attendance;
  if (!quorum) return "";
  const sentence = quorum.met ? gettext("%(have)s/%(of)s with a vote, quorum reached") : gettext("%(have)s/%(of)s with a vote, quorum is %(need)s");
  return fill(sentence, { have: quorum.have, of: quorum.of, need: quorum.need });
}

/**
 * The quorum in one glance. Before the session begins a missing quorum is no alarm yet.
 * @param {import("../model.js").Model} m
 */
export function drawQuorum(m) {
  const { quorum } = m.attendance;
  if (!quorum) return nothing;
  const tone = quorum.met ? "chip--ok" : lacksQuorum(m.meeting, m.attendance) ? "chip--danger" : "";
  return html`<span class="chip ${tone}" data-quorum=${quorum.met ? "met" : "missing"}>${icon(quorum.met ? "check" : "users")}${quorumWords(m)}</span>`;
}

/**
 * The head of the secretary's list: the quorum, and its rule behind it.
 * @param {import("../model.js").Model} m
 */
export function drawQuorumButton(m) {
  const { quorum } = m.attendance;
  if (!quorum) return nothing;
  const tone = quorum.met ? "chip--ok" : lacksQuorum(m.meeting, m.attendance) ? "chip--danger" : "";
  const words = quorum.met ? gettext("Quorum reached") : fill(gettext("Quorum: %(have)s of %(need)s"), { have: quorum.have, need: quorum.need });
  return html`<button class="chip ${tone} quorum" type="button" data-quorum=${quorum.met ? "met" : "missing"} title=${quorumWords(m)} @click=${m.act.openQuorum}>${icon(quorum.met ? "check" : "users")}${words}</button>`;
}

/**
 * The alarm for those who lead, as long as it is true.
 * @param {import("../model.js").Model} m
 */
export function drawQuorumAlarm(m) {
  const { quorum } = m.attendance;
  if (!quorum || !lacksQuorum(m.meeting, m.attendance)) return nothing;
  const title = fill(gettext("No quorum: %(have)s of %(of)s with a vote are here, %(need)s are needed."), { have: quorum.have, of: quorum.of, need: quorum.need });
  return html`<div class="banner banner--danger room__banner" role="alert" data-alarm="quorum">${icon("warn")}<p class="banner__text"><span class="banner__title">${title}</span>${quorum.basis ? html` <span class="is-muted">${quorum.basis}</span>` : nothing}</p></div>`;
}

/**
 * Asks whoever sits here whether they have come.
 * @param {import("../model.js").Model} m
 */
export function drawMyArrival(m) {
  if (!m.can("arrive") || !m.attendance.attending || m.attendance.attending.includes(m.me.seat) || !doorsOpen(m.meeting, m.now)) return nothing;
  const quiet = m.quiet("arrive");
  return html`<section class="arrival" aria-label=${gettext("My attendance")}>${icon("user")}<p class="arrival__text"><strong>${gettext("Are you in the meeting room?")}</strong><span>${gettext("Your arrival is noted with the time.")}</span></p>
    <button class="button button--accent" type="button" data-act="arrive" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.arrive}>${icon("check", "sm")}${gettext("I am here")}</button></section>`;
}

/**
 * In the sheet of one's own seat: going.
 * @param {import("../model.js").Model} m
 */
export function drawMyLeaving(m) {
  if (!m.can("leave") || !m.attendance.attending?.includes(m.me.seat)) return nothing;
  const quiet = m.quiet("leave");
  return html`<div class="mystay"><p>${icon("check", "sm")}${gettext("You are noted as present.")}</p><button class="button" type="button" data-act="leave" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.leave}>${gettext("I am going")}</button></div>`;
}

/**
 * How a seat stands, in words.
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Seat} seat
 */
export function standingWords(m, seat) {
  const stay = lastStay(m.attendance, seat.id);
  const standing = standingOf(m.attendance, seat);
  if (standing === "here") return stay ? fill(gettext("since %(time)s"), { time: clock(stay.from, m.zone) }) : gettext("present");
  if (standing === "left") return fill(gettext("left at %(time)s"), { time: clock(stay?.to, m.zone) });
  return standing === "connected" ? gettext("connected") : gettext("absent");
}

/** The tone of the dot beside it. */
export const DOTS = { here: "dot--ok", left: "dot--warn", connected: "dot--open", away: "dot--none" };

/**
 * The secretary's list: one press notes an arrival or a leaving, the time opens its corrections.
 * @param {import("../model.js").Model} m
 */
export function drawAttendance(m) {
  const seats = listed(m);
  if (!seats.length) return empty("users", gettext("Nobody is listed yet"));
  const open = doorsOpen(m.meeting, m.now);
  return ORDER.map((role) => {
    const group = seats.filter((seat) => seat.role === role);
    if (!group.length) return nothing;
    const here = group.filter((seat) => m.attendance.attending?.includes(seat.id)).length;
    return html`<section class="people"><h3 class="people__role eyebrow">${roleName(role)}<span>${here}/${group.length}</span></h3><ul>${group.map((seat) => drawPerson(m, seat, { notes: open, times: open }))}</ul></section>`;
  });
}

/**
 * One person with the standing, for whoever notes it.
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Seat} seat
 * @param {{notes: boolean, times: boolean}} may note who comes and goes; open the times to correct them
 */
export function drawPerson(m, seat, { notes, times }) {
  const standing = standingOf(m.attendance, seat);
  const here = standing === "here";
  const quiet = m.quiet(here ? "note_leaving" : "note_arrival");
  const label = fill(here ? gettext("Note that %(name)s has gone") : gettext("Note that %(name)s is here"), { name: seat.name });
  return html`<li class="person ${here ? "" : "is-away"}" data-seat=${seat.id} data-standing=${standing}>${avatar(initials(seat.post || seat.name), seat.role)}<span class="person__name">${seat.name}<small>${seat.post}</small></span>
    <span class="person__stay">${times ? html`<button class="person__time" type="button" aria-label=${fill(gettext("Times of %(name)s: %(state)s"), { name: seat.name, state: standingWords(m, seat) })} @click=${() => m.act.openStays(seat.id)}><span class="dot ${DOTS[standing]}"></span>${standingWords(m, seat)}</button>` : html`<span class="person__state"><span class="dot ${DOTS[standing]}"></span>${standingWords(m, seat)}</span>`}</span>
    ${notes ? html`<button class="button person__note" type="button" aria-label=${label} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => (here ? m.act.noteLeaving(seat.id) : m.act.noteArrival(seat.id))}>${here ? gettext("Gone") : gettext("Here")}</button>` : nothing}</li>`;
}

/**
 * The stays of one person, with a time to correct or add.
 * @param {import("../model.js").Model} m
 */
export function drawStays(m) {
  const seat = (m.people.seats ?? []).find((each) => each.id === m.person);
  if (!seat) return nothing;
  const stays = m.attendance.stays?.[seat.id] ?? [];
  const here = standingOf(m.attendance, seat) === "here";
  const quiet = m.quiet("note_arrival");
  return html`<p class="me__name"><strong>${seat.name}</strong><span>${seat.post}</span></p>
    ${stays.length ? html`<ol class="stays">${stays.map((stay) => html`<li><span class="is-figures">${clock(stay.from, m.zone)} – ${stay.to === null ? gettext("now") : clock(stay.to, m.zone)}</span><small>${notedWords(stay.noted)}</small></li>`)}</ol>` : html`<p class="is-muted">${gettext("Not noted as present so far.")}</p>`}
    <div class="field stays__field"><label class="field__label" for="stay-time">${gettext("Note a time")}</label><input class="input" id="stay-time" inputmode="numeric" maxlength="5" autocomplete="off" placeholder="08:30" data-stay-time><p class="field__hint">${gettext("For who is here a time of arrival corrects the one noted; for who has gone, a time of leaving does.")}</p></div>
    <div class="stays__acts"><button class="button" type="button" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.noteTime("note_arrival")}>${gettext("Came at this time")}</button>
      <button class="button" type="button" aria-disabled=${Boolean(quiet) || !stays.length} title=${quiet || nothing} @click=${() => m.act.noteTime("note_leaving")}>${gettext("Went at this time")}</button>
      ${here ? html`<button class="button button--danger" type="button" aria-disabled=${Boolean(quiet)} @click=${() => m.act.cancelArrival(seat.id)}>${gettext("Was never here: strike this arrival")}</button>` : nothing}</div>`;
}

/** @param {string} noted */
function notedWords(noted) {
  /** @type {Record<string, string>} */
  const words = {
    code: gettext("by the code at the door"),
    card: gettext("by the seat card"),
    tap: gettext("by the person"),
    clerk: gettext("by the secretary"),
  };
  return words[noted] ?? "";
}
