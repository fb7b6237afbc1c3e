// The bar above a paper, the chooser of papers and what stands there when there is none. The paper itself is drawn by
// the viewer, never by a template.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { papersOf } from "../follow.js";
import { day } from "../time.js";
import { fill } from "../words.js";
import { itemTitle } from "./agenda.js";
import { drawOutside } from "./order.js";
import { empty, icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
function paperLine(m) {
  const { paper, list } = m.reading;
  if (!paper) return "";
  const top = m.plan.tops.find((each) => each.id === paper.item || each.steps.some((step) => step.id === paper.item));
  const values = { at: list.findIndex((each) => each.id === paper.id) + 1, total: list.length, item: top?.number ?? "" };
  const place = fill(gettext("paper %(at)s/%(total)s of item %(item)s"), values);
  return [paper.number, place, paper.logged ? gettext("reading is logged") : ""].filter(Boolean).join(" · ");
}

/** @param {import("../model.js").Model} m */
export function drawFollow(m) {
  if (m.meeting.state !== "live" || (m.place.item === null && !m.place.shown)) return nothing;
  if (m.view.mode === "follow") {
    return html`<span class="chip chip--accent reader__follow" data-follow="follow">${icon("screen")}<span>${gettext("Following the chair")}</span></span>`;
  }
  return html`<button class="chip chip--accent-solid reader__follow ${m.fresh.has("place") ? "is-fresh-ring" : ""}" type="button" data-follow="free" @click=${m.act.backToChair}>${icon("screen")}<span>${backWords(m)}</span></button>`;
}

/** @param {import("../model.js").Model} m */
export function backWords(m) {
  if (m.place.shown) return fill(gettext("Back to the chair's page (%(page)s)"), { page: m.place.page });
  return fill(gettext("Back to item %(number)s"), { number: m.plan.current?.number ?? "" });
}

/** @param {import("../model.js").Model} m */
export function drawReaderBar(m) {
  const { paper } = m.reading;
  const page = m.view.page;
  const pages = paper?.pages ?? 0;
  const ready = paper?.state === "ready";
  return html`
    <button class="reader__doc" type="button" data-open="papers" aria-haspopup="dialog">${icon("file")}<span class="reader__name"><strong>${paper?.title ?? gettext("No paper is open")}</strong><small>${paper ? paperLine(m) : gettext("choose one from the agenda")}</small></span>${icon("down", "sm")}</button>
    ${ready ? html`<div class="reader__pages"><button class="icon-button" type="button" aria-label=${gettext("Previous page")} ?disabled=${page <= 1} @click=${() => m.act.browsePage(page - 1)}>${icon("left")}</button><span class="is-figures"><span class="visually-hidden">${gettext("Page")} </span><span data-page>${page}</span> / ${pages}</span><button class="icon-button" type="button" aria-label=${gettext("Next page")} ?disabled=${page >= pages} @click=${() => m.act.browsePage(page + 1)}>${icon("right")}</button></div><button class="icon-button reader__view" type="button" data-open="view" aria-haspopup="dialog" aria-label=${gettext("Search, contents and view")}>${icon("search")}</button>` : nothing}
    ${m.link.banner ? html`<span class="chip reader__follow">${icon("file")}<span>${gettext("Reading what is loaded")}</span></span>` : drawFollow(m)}`;
}

/** @param {import("../model.js").Model} m */
export function drawReaderEmpty(m) {
  if (m.outside) return drawOutside();
  const { paper } = m.reading;
  if (paper?.state === "waiting") return empty("file", gettext("The pages are being prepared"), paper.reason ? m.reason(paper) : gettext("The paper opens by itself as soon as it is ready."));
  if (paper?.state === "refused") return empty("warn", gettext("This paper cannot be shown"), m.reason(paper));
  if (paper) return nothing;
  if (m.plan.current?.hidden && m.plan.current.closed && m.view.mode === "follow") return empty("lock", gettext("A closed item is being discussed"), gettext("Its title and its papers are for those who sit in closed sessions."));
  if (m.meeting.state === "live" && m.view.mode === "follow" && m.plan.current?.hidden) return empty("clock", gettext("The room is at an item you are not invited to"), gettext("When your item is called, its papers open here by themselves."));
  if (m.meeting.state === "live" && !m.plan.current && m.view.item === null) return empty("clock", gettext("The chair has not chosen an item yet"), gettext("Choose an item of the agenda to read its papers now."));
  if (m.meeting.state === "live" || m.view.item !== null) return empty("file", gettext("This item has no papers"), gettext("Choose another item of the agenda to read its papers."));
  if (m.meeting.state === "cancelled") return empty("warn", gettext("This meeting has been cancelled."), gettext("Choose an item of the agenda to read its papers again."));
  if (m.meeting.state === "closed") return empty("check", gettext("The meeting is over"), gettext("Choose an item of the agenda to read its papers again."));
  return empty("calendar", gettext("The meeting has not started"), fill(gettext("It is planned for %(day)s. Choose an item of the agenda to read its papers now."), { day: day(m.meeting.starts_at, m.zone) }));
}

/** What is said of a paper that has no pages, now or ever. @param {import("../follow.js").Paper} paper */
export function paperStage(paper) {
  if (paper.state === "refused") return gettext("cannot be shown");
  if (paper.state === "ready") return gettext("only as a file to save");
  if (paper.reason === "converting") return gettext("being turned into pages");
  return paper.reason === "scanner" ? gettext("waiting for the virus scanner") : gettext("being prepared");
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../follow.js").Paper} paper
 */
function drawPaperRow(m, paper) {
  const open = m.reading.paper?.id === paper.id;
  const shown = m.place.shown && m.place.paper === paper.id;
  const size = paper.state === "ready" && paper.pages ? fill(ngettext("%(n)s page", "%(n)s pages", paper.pages), { n: paper.pages }) : paperStage(paper);
  const line = [paper.number, size, paper.level === "restricted" ? gettext("restricted") : paper.level === "internal" ? gettext("members only") : ""].filter(Boolean).join(" · ");
  const body = html`${icon(paper.level === "normal" ? "file" : "lock")}<span class="list__main"><span class="list__title">${paper.title}</span><span class="list__meta">${line}</span></span>${shown ? html`<span class="chip chip--accent">${icon("screen")}${gettext("shown now")}</span>` : nothing}`;
  if (!m.hasReader) return html`<li><a class="list__row" href="${m.files}${paper.file}/xem/" target="_blank" rel="opener">${body}</a>${drawShowing(m, paper, shown)}${drawRights(m, paper)}</li>`;
  return html`<li><button class="list__row" type="button" aria-current=${open ? "true" : nothing} @click=${() => m.act.openPaper(paper.id)}>${body}</button>${drawRights(m, paper)}</li>`;
}

/**
 * For those who lead: where it is said who may read it, and where it is replaced.
 * @param {import("../model.js").Model} m
 * @param {import("../follow.js").Paper} paper
 */
function drawRights(m, paper) {
  const { prepare } = m.me.urls ?? {};
  if (!prepare || !["draft", "published", "live"].includes(m.meeting.state)) return nothing;
  return html`<a class="button button--quiet" href="${prepare}#paper-${paper.id}" target="_blank" rel="opener">${icon("lock", "sm")}${gettext("Who may read it, versions")}<span class="visually-hidden">: ${paper.title}</span></a>`;
}

/**
 * For a screen without a reader of its own: the page the room sees, turned from the list.
 * @param {import("../model.js").Model} m
 * @param {import("../follow.js").Paper} paper
 * @param {boolean} shown
 */
function drawShowing(m, paper, shown) {
  if (m.meeting.state !== "live" || paper.state !== "ready" || !m.can("show_page")) return nothing;
  const quiet = m.quiet("show_page");
  const { page } = m.place;
  /** @param {number} to @param {unknown} words @param {string} label */
  const turn = (to, words, label) => html`<button class="button" type="button" aria-label=${label} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} ?disabled=${to < 1 || to > paper.pages} @click=${() => m.act.showPage(paper.id, to)}>${words}</button>`;
  if (!shown) return html`<div class="showing">${turn(1, html`${icon("screen", "sm")}${fill(gettext("Show page %(page)s"), { page: 1 })}`, fill(gettext("Show page 1 to the room: %(title)s"), { title: paper.title }))}</div>`;
  return html`<div class="showing" role="group" aria-label=${gettext("Page for the room")}>${turn(page - 1, icon("left"), gettext("Previous page"))}<span class="is-figures">${fill(gettext("Page %(page)s of %(pages)s"), { page, pages: paper.pages })}</span>${turn(page + 1, icon("right"), gettext("Next page"))}<button class="button" type="button" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.stopShowing}>${icon("stop", "sm")}${gettext("Stop showing")}</button></div>`;
}

/** @param {import("../model.js").Model} m */
export function drawPapers(m) {
  const groups = m.plan.tops.map((top) => ({ top, papers: papersOf(m.plan, m.papers, top.id) })).filter((group) => group.papers.length);
  const here = groups.findIndex((group) => group.papers.some((paper) => m.reading.list.includes(paper)));
  const order = here > 0 ? [groups[here], ...groups.filter((_, index) => index !== here)] : groups;
  if (!order.length) return empty("file", gettext("There are no papers yet"), gettext("Papers appear here as soon as they are added to the agenda."));
  return order.map((group) => html`<section class="papers"><h3 class="papers__item eyebrow">${fill(gettext("Item %(number)s"), { number: group.top.number })} · ${itemTitle(group.top)}</h3><ul class="list">${group.papers.map((paper) => drawPaperRow(m, paper))}</ul></section>`);
}

/** @param {import("../model.js").Model} m */
function readsFreely(m) {
  return m.view.mode === "free" && m.meeting.state === "live" && m.place.item !== null;
}

/** @param {import("../model.js").Model} m */
export function drawPapersButton(m) {
  const count = m.reading.list.length;
  return html`<button class="act ${readsFreely(m) ? "act--soft" : "act--primary"}" type="button" data-open="papers" aria-haspopup="dialog">${icon("file")}<span>${gettext("Papers")}<small>${count ? fill(gettext("%(n)s of this item"), { n: count }) : gettext("of every item")}</small></span></button>`;
}

/** @param {import("../model.js").Model} m */
export function drawFollowButton(m) {
  if (!readsFreely(m)) return nothing;
  if (m.link.banner) return html`<button class="act" type="button" aria-disabled="true">${icon("screen")}<span>${gettext("Follow the chair")}<small>${gettext("waits for the connection")}</small></span></button>`;
  return html`<button class="act act--live" type="button" @click=${m.act.backToChair}>${icon("screen")}<span>${gettext("Follow the chair")}<small>${m.place.shown ? fill(gettext("page %(page)s"), { page: m.place.page }) : fill(gettext("item %(number)s"), { number: m.plan.current?.number ?? "" })}</small></span></button>`;
}

/** @param {import("../model.js").Model} m */
export function drawMessagesButton(m) {
  if (!m.reads("messages")) return nothing;
  const { unread } = m;
  const news = !m.online ? gettext("sent when connected") : unread ? fill(ngettext("%(n)s new", "%(n)s new", unread), { n: unread }) : gettext("to the whole room");
  return html`<button class="act" type="button" data-open="messages" aria-haspopup="dialog">${icon("message")}<span>${gettext("Messages")}<small>${news}</small></span>${unread ? html`<span class="badge act__badge">${unread}</span>` : nothing}</button>`;
}

/** @param {import("../model.js").Model} m */
export function drawMoreButton(m) {
  const { attending = 0, of = 0 } = m.attendance.counts ?? {};
  return html`<button class="act" type="button" data-open="more" aria-haspopup="dialog">${icon("more")}<span>${gettext("More")}<small>${m.reads("people") ? fill(gettext("%(present)s/%(total)s present"), { present: attending, total: of }) : ""}</small></span></button>`;
}
