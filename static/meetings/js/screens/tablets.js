// The tablets of the room, for the secretary: how each is doing, and what can be done for who sits at it.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { healthOf, worstFirst } from "../tablets.js";
import { clock } from "../time.js";
import { fill } from "../words.js";
import { empty, icon } from "./parts.js";
import { roleName } from "./people.js";

const SIGNS = { off: "wifi-off", unknown: "wifi", silent: "warn", behind: "warn", slow: "wifi", well: "check" };
const TONES = { off: "", unknown: "", silent: "is-bad", behind: "is-bad", slow: "is-slow", well: "is-well" };

/**
 * What opens the sheet, with how many are on the line.
 * @param {import("../model.js").Model} m
 */
export function drawTabletsButton(m) {
  const { present = 0, total = 0 } = m.people;
  return html`${icon("tablet", "sm")}${fill(gettext("Tablets: %(present)s/%(total)s on the line"), { present, total })}`;
}

/** @param {import("../model.js").Model} m */
export function drawTablets(m) {
  const { list, failed } = m.tablets;
  if (!list) return empty("tablet", failed ? gettext("The tablets cannot be asked now. Trying again…") : gettext("Asking the tablets…"));
  return html`${failed ? html`<p class="tablets__old" role="status">${icon("warn", "sm")}${gettext("The tablets cannot be asked now. Trying again…")}</p>` : nothing}<ul class="list">${worstFirst(list, m.attendance.attending ?? []).map((tablet) => drawTablet(m, tablet))}</ul>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../tablets.js").Tablet} tablet
 */
function drawTablet(m, tablet) {
  const health = healthOf(tablet);
  const open = m.tablets.chosen === tablet.seat;
  const hall = tablet.role === "hall";
  return html`<li class="tablet"><button class="list__row" type="button" aria-expanded=${open} data-tablet=${tablet.seat} data-health=${health} @click=${() => m.act.chooseTablet(tablet.seat)}>
    <span class="tablet__sign ${TONES[health]}">${icon(SIGNS[health])}</span><span class="list__main"><span class="list__title">${tablet.name}</span><span class="list__meta">${healthWords(m, tablet, health)}</span></span>${icon(open ? "up" : "down", "sm")}</button>
    ${open ? html`<div class="tablet__help">${drawHelp(m, tablet, hall)}</div>` : nothing}</li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../tablets.js").Tablet} tablet
 * @param {boolean} hall
 */
function drawHelp(m, tablet, hall) {
  const quiet = m.quiet("ask_to_load");
  return html`<button class="button" type="button" data-act="ask_to_load" aria-disabled=${Boolean(quiet) || !tablet.connected} title=${quiet || nothing} @click=${() => tablet.connected && m.act.askToLoad(tablet.seat)}>${icon("undo", "sm")}${gettext("Load this screen anew")}</button>
    ${hall ? nothing : html`<button class="button" type="button" ?hidden=${!["chair", "delegate", "invited"].includes(tablet.role)} @click=${() => m.act.writeTo(tablet.seat, tablet.name)}>${icon("message", "sm")}${gettext("Write in private")}</button>
    <a class="button" href="../the-ghe/#card-${tablet.seat}" target="_blank" rel="noopener">${icon("key", "sm")}${gettext("Seat card and PIN")}</a>`}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../tablets.js").Tablet} tablet
 * @param {import("../tablets.js").Health} health
 */
function healthWords(m, tablet, health) {
  const since = clock(tablet.since, m.zone);
  const role = tablet.role === "hall" ? gettext("Hall screen") : roleName(tablet.role);
  const count = tablet.lines.length > 1 ? fill(gettext("%(count)s screens"), { count: tablet.lines.length }) : "";
  return [role, stateWords(tablet, health, since), count, packWords(m, tablet.pack)].filter(Boolean).join(" · ");
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../tablets.js").Tablet["pack"]} pack
 */
function packWords(m, pack) {
  if (!pack) return "";
  if (pack.checked === null) return gettext("taking the papers along");
  return fill(gettext("papers ready %(ready)s of %(total)s, checked %(time)s"), { ready: pack.ready, total: pack.total, time: clock(pack.checked, m.zone) });
}

/**
 * @param {import("../tablets.js").Tablet} tablet
 * @param {import("../tablets.js").Health} health
 * @param {string} since
 */
function stateWords(tablet, health, since) {
  if (health === "off") return tablet.since ? fill(gettext("not connected since %(time)s"), { time: since }) : gettext("never connected");
  if (health === "silent") return fill(gettext("not heard of for %(seconds)s s"), { seconds: Math.max(...tablet.lines.map((line) => line.silent)) });
  if (health === "behind") {
    const behind = Math.max(...tablet.lines.map((line) => line.behind));
    return behind > 0 ? fill(ngettext("%(count)s change behind", "%(count)s changes behind", behind), { count: behind }) : gettext("just coming");
  }
  if (health === "slow") return fill(gettext("by the slow way since %(time)s, up to date"), { time: since });
  if (health === "unknown") return fill(gettext("connected since %(time)s"), { time: since });
  return fill(gettext("connected since %(time)s, up to date"), { time: since });
}
