// The hall screen: what everyone in the hall may see, large. No controls.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { nextItem, timing } from "../agenda.js";
import { drawSeatMap } from "./seatmap.js";
import { doorsOpen } from "../attendance.js";
import { clock, day } from "../time.js";
import { duration, fill } from "../words.js";
import { drawHallSpeaker } from "./floor.js";
import { icon } from "./parts.js";
import { drawHallSites, drawHallSitesHere } from "./sites.js";

/** @param {import("../model.js").Model} m */
export function drawHallTop(m) {
  const off = m.link.banner ? html`<span class="hall__off">${icon("wifi-off")}${fill(gettext("Last news at %(time)s"), { time: clock(m.link.last, m.zone) })}</span>` : nothing;
  return html`${off}<p class="hall__clock"><span class="visually-hidden">${gettext("The time is")} </span>${clock(m.now, m.zone)}</p>`;
}

/**
 * Not begun, over, called off, or no item yet.
 * @param {import("../model.js").Model} m
 */
export function notRunning(m) {
  return m.meeting.state === "live" && m.plan.top ? "" : m.meeting.state;
}

/** @param {import("../model.js").Model} m */
export function drawWaiting(m) {
  const { meeting } = m;
  if (meeting.state === "cancelled") return blank(gettext("This meeting has been cancelled."), meeting.title);
  if (meeting.state === "closed") return blank(gettext("The meeting is over"), fill(gettext("From %(from)s to %(to)s"), { from: clock(meeting.opened_at, m.zone), to: clock(meeting.closed_at, m.zone) }));
  if (meeting.state !== "live") return drawDoors(m, blank(meeting.title, fill(gettext("Starts at %(time)s, %(day)s"), { time: clock(meeting.starts_at, m.zone), day: day(meeting.starts_at, m.zone) })));
  return blank(meeting.title, gettext("The meeting has begun"));
}

/**
 * The item under discussion, with the speaker or the time it still has below it.
 * @param {import("../model.js").Model} m
 */
export function drawItem(m) {
  const { plan } = m;
  const { top } = plan;
  if (!top) return nothing;
  const step = plan.current && plan.current.id !== top.id ? plan.current : null;
  return html`<div class="hall__item ${m.fresh.has("agenda") ? "is-fresh" : ""}"><span class="hall__no" role="img" aria-label=${fill(gettext("Item %(number)s"), { number: top.number })}>${top.number}</span><div><h1 class="hall__title">${top.title}</h1>
    ${step ? html`<p class="hall__step">${step.number} ${step.title}</p>` : nothing}
    ${step?.presenter || top.presenter ? html`<p class="hall__step">${step?.presenter || top.presenter}</p>` : nothing}</div></div>
    ${m.floor.speaking ? drawHallSpeaker(m) : m.place.shown ? nothing : drawPace(m, top)}`;
}

/**
 * Below the item while no page is shown: the time it still has and what comes next.
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
function drawPace(m, top) {
  const time = timing(top, m.now);
  const next = nextItem(m.plan);
  if (!time.total && !next) return nothing;
  const start = next ? m.forecast.starts.get(next.id) : null;
  const over = time.left < 0;
  return html`<section class="hall__pace">
    ${time.total ? html`<div class="ring ${over ? "ring--over" : time.left <= 5 ? "ring--warn" : ""}"><svg class="ring__svg" viewBox="0 0 100 100" aria-hidden="true"><circle class="ring__track" cx="50" cy="50" r="46" pathLength="100"/><circle class="ring__bar" cx="50" cy="50" r="46" pathLength="100" data-value=${Math.max(0.1, over ? 100 : 100 - time.share)}/></svg><p class="hall__left"><span>${over ? pgettext("time", "over by") : pgettext("time", "left")}</span><b>${Math.abs(time.left)}</b><span>${pgettext("time", "minutes")}</span></p></div>` : nothing}
    ${next ? html`<div><p class="eyebrow">${gettext("Next on the agenda")}</p><p class="hall__who">${fill(gettext("Item %(number)s: %(title)s"), { number: next.number, title: next.title })}</p>${start ? html`<p class="hall__next">${fill(gettext("likely at %(time)s"), { time: clock(start, m.zone) })}</p>` : nothing}</div>` : nothing}
  </section>`;
}

/**
 * While people come: beside the title the code they scan, a new one every minute, and the map that fills.
 * @param {import("../model.js").Model} m
 * @param {unknown} title
 */
function drawDoors(m, title) {
  if (!doorsOpen(m.meeting, m.now)) return title;
  return html`<div class="hall__doors">${title}<div class="hall__coming">${m.sites.length ? drawHallSites(m) : drawSeatMap(m)}<figure class="hall__code"><img src="../ma-diem-danh.svg?n=${Math.floor(m.now / 60_000)}" alt=${gettext("Code that leads to attendance")}><figcaption>${gettext("Scan to be noted as present")}</figcaption></figure></div></div>`;
}

/**
 * @param {string} title
 * @param {string} text
 */
export function blank(title, text) {
  return html`<div class="hall__blank">${icon("dinh", "mark")}<h1>${title}</h1><p>${text}</p></div>`;
}

/** @param {import("../model.js").Model} m */
export function drawHallFoot(m) {
  const { plan, meeting } = m;
  const { attending = 0, of: total = 0 } = m.attendance.counts ?? {};
  if (m.outside) return html`<span>${meeting.place}</span>`;
  const people = html`<span class="hall__people">${icon("users")}${fill(gettext("%(present)s/%(total)s present"), { present: attending, total })}</span>${drawHallSitesHere(m)}`;
  const top = meeting.state === "live" ? plan.top : null;
  if (!top) return html`<span>${meeting.place}</span><span></span>${people}`;
  const time = timing(top, m.now);
  const where = fill(gettext("Item %(place)s / %(total)s"), { place: plan.place, total: plan.tops.length });
  if (!time.total) return html`<span>${where}</span><span></span>${people}`;
  const bar = html`<span class="progress ${time.left < 0 ? "progress--warn" : ""}"><span class="progress__bar" data-value=${time.share}></span></span>`;
  if (!m.place.shown) return html`<span>${where}</span>${bar}${people}`;
  return html`<span>${where}</span>${bar}<span class="hall__time">${time.left < 0 ? pgettext("time", "over by") : pgettext("time", "left")} <b>${duration(Math.abs(time.left))}</b></span>${people}`;
}

/** @param {import("../model.js").Model} m */
export function drawHallCaption(m) {
  const { paper } = m.reading;
  if (!m.place.shown || !paper) return nothing;
  return html`<p class="hall__caption"><span class="clamp-1">${paper.title}</span><b>${fill(gettext("Page %(page)s of %(pages)s"), { page: m.place.page, pages: paper.pages })}</b></p>`;
}
