// "Take this meeting along" as a row of a sheet: what is there, how fresh it is, and the button.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { icon } from "../screens/parts.js";
import { clock } from "../time.js";
import { fill } from "../words.js";

/**
 * One sentence about how much is there.
 * @param {import("./keeper.js").Taken} taken
 * @param {string} zone
 */
export function takenWords(taken, zone) {
  if (taken.phase === "none") return gettext("Agenda and papers stay readable on this device when the network fails.");
  if (taken.phase === "waiting") return gettext("Beginning in a moment…");
  const figures = { ready: taken.ready, total: taken.total };
  const count = fill(ngettext("%(ready)s of %(total)s paper ready", "%(ready)s of %(total)s papers ready", taken.total), figures);
  const fresh = taken.checked ? fill(gettext("checked %(time)s"), { time: clock(taken.checked, zone) }) : "";
  const state = taken.phase === "fetching" ? gettext("being fetched") : taken.phase === "paused" && taken.ready < taken.total ? gettext("goes on with the connection") : "";
  return [count, state, fresh].filter(Boolean).join(" · ");
}

/**
 * @param {import("./keeper.js").Taken} taken
 * @param {string} zone
 * @param {{take: () => void, remove: () => void}} acts
 */
export function drawTaken(taken, zone, acts) {
  const has = taken.phase !== "none" && taken.phase !== "failed";
  const why = taken.can ? taken.why : gettext("Only over a secure address (https) can papers be kept on this device. Tell the administrator.");
  return html`<section class="taken" aria-label=${gettext("This meeting on this device")} data-taken=${taken.phase}>
    <p class="taken__text"><span class="taken__title">${icon(has && taken.ready === taken.total && taken.phase === "ready" ? "check" : "download", "sm")}${has ? gettext("Taken along on this device") : gettext("Take this meeting along")}</span>
      <span class="taken__state" role="status">${why || takenWords(taken, zone)}</span></p>
    ${has
      ? html`<button class="button button--quiet" type="button" data-act="leave_behind" @click=${acts.remove}>${gettext("Remove from this device")}</button>`
      : html`<button class="button" type="button" data-act="take_along" ?disabled=${!taken.can} @click=${acts.take}>${gettext("Take along")}</button>`}
    ${taken.phase === "fetching" ? html`<progress class="taken__bar" max=${taken.total} value=${taken.ready} aria-label=${gettext("Papers fetched")}></progress>` : nothing}
  </section>`;
}
