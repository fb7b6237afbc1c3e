// The agenda as a delegate sees it: what is done, where we are, what comes.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { endedAt, paperCount, planned, timing } from "../agenda.js";
import { clock, day } from "../time.js";
import { duration, fill, papersCount, timeLeft } from "../words.js";
import { drawConsent } from "./consent.js";
import { drawSpeaker } from "./floor.js";
import { drawMotionsLink } from "./motions.js";
import { drawOutside } from "./order.js";
import { empty, icon, lock } from "./parts.js";

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
export function nowEyebrow(m, top) {
  return fill(gettext("Now · Item %(place)s/%(total)s"), { place: m.plan.place, total: m.plan.tops.length, number: top.number });
}

/** @param {import("../agenda.js").Item} item */
export function itemTitle(item) {
  if (item.hidden) return item.closed ? gettext("Closed item") : gettext("Not part of your invitation");
  return item.title;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
function drawNow(m, top) {
  const time = timing(top, m.now);
  const used = fill(gettext("%(used)s of %(total)s minutes used"), { used: time.used, total: time.total });
  const whole = top.steps.length === 0;
  return html`<li class="agenda__item agenda__item--now" aria-current="step">
    <div class="now ${m.fresh.has("agenda") ? "is-fresh" : ""}">
      <p class="now__eyebrow"><span>${nowEyebrow(m, top)}</span>${time.total ? html`<span class="now__left">${timeLeft(time)}</span>` : nothing}</p>
      ${top.hidden
        ? html`<h2 class="now__title">${itemTitle(top)}</h2>`
        : html`<h2 class="now__title"><button class="now__name" type="button" aria-pressed=${whole && m.view.item === top.id} @click=${() => m.act.browseItem(top.id)}>${top.title}</button></h2>`}
      ${time.total ? html`<span class="now__track" role="img" aria-label=${used}><span data-value=${time.share}></span></span>` : nothing}
      ${top.presenter ? html`<p class="now__who">${top.presenter}</p>` : nothing}
      ${top.steps.length && !top.hidden
        ? html`<ol class="now__steps">${top.steps.map((step) => drawStep(m, step))}</ol>`
        : nothing}
    </div>
  </li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Item} step
 */
function drawStep(m, step) {
  const here = m.plan.current?.id === step.id;
  const sign = step.state === "done" && !here ? icon("check", "sm") : step.number;
  return html`<li><button class="now__step" type="button" aria-current=${here ? "step" : nothing} ?disabled=${Boolean(step.hidden)} @click=${() => m.act.browseItem(step.id)}><span class="now__no">${sign}</span>${itemTitle(step)}${lock(step)}</button></li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
function meta(m, top) {
  const count = paperCount(top);
  if (top.state === "done") {
    const ended = endedAt(top);
    const done = ended ? fill(gettext("Item %(number)s · done at %(time)s"), { number: top.number, time: clock(ended, m.zone) }) : fill(gettext("Item %(number)s · done"), { number: top.number });
    return done;
  }
  const minutes = planned(top);
  return [clock(top.starts_at, m.zone), minutes ? duration(minutes) : "", count ? papersCount(count) : ""].filter(Boolean).join(" · ");
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
function drawRow(m, top) {
  const done = top.state === "done";
  const chosen = m.view.mode === "free" && m.plan.tops.find((each) => each.id === m.view.item || each.steps.some((step) => step.id === m.view.item))?.id === top.id;
  const row = html`<span class="agenda__no">${done ? icon("check", "sm") : top.number}</span><span class="agenda__text"><span class="agenda__title ${done ? "clamp-1" : "clamp-2"}">${itemTitle(top)}${lock(top)}</span><span class="agenda__meta">${meta(m, top)}</span></span>`;
  return html`<li class="agenda__item ${done ? "agenda__item--done" : ""} ${chosen ? "is-chosen" : ""}">
    ${top.hidden
      ? html`<p class="agenda__row is-hidden">${row}</p>`
      : html`<button class="agenda__row" type="button" aria-pressed=${chosen} @click=${() => m.act.browseItem(top.id)}>${row}</button>`}
  </li>`;
}

/** @param {import("../model.js").Model} m */
export function drawAgenda(m) {
  if (m.outside) return drawOutside();
  if (!m.plan.tops.length) return empty("list", gettext("The agenda is empty"), gettext("Items appear here as soon as the secretary adds them."));
  const items = m.plan.tops.map((top) => (top === m.plan.top && m.meeting.state === "live" ? drawNow(m, top) : drawRow(m, top)));
  return html`${drawOpening(m)}<ol class="agenda" aria-label=${gettext("Agenda of the meeting")}>${items}</ol>${drawConsent(m)}${drawMotionsLink(m)}${drawSpeaker(m)}${drawStage(m)}`;
}

/** @param {import("../model.js").Model} m */
function drawOpening(m) {
  if (m.meeting.state !== "draft" && m.meeting.state !== "published") return nothing;
  return html`<div class="opening"><p class="opening__eyebrow">${gettext("The meeting has not started")}</p><p class="opening__time">${clock(m.meeting.starts_at, m.zone)}<small>${day(m.meeting.starts_at, m.zone)}</small></p></div>`;
}

/** @param {import("../model.js").Model} m */
function drawStage(m) {
  const paper = m.place.shown ? m.papers.find((each) => each.id === m.place.paper) : null;
  if (!paper || m.meeting.state !== "live") return nothing;
  if (m.link.banner) {
    return html`<section class="speaking" aria-label=${gettext("Shown by the chair")}><span class="speaking__sign speaking__sign--off">${icon("wifi-off")}</span>
      <p class="speaking__text"><span class="eyebrow">${gettext("Page of the chair")}</span><strong>${gettext("Not up to date")}</strong><span class="is-muted">${fill(gettext("Last news at %(time)s"), { time: clock(m.link.last, m.zone) })}</span></p></section>`;
  }
  const where = fill(gettext("Page %(page)s of %(pages)s"), { page: m.place.page, pages: paper.pages });
  return html`<section class="speaking ${m.fresh.has("stage") ? "is-fresh" : ""}" aria-label=${gettext("Shown by the chair")}>
    <span class="speaking__sign">${icon("screen")}</span>
    <p class="speaking__text"><span class="eyebrow">${gettext("Shown by the chair")}</span><strong>${paper.title}</strong><span class="is-muted">${where}</span></p>
  </section>`;
}

/** @param {import("../model.js").Model} m */
export function drawCurrent(m) {
  const top = m.plan.top;
  const button = html`<button class="current__open" type="button" aria-controls="agenda" aria-expanded=${m.drawer} @click=${m.act.toggleDrawer}>${icon("list")}<span>${gettext("Agenda")}</span></button>`;
  if (m.meeting.state !== "live" || !top) {
    if (m.meeting.state === "cancelled") return html`<div class="current__text"><p class="current__eyebrow">${gettext("Cancelled")}</p><p class="current__title">${gettext("This meeting has been cancelled.")}</p></div>${button}`;
    if (m.outside) return html`<div class="current__text"><p class="current__eyebrow">${gettext("Now")}</p><p class="current__title">${gettext("A closed session is being held")}</p></div>${button}`;
    const closed = m.meeting.state === "closed";
    const title = closed ? fill(gettext("The meeting ended at %(time)s."), { time: clock(m.meeting.closed_at, m.zone) })
      : m.meeting.state === "live" ? gettext("The chair has not chosen an item yet")
      : fill(gettext("Starts at %(time)s, %(day)s"), { time: clock(m.meeting.starts_at, m.zone), day: day(m.meeting.starts_at, m.zone) });
    return html`<div class="current__text"><p class="current__eyebrow">${closed ? gettext("Ended") : m.meeting.state === "live" ? gettext("Now") : gettext("The meeting has not started")}</p><p class="current__title">${title}</p></div>${button}`;
  }
  const time = timing(top, m.now);
  const step = m.plan.current && m.plan.current.id !== top.id && !top.hidden ? ` · ${m.plan.current.number} ${itemTitle(m.plan.current)}` : "";
  return html`<div class="current__text"><p class="current__eyebrow">${nowEyebrow(m, top)}${step}</p><p class="current__title clamp-2">${itemTitle(top)}</p></div>
    ${time.total ? html`<p class="current__left">${time.left < 0 ? pgettext("time", "over by") : pgettext("time", "left")}<strong>${duration(Math.abs(time.left))}</strong></p>` : nothing}${button}`;
}
