// The door has closed: one sentence, nothing of the meeting is left on the screen.
import { html } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "./parts.js";

/**
 * @param {string} reason why the server closed the connection for good: session, absent or replaced
 * @param {string} home where to go
 */
export function drawEnded(reason, home) {
  const { title, text, label, address } = words(reason, home);
  return html`<main class="ended"><div class="ended__card">${icon("dinh", "mark")}<h1 tabindex="-1" data-ended-title>${title}</h1><p>${text}</p>
    <a class="button button--primary button--big" href=${address}>${label}</a></div></main>`;
}

/**
 * @param {string} reason
 * @param {string} home
 */
function words(reason, home) {
  if (reason === "session") {
    return {
      title: gettext("You have been signed out"),
      text: gettext("Sign in again to return to the meeting. The papers were removed from this screen."),
      label: gettext("Sign in again"),
      address: location.pathname,
    };
  }
  if (reason === "replaced") {
    return {
      title: gettext("The room is open on too many screens"),
      text: gettext("It was opened elsewhere with this account, so this screen was closed. The papers were removed from it."),
      label: gettext("Open it here again"),
      address: location.pathname,
    };
  }
  return {
    title: gettext("You no longer have a seat in this room"),
    text: gettext("The seat was changed or the meeting is no longer open to this account. The papers were removed from this screen. If this is a mistake, tell the secretary."),
    label: gettext("To the list of meetings"),
    address: home,
  };
}
