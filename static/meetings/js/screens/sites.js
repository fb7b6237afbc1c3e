// The places of one meeting: how each stands, for those who lead; its people, for its clerk; counts for the hall.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { doorsOpen } from "../attendance.js";
import { isCutOff, keptBy, standings } from "../sites.js";
import { fill } from "../words.js";
import { drawPerson } from "./attendance.js";
import { icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
function all(m) {
  return standings(m.sites, m.attendance, m.people.seats ?? []);
}

/**
 * How many sites whose people are here have lost their line: the figure on the chair's tab.
 * @param {import("../model.js").Model} m
 */
export function cutOff(m) {
  return m.meeting.state === "live" ? all(m).filter(isCutOff).length : 0;
}

/**
 * One line for each site; a tap leaves only its people in the list below. Nothing for a meeting in one hall.
 * @param {import("../model.js").Model} m
 */
export function drawSites(m) {
  if (!m.sites.length) return nothing;
  return html`<ul class="sites" aria-label=${gettext("Sites")}>${all(m).map((standing) => {
    const { site, here, of, lines } = standing;
    const words = lines ? fill(ngettext("%(count)s tablet on the line", "%(count)s tablets on the line", lines), { count: lines }) : gettext("no tablet on the line");
    return html`<li><button class="sites__site ${isCutOff(standing) ? "is-cut-off" : ""}" type="button" data-site=${site.id} data-lines=${lines} aria-pressed=${m.site === site.id} @click=${() => m.act.chooseSite(site.id)}>
      <span class="sites__name">${site.name}</span><span class="sites__here"><b>${here}</b>/${of}<span class="visually-hidden"> ${gettext("present")}</span></span><span class="sites__line">${icon(lines ? "wifi" : "wifi-off", "sm")}${words}</span></button></li>`;
  })}</ul>`;
}

/**
 * The row in the sheet "More" of a site's clerk.
 * @param {import("../model.js").Model} m
 */
export function drawSiteRow(m) {
  const mine = keptBy(m.sites, m.me.seat);
  if (!mine) return nothing;
  const { here, of } = standings([mine], m.attendance, [])[0];
  return html`<li><button class="list__row" type="button" data-open="site" aria-haspopup="dialog">${icon("globe")}<span class="list__main"><span class="list__title">${fill(gettext("Attendance of %(site)s"), { site: mine.name })}</span><span class="list__meta">${fill(gettext("%(present)s/%(total)s present"), { present: here, total: of })}</span></span>${icon("right", "sm")}</button></li>`;
}

/**
 * The clerk's sheet: who of the own site is here, and one press to note it.
 * @param {import("../model.js").Model} m
 */
export function drawMySite(m) {
  const mine = keptBy(m.sites, m.me.seat);
  if (!mine) return nothing;
  const seats = (m.people.seats ?? []).filter((seat) => mine.seats.includes(seat.id));
  const open = doorsOpen(m.meeting, m.now);
  return html`<p class="sites__title"><strong>${mine.name}</strong>${open ? html`<a class="button" href="../ma-diem-danh/?diem=${mine.id}" target="_blank" rel="noopener">${icon("qr", "sm")}${gettext("Code at the door")}</a>` : nothing}</p>
    ${open ? nothing : html`<p class="is-muted">${gettext("Attendance is taken from three hours before the planned start.")}</p>`}
    <ul class="people">${seats.map((seat) => drawPerson(m, seat, { notes: open, times: false }))}</ul>`;
}

/**
 * On the hall screen while people come: counts alone.
 * @param {import("../model.js").Model} m
 */
export function drawHallSites(m) {
  if (!m.sites.length) return nothing;
  return html`<dl class="hall__sites">${all(m).map(({ site, here, of }) => html`<div class=${here ? "" : "is-away"}><dt>${site.name}</dt><dd><b>${here}</b>/${of}</dd></div>`)}</dl>`;
}

/**
 * At the foot of the hall screen.
 * @param {import("../model.js").Model} m
 */
export function drawHallSitesHere(m) {
  if (!m.sites.length) return nothing;
  const joined = all(m).filter(({ here }) => here).length;
  return html`<span class="hall__people">${icon("globe")}${fill(gettext("%(joined)s/%(total)s sites"), { joined, total: m.sites.length })}</span>`;
}
