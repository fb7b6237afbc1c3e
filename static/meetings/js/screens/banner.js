// What the whole room must know: the line is cut, the meeting has not begun, the meeting is over.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { clock, day } from "../time.js";
import { fill } from "../words.js";
import { icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
export function drawBanner(m) {
  if (m.link.banner) {
    const title = fill(gettext("No connection to the room since %(time)s."), { time: clock(m.link.last, m.zone) });
    const reads = m.me.role === "chair" || m.me.role === "secretary"
      ? gettext("What you write is kept on this device; acts wait for the connection. Trying to reconnect…")
      : gettext("Papers that are open can still be read, and what you write is kept. Trying to reconnect…");
    return html`<div class="banner banner--warn room__banner" role="alert">${icon("wifi-off")}<p class="banner__text"><span class="banner__title">${title}</span> ${reads}</p>
      <button class="button" type="button" @click=${m.act.check}>${gettext("Try now")}</button></div>`;
  }
  if (m.meeting.state === "closed") {
    const title = fill(gettext("The meeting ended at %(time)s."), { time: clock(m.meeting.closed_at, m.zone) });
    return html`<div class="banner banner--info room__banner" role="status">${icon("check")}<p class="banner__text"><span class="banner__title">${title}</span> ${gettext("Papers stay readable here and on the page of the meeting.")}</p>
      <a class="button" href=${m.home}>${gettext("Leave the room")}</a></div>`;
  }
  return drawCalledOff(m);
}

/** @param {import("../model.js").Model} m */
function drawCalledOff(m) {
  const { meeting } = m;
  const why = meeting.reason ? fill(gettext("Reason: %(reason)s"), { reason: meeting.reason }) : "";
  if (meeting.state === "cancelled") {
    return html`<div class="banner banner--warn room__banner" role="status">${icon("warn")}<p class="banner__text"><span class="banner__title">${gettext("This meeting has been cancelled.")}</span> ${why}</p>
      <a class="button" href=${m.home}>${gettext("Leave the room")}</a></div>`;
  }
  if (meeting.state !== "published" || !meeting.postponed_from) return nothing;
  const values = { was: `${clock(meeting.postponed_from, m.zone)} ${day(meeting.postponed_from, m.zone)}`, now: `${clock(meeting.starts_at, m.zone)} ${day(meeting.starts_at, m.zone)}` };
  return html`<div class="banner banner--info room__banner" role="status">${icon("calendar")}<p class="banner__text"><span class="banner__title">${fill(gettext("Postponed from %(was)s to %(now)s."), values)}</span> ${why}</p></div>`;
}

/** @param {import("../model.js").Model} m */
export function drawToast(m) {
  if (!m.toast) return nothing;
  return html`<div class="toast" role=${m.undo ? "status" : "alert"}><p class="toast__text">${m.toast}</p>${m.undo ? html`<button class="button button--quiet" type="button" data-act="undo" @click=${m.undo}>${gettext("Undo")}</button>` : nothing}<button class="icon-button" type="button" aria-label=${gettext("Close this notice")} @click=${m.act.hideToast}>${icon("x")}</button></div>`;
}
