// The secretary's desk: the items as tabs, the note of the chosen one, what the secretary may do to the room.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { endedAt, paperCount, planned, startedAt, topOf } from "../agenda.js";
import { clock } from "../time.js";
import { duration, fill, papersCount } from "../words.js";
import { drawItemDoors } from "./order.js";
import { icon, lock } from "./parts.js";
import { nextActs } from "./consoles.js";

/** @param {import("../model.js").Model} m */
export function drawTabs(m) {
  const chosen = topOf(m.plan, m.noteItem);
  return html`<div class="itemtabs" role="tablist" aria-label=${gettext("Notes by item")} @keydown=${m.act.tabKey}>${m.plan.tops.map((top) => {
    const now = top === m.plan.top && m.meeting.state === "live";
    const words = now ? fill(gettext("Item %(number)s · now"), { number: top.number }) : fill(gettext("Item %(number)s"), { number: top.number });
    const dirty = [top.id, ...top.steps.map((step) => step.id)].some((id) => m.unsaved.has(id));
    return html`<button class="itemtabs__tab" role="tab" type="button" id="tab-${top.id}" aria-selected=${top === chosen} tabindex=${top === chosen ? 0 : -1} aria-controls="minutes" title=${top.title} @click=${() => m.act.openNote(now && m.plan.current ? m.plan.current.id : top.id)}>${top.state === "done" && !now ? icon("check", "sm") : nothing}${words}${lock(top)}${dirty ? html`<span class="dot dot--warn"></span><span class="visually-hidden">${gettext("not saved yet")}</span>` : nothing}</button>`;
  })}</div>`;
}

/** @param {import("../model.js").Model} m */
export function drawNoteHead(m) {
  const item = m.plan.flat.find((each) => each.id === m.noteItem);
  const top = topOf(m.plan, m.noteItem);
  if (!item || !top) return nothing;
  const begun = startedAt(item);
  const ended = endedAt(item);
  const start = m.forecast.starts.get(item.id) ?? item.starts_at;
  const facts = [
    begun ? fill(gettext("Began at %(time)s"), { time: clock(begun, m.zone) }) : start ? fill(gettext("Planned for %(time)s"), { time: clock(start, m.zone) }) : "",
    ended && m.plan.current?.id !== item.id ? fill(gettext("done at %(time)s"), { time: clock(ended, m.zone) }) : "",
    planned(item) ? duration(planned(item)) : "",
    item.presenter ? fill(gettext("Presented by %(name)s"), { name: item.presenter }) : "",
  ].filter(Boolean);
  const count = paperCount(top);
  const here = m.plan.current?.id === item.id;
  const quiet = m.quiet("go_to_item");
  return html`
    <div class="minutes__top"><h2 class="minutes__title">${top.title}${lock(top)}</h2>
    ${m.meeting.state === "live" && m.can("go_to_item") && !here ? html`<button class="button minutes__go" type="button" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.goTo(item.id)}>${icon("right", "sm")}${fill(gettext("Move the room to item %(number)s"), { number: item.number })}</button>` : nothing}</div>
    <p class="minutes__meta">${facts.map((fact) => html`<span>${fact}</span>`)}${count ? html`<button class="minutes__papers" type="button" data-open="papers" aria-haspopup="dialog">${icon("file", "sm")}${papersCount(count)}</button>` : nothing}${drawItemDoors(m, item)}</p>
    ${top.steps.length ? html`<div class="segments minutes__steps" role="group" aria-label=${gettext("Parts of this item")}>${[top, ...top.steps].map((each) => html`<button class="segments__item" type="button" aria-pressed=${each.id === item.id} @click=${() => m.act.openNote(each.id)}>${each.id === top.id ? gettext("Whole item") : html`<b>${each.number}</b> <span class="clamp-1">${each.title}</span>`}${m.unsaved.has(each.id) ? html`<span class="dot dot--warn"></span>` : nothing}</button>`)}</div>` : nothing}`;
}

/** @param {import("../model.js").Model} m */
export function drawNoteFoot(m) {
  const { note } = m;
  if (!note) return nothing;
  /** @type {Record<string, string>} */
  const words = {
    same: note.base.at ? fill(gettext("Saved at %(time)s"), { time: clock(note.base.at, m.zone) }) : gettext("Saved by itself while you write"),
    edited: m.online ? gettext("Will be saved in a moment…") : gettext("Kept on this device; saved when the connection is back."),
    saving: gettext("Saving…"),
    conflict: gettext("Not saved: somebody else has changed this note."),
  };
  return html`<p class="composer__why is-muted" role="status">${note.state === "same" ? icon("check", "sm") : nothing}<span data-note-state=${note.state}>${m.noteWhy || words[note.state]}</span></p>`;
}

/** @param {import("../model.js").Model} m */
export function drawConflict(m) {
  const { note } = m;
  if (!note || note.state !== "conflict" || !note.theirs) return nothing;
  return html`<section class="conflict" role="alert"><h3 class="conflict__title">${icon("warn", "sm")}${gettext("Somebody else has changed this note")}</h3>
    <p class="conflict__help">${fill(gettext("Saved at %(time)s. Yours stays in the field below; nothing is lost until you choose."), { time: clock(note.theirs.at, m.zone) })}</p>
    <div class="conflict__text" tabindex="0" role="region" aria-label=${gettext("The other text")}>${note.theirs.text}</div>
    <div class="conflict__acts"><button class="button" type="button" @click=${() => m.act.decide("both")}>${gettext("Keep both")}</button><button class="button" type="button" @click=${() => m.act.decide("mine")}>${gettext("Keep mine")}</button><button class="button" type="button" @click=${() => m.act.decide("theirs")}>${gettext("Take the other")}</button></div></section>`;
}

/**
 * The likeliest act, in the bar above everything.
 * @param {import("../model.js").Model} m
 */
export function drawConduct(m) {
  const next = nextActs(m).find((each) => each.rank < 90 && !each.href);
  if (!next) return nothing;
  const quiet = m.quiet(next.name);
  return html`<button class="button button--primary" type="button" data-act=${next.name} aria-disabled=${Boolean(quiet)} title=${quiet || next.title} @pointerdown=${() => m.act.holdNext(next)} @click=${(/** @type {MouseEvent} */ event) => m.act.pressNext(event, next)}>${icon(next.sign, "sm")}<span class="clamp-2">${next.short ?? next.title}</span></button>`;
}

/** @param {import("../model.js").Model} m */
export function drawPace(m) {
  const { late, ends } = m.forecast;
  if (m.meeting.state !== "live") return nothing;
  return html`${late ? html`<span class="chip chip--warn">${icon("clock")}${fill(gettext("%(time)s late"), { time: duration(late) })}</span>` : html`<span class="chip chip--ok">${icon("check")}${gettext("On time")}</span>`}
    <span class="pace__end">${gettext("Likely end")} <strong>${clock(ends, m.zone)}</strong></span>`;
}
