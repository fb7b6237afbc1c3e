// Breaks and closed doors, on every screen.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { minutesAndSeconds } from "../floor.js";
import { untilReturn } from "../order.js";
import { clock } from "../time.js";
import { fill } from "../words.js";
import { blank } from "./hall.js";
import { empty, icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
function returnWords(m) {
  const left = untilReturn(m.order, m.now);
  if (left === null) return "";
  const at = clock(m.order.break?.until, m.zone);
  return left > 0 ? fill(gettext("The session goes on at %(time)s"), { time: at }) : fill(gettext("Return was announced for %(time)s"), { time: at });
}

/** @param {import("../model.js").Model} m */
function countdown(m) {
  const left = untilReturn(m.order, m.now);
  // Until the next morning nobody counts minutes.
  if (left === null || left >= 6_000) return nothing;
  const words = minutesAndSeconds(left);
  return html`<b class="order__left" role="timer" data-return=${words}><span class="visually-hidden">${gettext("Until the session goes on")} </span>${words}</b>`;
}

/**
 * The break, for everybody; the countdown is that of the server's clock.
 * @param {import("../model.js").Model} m
 */
export function drawBreak(m) {
  const now = m.order.break;
  if (!now || m.meeting.state !== "live") return nothing;
  const quiet = m.quiet("resume_meeting");
  const title = now.kind === "recess" ? gettext("Recess") : gettext("The session is paused");
  const text = now.kind === "recess" ? returnWords(m) : fill(gettext("since %(time)s; the clocks stand still"), { time: clock(now.since, m.zone) });
  return html`<section class="strip order" aria-label=${title} data-break=${now.kind}>${icon(now.kind === "recess" ? "tea" : "pause")}<p class="order__text"><strong>${title}</strong><span class="is-muted">${text}</span></p>${countdown(m)}
    ${m.can("resume_meeting") ? html`<button class="button" type="button" data-act="resume_meeting" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.resumeMeeting}>${icon("play", "sm")}${gettext("Go on")}</button>` : nothing}</section>`;
}

/**
 * That the doors are closed, for those behind them; who leads reads who is outside.
 * @param {import("../model.js").Model} m
 */
export function drawDoors(m) {
  const { closed } = m.order;
  if (!closed || m.outside || m.meeting.state !== "live") return nothing;
  const quiet = m.quiet("end_closed_session");
  const { outside } = closed;
  const text = outside
    ? fill(gettext("Hall screens are blank; %(observers)s observers and %(invited)s invited see nothing."), { observers: outside.observers, invited: outside.invited })
    : fill(gettext("since %(time)s; what is said stays in the room"), { time: clock(closed.since, m.zone) });
  return html`<section class="strip order order--closed" aria-label=${gettext("Closed session")} data-doors>${icon("lock")}<p class="order__text"><strong>${gettext("Closed session")}</strong><span>${text}</span></p>
    ${m.can("end_closed_session") ? html`<button class="button" type="button" data-act="end_closed_session" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.endClosedSession}>${gettext("Open the doors")}</button>` : nothing}</section>`;
}

/** Both, where a screen has one place for news. @param {import("../model.js").Model} m */
export function drawOrder(m) {
  return html`${drawDoors(m)}${drawBreak(m)}`;
}

/**
 * Beforehand: that an item will be held behind closed doors, or in public after all.
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Item} item
 */
export function drawItemDoors(m, item) {
  const above = m.plan.flat.find((each) => each.id === item.parent);
  const ahead = item.state === "waiting" && item.id !== m.plan.top?.id && ["draft", "published", "live"].includes(m.meeting.state);
  if (!ahead || above?.closed || !m.can("set_item_closed")) return nothing;
  const quiet = m.quiet("set_item_closed");
  return html`<button class="button button--quiet" type="button" data-act="set_item_closed" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.setItemClosed(item.id, !item.closed)}>${icon(item.closed ? "eye" : "lock", "sm")}${item.closed ? gettext("Hold in public") : gettext("Hold behind closed doors")}</button>`;
}

/** What stands instead of agenda and papers outside closed doors. */
export function drawOutside() {
  return empty("lock", gettext("A closed session is being held"), gettext("Agenda and papers come back here when it is over."));
}

/**
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
export function orderNext(m) {
  if (m.meeting.state !== "live" || !m.order.break || !m.can("resume_meeting")) return [];
  const words = m.order.break.kind === "recess" ? returnWords(m) : fill(gettext("Paused since %(time)s"), { time: clock(m.order.break.since, m.zone) });
  return [{ name: "resume_meeting", rank: 15, sign: "play", title: gettext("Go on with the session"), sub: words, press: m.act.resumeMeeting }];
}

/** A button of the tab. @param {import("../model.js").Model} m */
function deskButton(m) {
  return (/** @type {string} */ act, /** @type {string} */ sign, /** @type {string} */ words, /** @type {() => unknown} */ press) =>
    html`<button class="button" type="button" data-act=${act} aria-disabled=${Boolean(m.quiet(act))} title=${m.quiet(act) || nothing} @click=${press}>${icon(sign, "sm")}${words}</button>`;
}

/**
 * The tab of chair and secretary; the field for another time stands in the template.
 * @param {import("../model.js").Model} m
 */
export function drawOrderDesk(m) {
  const { order } = m;
  const button = deskButton(m);
  return html`${m.meeting.state === "live" ? html`<div class="console__head"><h2>${gettext("Break")}</h2></div>
    <div class="order__acts">${order.break ? button("resume_meeting", "play", gettext("Go on with the session"), m.act.resumeMeeting) : button("pause_meeting", "pause", gettext("Pause"), m.act.pauseMeeting)}
      ${[10, 15, 30].map((minutes) => button("call_recess", "tea", fill(gettext("Recess %(n)s minutes"), { n: minutes }), () => m.act.callRecess(minutes)))}</div>` : nothing}`;
}

/**
 * Below the field for another time of return, which stands in the template between the two.
 * @param {import("../model.js").Model} m
 */
export function drawDoorsDesk(m) {
  const { order } = m;
  const button = deskButton(m);
  const item = m.plan.current;
  return html`
    ${m.meeting.state === "live" ? html`<div class="console__head"><h2>${gettext("Closed session")}</h2></div>
    <p class="is-muted order__help">${gettext("Chair, secretary and delegates stay, and those invited to this very item. Observers and hall screens never do.")}</p>
    <div class="order__acts">${order.closed ? button("end_closed_session", "eye", gettext("Open the doors"), m.act.endClosedSession) : button("begin_closed_session", "lock", gettext("Close the doors"), m.act.askDoors)}
      ${item?.closed && !order.closed && m.me.role === "chair" ? button("set_item_closed", "eye", fill(gettext("Make item %(number)s public"), { number: item.number }), () => m.act.setItemClosed(item.id, false)) : nothing}</div>` : nothing}
    ${order.talk ? html`<div class="console__head"><h2>${gettext("Messages to the room")}</h2></div>
    <div class="segments" role="group" aria-label=${gettext("Messages to the room")}>${talks().map(([talk, words]) => html`<button class="segments__item" type="button" data-talk=${talk} aria-pressed=${order.talk === talk} aria-disabled=${Boolean(m.quiet("set_talk"))} @click=${() => m.act.setTalk(talk)}>${words}</button>`)}</div>` : nothing}`;
}

/** @returns {[string, string][]} */
function talks() {
  return [["on", gettext("On")], ["held", gettext("After release")], ["off", gettext("Off")]];
}

/**
 * The hall screen behind closed doors: that it is so, and nothing else.
 * @param {import("../model.js").Model} m
 */
export function doorsClosed(m) {
  return m.meeting.state === "live" && m.outside ? "closed" : "";
}

export function drawHallClosed() {
  return blank(gettext("A closed session is being held"), gettext("Nothing of it is shown on this screen."));
}

/** @param {import("../model.js").Model} m */
export function onBreak(m) {
  return m.meeting.state === "live" && m.order.break ? m.order.break.kind : "";
}

/** @param {import("../model.js").Model} m */
export function drawHallBreak(m) {
  const kind = m.order.break?.kind;
  return html`<div class="hall__blank hall__break">${icon(kind === "recess" ? "tea" : "pause", "mark")}<h1>${kind === "recess" ? gettext("Recess") : gettext("The session is paused")}</h1>${countdown(m)}<p>${returnWords(m)}</p></div>`;
}
