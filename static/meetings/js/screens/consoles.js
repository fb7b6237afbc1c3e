// What is drawn from the lists of places.js: tabs, strips, the dock, the middle of the chair's and of the hall's screen.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "./parts.js";
import { HALL, LEADS, MORE, NEXT, STRIPS, THUMB, leading } from "./places.js";

/** @param {import("../model.js").Model} m */
export function drawTabs(m) {
  return html`<div class="tabs__list" role="tablist" aria-label=${gettext("Parts of the console")} @keydown=${m.act.panelKey}>${m.side.tabs.map((panel) => {
    const open = panel.name === m.side.open;
    const news = panel.news?.(m) ?? 0;
    return html`<button class="tabs__tab" role="tab" type="button" id="tab-${panel.name}" aria-selected=${open} tabindex=${open ? 0 : -1} aria-controls=${panel.column ? panel.name : `panel-${panel.name}`} @click=${() => m.act.openPanel(panel.name)}>${icon(panel.icon)}<span>${panel.title()}</span>${news ? html`<span class="badge tabs__news">${news}</span>` : nothing}</button>`;
  })}</div>`;
}

/** @param {import("../model.js").Model} m */
export function drawStrips(m) {
  return STRIPS.map((draw) => draw(m));
}

/** @param {import("../model.js").Model} m */
export function drawLead(m) {
  const lead = leading(LEADS, m);
  return lead && lead.about !== m.putAside ? lead.draw(m) : nothing;
}

/** @param {import("../model.js").Model} m */
export function drawHall(m) {
  return leading(HALL, m)?.draw(m) ?? nothing;
}

/** @param {import("../model.js").Model} m */
export function drawThumb(m) {
  return THUMB.map((draw) => draw(m));
}

/** @param {import("../model.js").Model} m */
export function drawMore(m) {
  return html`<ul class="list">${MORE.map((draw) => draw(m))}</ul>`;
}

/** @param {import("../model.js").Model} m @returns {import("./places.js").Next[]} the likeliest first */
export function nextActs(m) {
  return NEXT.flatMap((acts) => acts(m)).sort((one, other) => one.rank - other.rank);
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("./places.js").Next} next
 */
function drawBig(m, next) {
  const quiet = next.href ? "" : m.quiet(next.name);
  const words = html`${icon(next.sign, "lg")}<span class="button__text"><span class="clamp-2">${next.title}</span><span class="button__sub clamp-1">${quiet || next.sub || ""}</span></span>`;
  const kind = "button button--primary button--big dock__next";
  if (next.href) return html`<a class=${kind} href=${next.href}>${words}</a>`;
  return html`<button class=${kind} type="button" data-act=${next.name} aria-disabled=${Boolean(quiet)} @pointerdown=${() => m.act.holdNext(next)} @click=${(/** @type {MouseEvent} */ event) => m.act.pressNext(event, next)}>${words}</button>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("./places.js").Next} next
 */
function drawSmall(m, next) {
  const quiet = next.href ? "" : m.quiet(next.name);
  const words = html`${icon(next.sign)}<span class="button__text"><span class="clamp-1">${next.short}</span><span class="button__sub clamp-1">${next.shortSub ?? ""}</span></span>`;
  if (next.href) return html`<a class="button button--big dock__side" href=${next.href}>${words}</a>`;
  return html`<button class="button button--big dock__side" type="button" data-act=${next.name} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${next.press}>${words}</button>`;
}

/** @param {import("../model.js").Model} m */
export function drawDock(m) {
  const acts = nextActs(m);
  const big = acts.find((next) => next.rank < 90);
  const small = acts.filter((next) => next !== big && next.short).slice(0, 2);
  if (!acts.length && m.meeting.state === "draft") return html`<p class="dock__word">${gettext("The meeting is still a draft: it can be started once it is published.")}</p>`;
  return html`${small.reverse().map((next) => drawSmall(m, next))}${big ? drawBig(m, big) : nothing}`;
}
