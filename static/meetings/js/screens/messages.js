// Messages to the whole room. The text being written is not here: no template touches it.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { clock } from "../time.js";
import { fill, initials } from "../words.js";
import { avatar, empty, icon } from "./parts.js";

/** @param {import("../model.js").Model} m */
export function drawMessages(m) {
  if (!m.messages.length) return empty("message", gettext("No messages yet"), gettext("A message goes to everyone who sits in the room."));
  const posts = new Map((m.people.seats ?? []).map((seat) => [seat.id, seat]));
  return html`<ol class="talk">${m.messages.map((message) => {
    const own = message.seat === m.me.seat;
    const seat = posts.get(message.seat ?? 0);
    return html`<li class="talk__message ${own ? "is-own" : ""} ${m.fresh.has(`message ${message.id}`) ? "is-fresh" : ""}">
      ${own ? nothing : avatar(initials(seat?.post || message.name), seat?.role)}
      <div class="talk__body"><p class="talk__head"><strong>${own ? gettext("You") : message.name}</strong><span>${clock(message.at, m.zone)}</span>${!own && seat?.post ? html`<small>${seat.post}</small>` : nothing}</p><p class="talk__text">${message.text}</p>${drawHeld(m, message)}</div>${drawRemoval(m, message)}
    </li>`;
  })}</ol>`;
}

/** @param {import("../model.js").Model} m @param {string} act */
function moderates(m, act) {
  return m.can(act) && ["live", "closed"].includes(m.meeting.state);
}

/**
 * A message that waits, and the button that shows it.
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Message} message
 */
function drawHeld(m, message) {
  if (!message.held || !moderates(m, "release_message")) return nothing;
  const quiet = m.quiet("release_message");
  return html`<p class="sign__acts talk__held"><span class="chip chip--warn">${gettext("waits")}</span><button class="button" type="button" data-act="release_message" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.releaseMessage(message.id)}>${gettext("Show to all")}</button></p>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../model.js").Message} message
 */
function drawRemoval(m, message) {
  if (!moderates(m, "remove_message")) return nothing;
  const quiet = m.quiet("remove_message");
  return html`<button class="icon-button talk__remove" type="button" data-act="remove_message" aria-label=${fill(gettext("Remove the message of %(name)s"), { name: message.name })} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.removeMessage(message.id)}>${icon("trash", "sm")}</button>`;
}

/** @param {import("../model.js").Model} m */
export function drawComposer(m) {
  const { busy, failed, blank } = m.composer;
  const why = m.writingWhy ? m.writingWhy : !m.online ? gettext("No connection: the message is kept here and can be sent when the room is reached again.")
    : failed ? gettext("The message was not confirmed. Send again: it will not arrive twice.")
    : gettext("Kept on this device until sent.");
  const label = busy ? gettext("Sending…") : failed ? gettext("Send again") : gettext("Send message");
  return html`<p class="composer__why is-muted" id="composer-why" role="status">${why}</p>
    <button class="button button--accent" type="submit" aria-describedby="composer-why" aria-disabled=${!m.online || m.writingWhy !== "" || busy || blank}>${icon("send", "sm")}${label}</button>`;
}
