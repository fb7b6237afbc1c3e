// The chair's console: the plan, the item, the page for the room, the next act.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { nextItem, paperCount, planned, startedAt, endedAt, timing, topOf } from "../agenda.js";
import { clock, day } from "../time.js";
import { duration, fill, papersCount, timeLeft } from "../words.js";
import { icon, empty } from "./parts.js";
import { kindName } from "./floor.js";

/** @param {import("../model.js").Model} m */
export function drawPlan(m) {
  const late = m.forecast.late;
  const lateWords = fill(gettext("%(time)s late"), { time: duration(late) });
  const end = m.forecast.ends;
  return html`
    <div class="console__head"><h2>${gettext("Agenda")}</h2>${late ? html`<span class="chip chip--warn">${icon("clock")}${lateWords}</span>` : m.meeting.state === "live" ? html`<span class="chip chip--ok">${icon("check")}${gettext("On time")}</span>` : nothing}</div>
    <ol class="plan" tabindex="0" aria-label=${gettext("Agenda of the meeting")}>${m.plan.tops.map((top) => drawTop(m, top))}</ol>
    ${end ? html`<p class="plan__end">${gettext("Likely end")} <strong>${clock(end, m.zone)}</strong></p>` : nothing}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 */
function drawTop(m, top) {
  const now = top === m.plan.top && m.meeting.state === "live";
  const kind = now ? "plan__item--now" : top.state === "done" ? "plan__item--done" : "plan__item--next";
  const picked = m.picked === top.id;
  const open = now || m.picked === top.id || top.steps.some((step) => step.id === m.picked);
  const sign = top.state === "done" && !now ? icon("check", "sm") : top.number;
  return html`<li class="plan__item ${kind} ${picked ? "is-picked" : ""} ${now && m.fresh.has("agenda") ? "is-fresh" : ""}" aria-current=${now ? "step" : nothing}>
      <button class="plan__row" type="button" aria-pressed=${picked} @click=${() => m.act.pick(top.id)}><span class="agenda__no">${sign}</span><span class="agenda__text"><span class="plan__title ${top.state === "done" ? "clamp-1" : "clamp-2"}">${top.title}</span><span class="agenda__meta">${planMeta(m, top, now)}</span></span></button></li>
    ${open && top.steps.length ? html`<li class="plan__steps"><ol>${top.steps.map((step) => drawStep(m, step))}</ol></li>` : nothing}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Item} step
 */
function drawStep(m, step) {
  const here = m.plan.current?.id === step.id;
  const done = step.state === "done" && !here;
  return html`<li><button class="plan__step ${m.picked === step.id ? "is-picked" : ""}" type="button" aria-pressed=${m.picked === step.id} aria-current=${here ? "step" : nothing} @click=${() => m.act.pick(step.id)}>${done ? icon("check", "sm") : html`<b>${step.number}</b>`}<span class="clamp-1">${step.title}</span></button></li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Top} top
 * @param {boolean} now
 */
function planMeta(m, top, now) {
  const total = planned(top);
  const begun = startedAt(top);
  if (now || top.state === "done") {
    const end = top.state === "done" ? endedAt(top) ?? m.now : m.now;
    const used = begun ? Math.max(0, Math.round((end - begun) / 60_000)) : 0;
    const words = fill(gettext("%(used)s / %(total)s minutes"), { used, total });
    return html`${begun ? `${clock(begun, m.zone)} · ` : nothing}<span class=${used > total ? "is-over" : ""}>${words}</span>`;
  }
  const start = m.forecast.starts.get(top.id) ?? top.starts_at;
  return [clock(start, m.zone), total ? duration(total) : ""].filter(Boolean).join(" · ");
}

/** @param {import("../model.js").Model} m */
export function drawStage(m) {
  const picked = m.plan.flat.find((item) => item.id === m.picked);
  if (picked) {
    const top = topOf(m.plan, picked.id);
    const count = top && top.id === picked.id ? paperCount(top) : picked.papers ?? 0;
    return html`<p class="eyebrow">${fill(gettext("Chosen · Item %(number)s, not opened for the room"), { number: picked.number })}</p>
      <h2 class="stage__title">${picked.title}</h2>
      <p class="stage__time"><span>${[picked.presenter, top && planned(top) ? duration(picked.minutes || planned(top)) : "", count ? papersCount(count) : ""].filter(Boolean).join(" · ")}</span></p>`;
  }
  const top = m.plan.top;
  if (m.meeting.state === "closed") {
    return html`<p class="eyebrow">${gettext("Ended")}</p><h2 class="stage__title">${m.meeting.title}</h2><p class="stage__time"><span>${fill(gettext("From %(from)s to %(to)s"), { from: clock(m.meeting.opened_at, m.zone), to: clock(m.meeting.closed_at, m.zone) })}</span></p>`;
  }
  if (m.meeting.state === "cancelled") return html`<p class="eyebrow">${gettext("Cancelled")}</p><h2 class="stage__title">${m.meeting.title}</h2>`;
  if (m.meeting.state !== "live" || !top) {
    return html`<p class="eyebrow">${m.meeting.state === "live" ? gettext("Now") : gettext("The meeting has not started")}</p><h2 class="stage__title">${m.meeting.state === "live" ? gettext("Choose the first item") : m.meeting.title}</h2>
      <p class="stage__time"><span>${fill(gettext("Planned for %(time)s, %(day)s"), { time: clock(m.meeting.starts_at, m.zone), day: day(m.meeting.starts_at, m.zone) })}</span></p>`;
  }
  const time = timing(top, m.now);
  const step = m.plan.current && m.plan.current.id !== top.id ? ` · ${m.plan.current.number} ${m.plan.current.title}` : "";
  const eyebrow = fill(gettext("Now · Item %(place)s/%(total)s"), { place: m.plan.place, total: m.plan.tops.length });
  return html`<p class="eyebrow">${eyebrow}${step}</p>
    <h2 class="stage__title ${m.fresh.has("agenda") ? "is-fresh" : ""}">${top.title}</h2>
    ${time.total ? html`<p class="stage__time"><span class="progress ${time.left < 0 ? "progress--warn" : ""}"><span class="progress__bar" data-value=${time.share}></span></span><span><strong class=${time.left < 0 ? "is-over" : ""}>${timeLeft(time)}</strong> / ${duration(time.total)}</span></p>` : nothing}`;
}

/** @param {import("../model.js").Model} m */
export function drawShow(m) {
  const { paper } = m.reading;
  const live = m.meeting.state === "live";
  const { shown } = m.place;
  const same = shown && m.place.paper === paper?.id && m.place.page === m.view.page;
  const page = m.view.page;
  const pages = paper?.pages ?? 0;
  const quiet = m.quiet("show_page");
  const shownPaper = shown ? m.papers.find((each) => each.id === m.place.paper) : null;
  return html`
    <p class="show__state ${shown ? "is-on" : ""}">${icon("screen", "sm")}<span>${shown && shownPaper ? fill(gettext("On every screen: page %(page)s"), { page: m.place.page }) : gettext("Nothing is being shown")}</span></p>
    <button class="show__doc" type="button" data-open="papers" aria-haspopup="dialog"><span class="reader__name"><strong class="clamp-3">${paper?.title ?? gettext("No paper is open")}</strong>${paper?.number ? html`<small>${paper.number}</small>` : nothing}</span>${icon("down", "sm")}</button>
    ${paper?.state === "ready" ? html`<div class="show__pages"><button class="button" type="button" aria-label=${gettext("Previous page")} ?disabled=${page <= 1} @click=${() => m.act.browsePage(page - 1)}>${icon("left")}</button><span class="is-figures"><span class="visually-hidden">${gettext("Page")} </span><span data-page>${page}</span> / ${pages}</span><button class="button" type="button" aria-label=${gettext("Next page")} ?disabled=${page >= pages} @click=${() => m.act.browsePage(page + 1)}>${icon("right")}</button></div>` : nothing}
    ${live && m.can("show_page") && paper?.state === "ready" && !same ? html`<button class="button button--accent button--block" type="button" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.showPage(paper.id, page)}>${icon("screen", "sm")}${fill(gettext("Show page %(page)s"), { page })}</button>` : nothing}
    ${shown && m.can("stop_showing") ? html`<button class="button button--block" type="button" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.stopShowing}>${icon("stop", "sm")}${gettext("Stop showing")}</button>` : nothing}`;
}

/** @param {import("../model.js").Model} m */
export function drawShowEmpty(m) {
  const { paper } = m.reading;
  if (paper?.state === "waiting") return empty("file", gettext("The pages are being prepared"));
  if (paper?.state === "refused") return empty("warn", gettext("This paper cannot be shown"), m.reason(paper));
  if (!paper && m.view.item === null) return empty("file", gettext("No paper is open"), gettext("Choose an item of the agenda to see its papers here."));
  return paper ? nothing : empty("file", gettext("This item has no papers"), gettext("Choose another item of the agenda to show one of its papers."));
}

/**
 * @param {string} act
 * @param {import("../model.js").Model} m
 * @param {{sign: string, title: string, sub: string, press: () => void}} button
 */
function big(act, m, { sign, title, sub, press }) {
  const quiet = m.quiet(act);
  return html`<button class="button button--primary button--big dock__next" type="button" data-act=${act} aria-disabled=${Boolean(quiet)} @click=${press}>${icon(sign, "lg")}<span class="button__text"><span class="clamp-2">${title}</span><span class="button__sub clamp-1">${quiet || sub}</span></span></button>`;
}

/** @param {import("../agenda.js").Item} item */
function goWords(item) {
  return fill(gettext("Go to item %(number)s: %(title)s"), { number: item.number, title: item.title });
}

/** @param {import("../model.js").Model} m */
export function drawDock(m) {
  const { meeting, plan } = m;
  if (meeting.state === "draft" || meeting.state === "published") {
    const sub = fill(gettext("%(present)s of %(total)s are here · planned for %(time)s"), { present: m.attendance.counts?.attending ?? 0, total: m.attendance.counts?.of ?? 0, time: clock(meeting.starts_at, m.zone) });
    return m.can("open_meeting") && meeting.state === "published"
      ? html`<a class="button button--big dock__side" href=${m.home}>${icon("left")}<span class="button__text">${gettext("Leave the room")}<span class="button__sub">${gettext("the meeting stays ready")}</span></span></a>${big("open_meeting", m, { sign: "play", title: gettext("Start the meeting"), sub, press: m.act.openMeeting })}`
      : html`<p class="dock__word">${gettext("The meeting is still a draft: it can be started once it is published.")}</p>`;
  }
  if (meeting.state === "cancelled") return html`<a class="button button--primary button--big dock__next" href=${m.home}>${icon("left", "lg")}<span class="button__text">${gettext("Leave the room")}<span class="button__sub">${gettext("This meeting has been cancelled.")}</span></span></a>`;
  if (meeting.state === "closed") return html`<a class="button button--primary button--big dock__next" href=${m.home}>${icon("left", "lg")}<span class="button__text">${gettext("Leave the room")}<span class="button__sub">${fill(gettext("The meeting ended at %(time)s."), { time: clock(meeting.closed_at, m.zone) })}</span></span></a>`;
  const picked = plan.flat.find((item) => item.id === m.picked && item.id !== plan.current?.id);
  if (picked && m.can("go_to_item")) {
    return html`<button class="button button--big dock__side" type="button" @click=${m.act.unpick}>${icon("undo")}<span class="button__text">${gettext("Back")}<span class="button__sub">${plan.current ? fill(gettext("to item %(number)s"), { number: plan.current.number }) : gettext("without choosing")}</span></span></button>
      ${big("go_to_item", m, { sign: "right", title: goWords(picked), sub: gettext("Every screen moves with you"), press: () => m.act.goTo(picked.id) })}`;
  }
  const next = nextItem(plan);
  const close = m.quiet("close_meeting");
  const closing = { sign: "flag", title: gettext("End the meeting"), sub: gettext("Every item has been dealt with"), press: m.act.askClose };
  if (!next) return m.can("close_meeting") ? big("close_meeting", m, closing) : nothing;
  const top = topOf(plan, next.id);
  const sub = top && top.id !== next.id ? fill(gettext("Item %(number)s: %(title)s"), { number: top.number, title: top.title }) : top ? [clock(m.forecast.starts.get(top.id), m.zone), planned(top) ? duration(planned(top)) : "", paperCount(top) ? papersCount(paperCount(top)) : ""].filter(Boolean).join(" · ") : "";
  const [caller] = m.can("give_floor") ? (m.floor.queue ?? []) : [];
  if (caller) return drawCall(m, caller, next);
  return html`
    ${m.can("close_meeting") ? html`<button class="button button--big dock__side" type="button" data-act="close_meeting" aria-disabled=${Boolean(close)} title=${close || nothing} @click=${m.act.askClose}>${icon("flag")}<span class="button__text">${gettext("End the meeting")}<span class="button__sub">${fill(ngettext("%(n)s item left", "%(n)s items left", left(plan)), { n: left(plan) })}</span></span></button>` : nothing}
    ${m.can("go_to_item") ? big("go_to_item", m, { sign: "right", title: goWords(next), sub, press: () => m.act.goTo(next.id) }) : nothing}`;
}

/**
 * Somebody waits to speak: calling them is the likely act, moving on the other one.
 * @param {import("../model.js").Model} m
 * @param {import("../floor.js").Turn} caller
 * @param {import("../agenda.js").Item} next
 */
function drawCall(m, caller, next) {
  const quiet = m.quiet("go_to_item");
  const speaking = m.floor.speaking;
  const title = fill(gettext("Call %(name)s"), { name: caller.post || caller.name });
  const length = duration(Math.round(caller.seconds / 60));
  const sub = speaking ? fill(gettext("%(kind)s, %(time)s; ends the turn of %(name)s"), { kind: kindName(caller.kind), time: length, name: speaking.post || speaking.name }) : fill(gettext("%(kind)s, %(time)s"), { kind: kindName(caller.kind), time: length });
  return html`<button class="button button--big dock__side" type="button" data-act="go_to_item" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.goTo(next.id)}>${icon("right")}<span class="button__text">${fill(gettext("Go to item %(number)s"), { number: next.number })}<span class="button__sub clamp-1">${next.title}</span></span></button>
    ${big("give_floor", m, { sign: "mic", title, sub, press: () => m.act.giveFloor(caller.id) })}`;
}

/** @param {import("../agenda.js").Plan} plan */
function left(plan) {
  return plan.tops.filter((top) => top.state === "waiting").length;
}
