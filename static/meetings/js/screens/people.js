// Who is here.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { standingOf } from "../attendance.js";
import { fill, initials } from "../words.js";
import { avatar, empty, icon } from "./parts.js";
import { drawSites } from "./sites.js";

/** @param {string} role */
export function roleName(role) {
  /** @type {Record<string, string>} */
  const names = {
    chair: gettext("Chair"),
    secretary: gettext("Secretary"),
    delegate: gettext("Delegates"),
    invited: gettext("Invited"),
    observer: gettext("Observers"),
  };
  return names[role] ?? "";
}

export const ORDER = ["chair", "secretary", "delegate", "invited", "observer"];

/**
 * The people of the list: all, or those of the site that was tapped.
 * @param {import("../model.js").Model} m
 */
export function listed(m) {
  const seats = m.people.seats ?? [];
  const chosen = m.sites.find((site) => site.id === m.site);
  return chosen ? seats.filter((seat) => chosen.seats.includes(seat.id)) : seats;
}

/** @param {import("../model.js").Model} m */
export function drawPeople(m) {
  const seats = listed(m);
  if (!seats.length) return empty("users", gettext("Nobody is listed yet"));
  return ORDER.map((role) => {
    const group = seats.filter((seat) => seat.role === role);
    if (!group.length) return nothing;
    const here = group.filter((seat) => standingOf(m.attendance, seat) === "here").length;
    return html`<section class="people"><h3 class="people__role eyebrow">${roleName(role)}<span>${here}/${group.length}</span></h3>
      <ul>${group.map((seat) => html`<li class="person ${standingOf(m.attendance, seat) === "here" ? "" : "is-away"}">${avatar(initials(seat.post || seat.name), role)}<span class="person__name">${seat.name}${seat.id === m.me.seat ? html` <span class="is-muted">${gettext("(you)")}</span>` : nothing}<small>${under(m, seat)}</small></span><span class="person__state">${stateOf(m, seat)}</span></li>`)}</ul>
    </section>`;
  });
}

/**
 * The post, and in a meeting of several sites where the person sits.
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Seat} seat
 */
function under(m, seat) {
  const site = m.sites.find((each) => each.seats.includes(seat.id));
  return [seat.post, site?.name].filter(Boolean).join(" · ");
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Seat} seat
 */
function stateOf(m, seat) {
  const standing = standingOf(m.attendance, seat);
  if (standing === "here") return html`<span class="dot dot--ok"></span>${gettext("present")}`;
  return standing === "connected" ? html`<span class="dot dot--open"></span>${gettext("connected")}` : html`<span class="dot dot--none"></span>${gettext("absent")}`;
}

/** @param {import("../model.js").Model} m */
export function drawFacts(m) {
  const seats = m.people.seats ?? [];
  /** @param {string[]} roles */
  const count = (roles) => {
    const group = seats.filter((seat) => roles.includes(seat.role));
    return html`${group.filter((seat) => standingOf(m.attendance, seat) === "here").length}<small>/${group.length}</small>`;
  };
  return html`<dl class="facts"><div><dt>${gettext("At the table")}</dt><dd>${count(["chair", "secretary", "delegate"])}</dd></div><div><dt>${gettext("Invited")}</dt><dd>${count(["invited", "observer"])}</dd></div><div><dt>${gettext("Absent")}</dt><dd>${seats.filter((seat) => standingOf(m.attendance, seat) !== "here").length}</dd></div></dl>`;
}

/**
 * Who is here, on the side of the chair.
 * @param {import("../model.js").Model} m
 */
export function drawPeopleDesk(m) {
  return html`<div class="console__head"><h2>${gettext("Attendance")}</h2></div>${drawFacts(m)}${drawSites(m)}${drawPeople(m)}`;
}

/**
 * The row in the delegate's sheet "More".
 * @param {import("../model.js").Model} m
 */
export function drawPeopleRow(m) {
  if (!m.reads("people")) return nothing;
  const { attending = 0, of = 0 } = m.attendance.counts ?? {};
  return html`<li><button class="list__row" type="button" data-open="people" aria-haspopup="dialog">${icon("users")}<span class="list__main"><span class="list__title">${gettext("People here")}</span><span class="list__meta">${fill(gettext("%(present)s/%(total)s present"), { present: attending, total: of })}</span></span>${icon("right", "sm")}</button></li>`;
}
