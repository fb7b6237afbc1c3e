// The line with the server and the clock: always visible, in every seat.
import { html } from "../../../vendor/lit-html/lit-html.js";
import { clock } from "../time.js";
import { initials } from "../words.js";
import { drawQuorum } from "./attendance.js";
import { avatar, icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
export function drawState(m) {
  if (m.link.state === "live" || m.link.young) return html`<span class="dot dot--ok"></span>${gettext("Connected")}`;
  if (!m.link.banner) return html`<span class="dot dot--warn"></span>${gettext("Connecting…")}`;
  return html`<span class="topbar__off">${icon("wifi-off", "sm")}${gettext("Connection lost")}</span>`;
}

/** @param {import("../model.js").Model} m */
export function drawClock(m) {
  return html`<span class="visually-hidden">${gettext("The time is")} </span>${clock(m.now, m.zone)}`;
}

/** @param {import("../model.js").Model} m */
export function drawPresence(m) {
  return drawQuorum(m);
}

/** @param {import("../model.js").Model} m */
export function drawSign(m) {
  return avatar(initials(m.me.post || m.me.name), m.me.role);
}
