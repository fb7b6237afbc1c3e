// Items to be adopted without debate: one's own word to them, and for those who lead the one act that adopts them.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { clock } from "../time.js";
import { fill } from "../words.js";
import { icon } from "./parts.js";
import { JUST } from "./polls.js";

/**
 * @typedef {{seat: number, name: string, answer: string, reason: string}} Stance
 * @typedef {{item: number, adopted_at: number | null, present?: number, of?: number, agreed?: number, objections?: number, stances?: Stance[]}} Row
 * @typedef {{voters?: number, items?: Row[]}} Consent
 */

/**
 * What can be adopted now in one act: nobody wants to debate it.
 * @param {import("../model.js").Model} m
 */
export function readyForConsent(m) {
  if (m.meeting.state !== "live" || !m.can("adopt_consent")) return [];
  return (m.consent.items ?? []).filter((row) => !row.adopted_at && !row.objections && m.plan.flat.find((item) => item.id === row.item)?.state === "waiting");
}

/** @param {number} n */
export function consentWords(n) {
  return fill(ngettext("Adopt %(n)s item without debate", "Adopt %(n)s items without debate", n), { n });
}

/**
 * Before the first item is taken up, and whenever the meeting is between two items, adopting is the likely act.
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
export function consentNext(m) {
  const ready = readyForConsent(m).map((row) => row.item);
  if (!ready.length) return [];
  const words = consentWords(ready.length);
  return [{ name: "adopt_consent", rank: m.plan.current ? 75 : 65, sign: "check", title: words, sub: gettext("Nobody has asked for a debate on them."), short: words, press: () => m.act.adoptConsent(ready) }];
}

/** @param {import("../model.js").Model} m */
export function drawConsent(m) {
  const rows = m.consent.items ?? [];
  if (!rows.length || m.meeting.state === "draft" || m.meeting.state === "cancelled") return nothing;
  const ready = readyForConsent(m);
  const quiet = m.quiet("adopt_consent");
  return html`<section class="consents" aria-labelledby="consents-title"><h3 class="eyebrow" id="consents-title">${gettext("Items without debate")}</h3>
    <ul class="consents__list">${rows.map((row) => drawRow(m, row))}</ul>
    ${ready.length ? html`<button class="button button--primary button--block" type="button" data-act="adopt_consent" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.adoptConsent(ready.map((row) => row.item))}>${icon("check")}<span class="button__text">${consentWords(ready.length)}<span class="button__sub">${gettext("Nobody has asked for a debate on them.")}</span></span></button>` : nothing}
  </section>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Row} row
 */
function drawRow(m, row) {
  const item = m.plan.flat.find((each) => each.id === row.item);
  if (!item) return nothing;
  const own = m.stances[row.item]?.answer ?? "";
  const waits = !row.adopted_at && item.state === "waiting";
  const quiet = m.quiet("take_stance");
  const before = m.meeting.state === "published";
  /**
   * @param {"" | "agrees" | "objects"} answer
   * @param {string} sign
   * @param {string} words
   */
  const button = (answer, sign, words) => html`<button class="button" type="button" data-stance=${answer} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.takeStance(row.item, answer)}>${icon(sign, "sm")}${words}<span class="visually-hidden">: ${item.title}</span></button>`;
  return html`<li class="consents__row"><p class="consents__title"><b>${item.number}</b> ${item.title}</p>
    ${row.adopted_at ? html`<p><span class="chip chip--ok">${icon("check")}${fill(gettext("Adopted at %(time)s"), { time: clock(row.adopted_at, m.zone) })}</span></p>` : html`<p class="is-muted">${row.agreed === undefined ? nothing : fill(gettext("%(agreed)s of %(voters)s have ticked"), { agreed: row.agreed, voters: m.consent.voters ?? 0 })}${row.objections ? html` <span class="chip chip--warn">${gettext("a debate is wanted")}</span>` : nothing}</p>`}
    ${row.stances?.length && !row.adopted_at ? html`<ul class="consents__who">${row.stances.map((each) => html`<li>${each.answer === "agrees" ? icon("check", "sm") : icon("message", "sm")}<span>${each.answer === "agrees" ? fill(gettext("%(name)s: no objection"), { name: each.name }) : fill(gettext("%(name)s wants a debate"), { name: each.name })}${each.reason ? ` (${each.reason})` : ""}</span></li>`)}</ul>` : nothing}
    ${waits && m.can("take_stance") && m.people.seats?.find((seat) => seat.id === m.me.seat)?.votes ? html`<div class="consents__acts">${own ? html`<span class="chip ${own === "agrees" ? "chip--ok" : "chip--warn"}">${own === "agrees" ? gettext("You have no objection") : gettext("You have asked for a debate")}</span>` : nothing}
      ${before && own !== "agrees" ? button("agrees", "check", gettext("No objection")) : nothing}${own !== "objects" ? button("objects", "message", gettext("Take it out for a debate")) : nothing}${own === "objects" || (own && before) ? button("", "undo", gettext("Take it back")) : nothing}</div>` : nothing}</li>`;
}

/**
 * What the last act adopted, as long as it is news: nothing has been taken up since.
 * @param {import("../model.js").Model} m
 */
function justAdopted(m) {
  const rows = m.consent.items ?? [];
  const at = Math.max(0, ...rows.map((row) => row.adopted_at ?? 0));
  const { current } = m.plan;
  const isNews = at > 0 && (!current || (at >= (current.started_at ?? 0) && m.now - at < JUST));
  return isNews ? rows.filter((row) => row.adopted_at === at) : [];
}

/**
 * What waits to be adopted while nothing is under discussion.
 * @param {import("../model.js").Model} m
 */
function proposed(m) {
  if (m.plan.current) return [];
  return (m.consent.items ?? []).filter((row) => m.plan.flat.find((item) => item.id === row.item)?.state === "waiting");
}

/** On the hall screen: first what is proposed, then what was adopted. @param {import("../model.js").Model} m */
export function hallConsent(m) {
  if (m.meeting.state !== "live") return "";
  const adopted = justAdopted(m);
  return adopted.length ? `adopted ${adopted[0].adopted_at}` : proposed(m).length ? "proposed" : "";
}

/** As many as a wall shows large enough to be read. */
const ON_A_WALL = 8;

/** @param {import("../model.js").Model} m */
export function drawHallConsent(m) {
  const adopted = justAdopted(m);
  const rows = adopted.length ? adopted : proposed(m);
  const rest = rows.length - ON_A_WALL;
  const [first] = adopted;
  return html`<section class="hall__consent ${rows.length > ON_A_WALL / 2 ? "is-many" : ""}" data-consent=${adopted.length ? "adopted" : "proposed"}>
    <h1 class="hall__question">${adopted.length ? html`${icon("check", "lg")}${gettext("Adopted without debate")}` : gettext("Proposed for adoption without debate")}</h1>
    <ol class="hall__list">${rows.slice(0, ON_A_WALL).map((row) => drawOnWall(m, row))}</ol>
    ${rest > 0 ? html`<p class="hall__next">${fill(ngettext("and %(n)s more item", "and %(n)s more items", rest), { n: rest })}</p>` : nothing}
    ${first ? html`<p class="hall__next">${fill(gettext("At %(time)s; %(present)s of %(of)s with a vote were present"), { time: clock(first.adopted_at, m.zone), present: first.present ?? 0, of: first.of ?? 0 })}</p>` : nothing}</section>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Row} row
 */
function drawOnWall(m, row) {
  const item = m.plan.flat.find((each) => each.id === row.item);
  if (!item) return nothing;
  const objections = row.objections ?? 0;
  return html`<li><b class="hall__point">${item.number}</b><span class="clamp-2">${item.title}</span>${objections && !row.adopted_at ? html`<span class="hall__debate">${icon("message")}${fill(ngettext("%(n)s wants a debate", "%(n)s want a debate", objections), { n: objections })}</span>` : nothing}</li>`;
}
