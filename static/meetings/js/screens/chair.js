// The chair's console: the plan, the item, the page for the room, the next act.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { nextItem, paperCount, planned, startedAt, timing, topOf } from "../agenda.js";
import { clock, day } from "../time.js";
import { duration, fill, papersCount, timeLeft } from "../words.js";
import { drawItemDoors } from "./order.js";
import { icon, empty, lock } from "./parts.js";

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
      <button class="plan__row" type="button" aria-pressed=${picked} @click=${() => m.act.pick(top.id)}><span class="agenda__no">${sign}</span><span class="agenda__text"><span class="plan__title ${top.state === "done" ? "clamp-1" : "clamp-2"}">${top.title}${lock(top)}</span><span class="agenda__meta">${planMeta(m, top, now)}</span></span></button></li>
    ${open && top.steps.length ? html`<li class="plan__steps"><ol>${top.steps.map((step) => drawStep(m, step))}</ol></li>` : nothing}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Item} step
 */
function drawStep(m, step) {
  const here = m.plan.current?.id === step.id;
  const done = step.state === "done" && !here;
  return html`<li><button class="plan__step ${m.picked === step.id ? "is-picked" : ""}" type="button" aria-pressed=${m.picked === step.id} aria-current=${here ? "step" : nothing} @click=${() => m.act.pick(step.id)}>${done ? icon("check", "sm") : html`<b>${step.number}</b>`}<span class="clamp-1">${step.title}</span>${lock(step)}</button></li>`;
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
    const used = Math.round(timing(top, m.now).spent / 60_000);
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
      <h2 class="stage__title">${picked.title}${lock(picked)}</h2>
      <p class="stage__time">${drawItemDoors(m, picked)}<span>${[picked.presenter, top && planned(top) ? duration(picked.minutes || planned(top)) : "", count ? papersCount(count) : ""].filter(Boolean).join(" · ")}</span></p>`;
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
  if (paper?.state === "waiting") return empty("file", gettext("The pages are being prepared"), paper.reason ? m.reason(paper) : "");
  if (paper?.state === "refused") return empty("warn", gettext("This paper cannot be shown"), m.reason(paper));
  if (!paper && m.view.item === null) return empty("file", gettext("No paper is open"), gettext("Choose an item of the agenda to see its papers here."));
  return paper ? nothing : empty("file", gettext("This item has no papers"), gettext("Choose another item of the agenda to show one of its papers."));
}

/** @param {import("../agenda.js").Item} item */
function goWords(item) {
  return fill(gettext("Go to item %(number)s: %(title)s"), { number: item.number, title: item.title });
}

/**
 * What else going to an item does, when it closes the doors.
 * @param {import("../model.js").Model} m
 * @param {import("../agenda.js").Item} item
 */
function closesDoors(m, item) {
  return item.closed && !m.order.closed ? gettext("Closed session: observers and hall screens go blank first") : "";
}

/**
 * Beginning, moving on and ending, as acts of the dock.
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
export function conductNext(m) {
  const { meeting, plan } = m;
  const leave = { name: "leave", sign: "left", href: m.home };
  if (meeting.state === "closed") return [{ ...leave, rank: 10, title: gettext("Leave the room"), sub: fill(gettext("The meeting ended at %(time)s."), { time: clock(meeting.closed_at, m.zone) }) }];
  if (meeting.state === "cancelled") return [{ ...leave, rank: 10, title: gettext("Leave the room"), sub: gettext("This meeting has been cancelled.") }];
  if (meeting.state === "published" && m.can("open_meeting")) {
    const sub = fill(gettext("%(present)s of %(total)s are here · planned for %(time)s"), { present: m.attendance.counts?.attending ?? 0, total: m.attendance.counts?.of ?? 0, time: clock(meeting.starts_at, m.zone) });
    return [
      { name: "open_meeting", rank: 10, sign: "play", title: gettext("Start the meeting"), sub, press: m.act.openMeeting },
      { ...leave, rank: 90, title: gettext("Leave the room"), short: gettext("Leave the room"), shortSub: gettext("the meeting stays ready") },
    ];
  }
  if (meeting.state !== "live") return [];
  const acts = [...pickedNext(m), ...onwardNext(m)];
  if (m.can("close_meeting")) {
    const waiting = left(plan);
    const shortSub = waiting ? fill(ngettext("%(n)s item left", "%(n)s items left", waiting), { n: waiting }) : gettext("Every item has been dealt with");
    acts.push({ name: "close_meeting", rank: 80, sign: "flag", title: gettext("End the meeting"), sub: shortSub, short: gettext("End the meeting"), shortSub, press: m.act.askClose });
  }
  return acts;
}

/**
 * The chair looked at another item of the plan: go there, or back.
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
function pickedNext(m) {
  const picked = m.plan.flat.find((item) => item.id === m.picked && item.id !== m.plan.current?.id);
  if (!picked || !m.can("go_to_item")) return [];
  const shortSub = m.plan.current ? fill(gettext("to item %(number)s"), { number: m.plan.current.number }) : gettext("without choosing");
  return [
    { name: "go_to_item", rank: 20, sign: "right", title: goWords(picked), sub: closesDoors(m, picked) || gettext("Every screen moves with you"), press: () => m.act.goTo(picked.id) },
    { name: "unpick", rank: 21, sign: "undo", title: gettext("Back"), short: gettext("Back"), shortSub, press: m.act.unpick },
  ];
}

/**
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
function onwardNext(m) {
  const next = nextItem(m.plan);
  if (!next || !m.can("go_to_item")) return [];
  const top = topOf(m.plan, next.id);
  const sub = top && top.id !== next.id ? fill(gettext("Item %(number)s: %(title)s"), { number: top.number, title: top.title }) : top ? [clock(m.forecast.starts.get(top.id), m.zone), planned(top) ? duration(planned(top)) : "", paperCount(top) ? papersCount(paperCount(top)) : ""].filter(Boolean).join(" · ") : "";
  return [{ name: "go_to_item", rank: 70, sign: "right", title: goWords(next), sub: closesDoors(m, next) || sub, short: fill(gettext("Go to item %(number)s"), { number: next.number }), shortSub: next.title, press: () => m.act.goTo(next.id) }];
}

/** @param {import("../agenda.js").Plan} plan */
function left(plan) {
  return plan.tops.filter((top) => top.state === "waiting").length;
}
