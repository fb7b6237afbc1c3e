// The door has closed: one sentence, nothing of the meeting is left on the screen.
import { html } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "./parts.js";

/**
 * @param {string} reason why the server closed the connection for good
 * @param {string} home where to go
 */
export function drawEnded(reason, home) {
  const out = reason === "signed_out";
  const title = out ? gettext("You have been signed out") : gettext("You no longer have a seat in this room");
  const text = out
    ? gettext("Sign in again to return to the meeting. The papers were removed from this screen.")
    : gettext("Your seat was changed or the meeting is no longer open to you. The papers were removed from this screen. Ask the secretary if this is a mistake.");
  return html`<main class="ended"><div class="ended__card">${icon("dinh", "mark")}<h1 tabindex="-1" data-ended-title>${title}</h1><p>${text}</p>
    <a class="button button--primary button--big" href=${out ? location.pathname : home}>${out ? gettext("Sign in again") : gettext("To the list of meetings")}</a></div></main>`;
}
