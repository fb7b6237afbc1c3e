// Motions and amendments: the text by numbered clauses, what would change, and the decision on each.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { fill } from "../words.js";
import { empty, icon } from "./parts.js";

/**
 * @typedef {{number: string, text: string}} Clause
 * @typedef {{id: number, motion: number, number: number | null, clause: string, kind: string, refusal: string, diff: [string, string][], reason: string, seat: number | null,
 *   name: string, post: string, state: string, recommendation: string, advice: string}} Amendment
 * @typedef {{id: number, number: number | null, item: number, refusal: string, title: string, seat: number | null, name: string, state: string, version: number,
 *   clauses: Clause[], moved: Clause[], amendments: Amendment[]}} Motion
 */

const OPEN = ["proposed", "voting"];

/** @param {string} state */
function stateName(state) {
  /** @type {Record<string, string>} */
  const names = {
    submitted: gettext("Submitted"),
    returned: gettext("Returned"),
    proposed: gettext("Proposed"),
    accepted: gettext("Accepted by the mover"),
    voting: gettext("Put to the vote"),
    adopted: gettext("Adopted"),
    rejected: gettext("Rejected"),
    withdrawn: gettext("Withdrawn"),
  };
  return names[state] ?? "";
}

/** @param {string} state */
function stateChip(state) {
  const kind = state === "adopted" || state === "accepted" ? "chip--ok" : state === "voting" ? "chip--primary" : state === "submitted" || state === "returned" ? "chip--warn" : state === "proposed" ? "chip--accent" : "";
  return html`<span class="chip ${kind}" data-motion-state=${state}>${stateName(state)}</span>`;
}

/** How many motions wait to be admitted, and amendments for a decision. @param {import("../model.js").Model} m */
export function toDecide(m) {
  const submitted = m.motions.filter((motion) => motion.state === "submitted").length;
  return m.motions.reduce((sum, motion) => sum + motion.amendments.filter((each) => each.state === "submitted" || OPEN.includes(each.state)).length, submitted);
}

/**
 * Whether this seat lays something before the room, or submits it. The server decides; this only says it early.
 * @param {import("../model.js").Model} m
 * @param {string} act
 */
function mayMove(m, act) {
  if (!m.can(act)) return false;
  return m.can("review_motion") || Boolean(m.people.seats?.find((seat) => seat.id === m.me.seat)?.votes);
}

/** @param {import("../model.js").Model} m */
function mayAdd(m) {
  return mayMove(m, "add_motion") && ["draft", "published", "live"].includes(m.meeting.state);
}

/**
 * What everybody with this seat's rights sees, and what only this seat knows of: submitted, or come back.
 * @param {import("../model.js").Model} m
 * @returns {Motion[]}
 */
function shown(m) {
  const known = m.motions.map((motion) => {
    const own = m.own.amendments.filter((each) => each.motion === motion.id && !motion.amendments.some((other) => other.id === each.id));
    return own.length ? { ...motion, amendments: [...motion.amendments, ...own] } : motion;
  });
  return [...m.own.motions.filter((motion) => !m.motions.some((other) => other.id === motion.id)), ...known];
}

/** A row of the delegate's sheet "More". @param {import("../model.js").Model} m */
export function drawMotionsRow(m) {
  if (!shown(m).length && !mayAdd(m)) return nothing;
  return html`<li><button class="list__row" type="button" data-open="motions" aria-haspopup="dialog">${icon("gavel")}<span class="list__main"><span class="list__title">${gettext("Motions and amendments")}</span></span>${icon("right", "sm")}</button></li>`;
}

/** The way in: beside the agenda for a delegate, at the side for those who lead. @param {import("../model.js").Model} m */
export function drawMotionsLink(m) {
  if (!shown(m).length && !mayAdd(m)) return nothing;
  return html`<button class="button button--block motions__link" type="button" data-open="motions" aria-haspopup="dialog">${icon("gavel")}<span class="button__text">${gettext("Motions and amendments")}<span class="button__sub">${fill(gettext("Motions: %(motions)s · amendments to decide: %(open)s"), { motions: m.motions.length, open: toDecide(m) })}</span></span></button>`;
}

/** @param {import("../model.js").Model} m */
export function drawMotions(m) {
  const here = [m.plan.current?.id, m.plan.top?.id];
  const motions = shown(m);
  /** @param {Motion} motion */
  const rank = (motion) => (motion.number === null ? 0 : here.includes(motion.item) ? 1 : 2);
  const order = motions.map((motion, place) => ({ motion, place })).sort((one, other) => rank(one.motion) - rank(other.motion) || one.place - other.place).map(({ motion }) => motion);
  return html`<div class="motions">
    ${order.length ? html`<button class="button button--quiet motions__sides" type="button" aria-pressed=${m.sides} @click=${m.act.toggleSides}>${icon("text", "sm")}${gettext("Old and new side by side")}</button>` : nothing}
    ${order.map((motion) => drawMotion(m, motion))}
    ${order.length ? nothing : empty("gavel", gettext("No motion has been laid before this meeting"))}
    ${drawNewMotion(m)}</div>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Motion} motion
 */
function drawMotion(m, motion) {
  const item = m.plan.flat.find((each) => each.id === motion.item);
  const live = m.meeting.state === "live" || m.meeting.state === "published";
  const open = motion.state === "proposed" && live;
  const decide = m.can("decide_motion") && m.meeting.state === "live";
  const quiet = m.quiet("decide_motion");
  /**
   * @param {string} outcome
   * @param {string} words
   * @param {string} [kind]
   */
  const button = (outcome, words, kind = "") => html`<button class="button ${kind}" type="button" data-outcome=${outcome} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.decideMotion(motion.id, outcome, motion.state)}>${words}</button>`;
  const waits = motion.amendments.some((each) => each.state === "submitted" || OPEN.includes(each.state));
  return html`<article class="motion" aria-labelledby="motion-${motion.id}">
    <header class="motion__head"><div><p class="eyebrow">${motion.number === null ? gettext("Submitted motion") : fill(gettext("Motion %(number)s"), { number: motion.number })}${item ? ` · ${fill(gettext("Item %(number)s"), { number: item.number })}` : ""}</p><h3 class="motion__title" id="motion-${motion.id}">${motion.title}</h3><p class="is-muted">${fill(gettext("Moved by %(name)s"), { name: motion.name })}</p></div>${stateChip(motion.state)}</header>
    <ol class="clauses" aria-label=${gettext("Text as it stands now")}>${motion.clauses.map((clause) => drawClause(m, motion, clause, open))}</ol>
    ${drawReview(m, motion, "motion")}
    ${motion.amendments.length ? html`<h4 class="eyebrow">${gettext("Amendments")}</h4><ol class="amendments">${motion.amendments.map((each) => drawAmendment(m, motion, each))}</ol>` : nothing}
    ${decide && OPEN.includes(motion.state) ? html`<div class="motion__acts">${motion.state === "proposed" ? (waits ? html`<p class="is-muted">${gettext("Decide the amendments first: the motion is put to the vote as amended.")}</p>` : button("voting", gettext("Put the motion to the vote"), "button--primary")) : html`${button("adopted", gettext("It was adopted"), "button--primary")}${button("rejected", gettext("It was rejected"))}${button("proposed", gettext("Break the vote off"), "button--quiet")}`}</div>` : nothing}
    ${motion.state === "proposed" && m.can("withdraw_motion") && (m.can("edit_motion") || motion.seat === m.me.seat) ? html`<div class="motion__acts">${m.can("edit_motion") && !motion.amendments.length ? html`<button class="button button--quiet" type="button" @click=${() => m.act.openPart(`edit-${motion.id}`)}>${icon("pen", "sm")}${gettext("Change the text")}</button>` : nothing}<button class="button button--quiet" type="button" @click=${() => m.act.withdrawMotion(motion.id)}>${gettext("Withdraw the motion")}</button></div>` : nothing}
    ${m.part === `edit-${motion.id}` ? drawWriting(m, `edit-${motion.id}`, "edit_motion", { motion: motion.id, version: motion.version }, motion.title, motion.moved.map((clause) => clause.text).join("\n")) : nothing}
  </article>`;
}

/**
 * What was submitted: those who lead admit or return it, its author waits, takes it back or writes it again.
 * @param {import("../model.js").Model} m
 * @param {Motion | Amendment} what
 * @param {"motion" | "amendment"} kind
 */
function drawReview(m, what, kind) {
  if (what.number !== null || !["submitted", "returned"].includes(what.state)) return nothing;
  const mine = what.seat === m.me.seat;
  const leads = m.can("review_motion");
  const part = `return-${kind}-${what.id}`;
  const act = `review_${kind}`;
  const quiet = m.quiet(act);
  const refusal = what.refusal ? html`<p class="amendment__advice">${icon("info", "sm")}<span>${fill(gettext("Returned: %(reason)s"), { reason: what.refusal })}</span></p>` : nothing;
  if (what.state === "returned") {
    const motion = kind === "motion" && mine && mayAdd(m) ? /** @type {Motion} */ (what) : null;
    return html`${refusal}${motion ? html`<div class="motion__acts"><button class="button" type="button" @click=${() => m.act.writeAgain(motion)}>${icon("pen", "sm")}${gettext("Write it again")}</button></div>` : nothing}`;
  }
  return html`${leads ? nothing : html`<p class="amendment__advice is-muted">${icon("clock", "sm")}<span>${gettext("Only you, the chair and the secretary see it until it is admitted.")}</span></p>`}
    <div class="motion__acts">${leads && m.meeting.state !== "closed" ? html`<button class="button button--primary" type="button" data-act=${act} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.admit(kind, what.id)}>${icon("check", "sm")}${gettext("Admit")}</button><button class="button" type="button" aria-expanded=${m.part === part} @click=${() => m.act.openPart(part)}>${icon("undo", "sm")}${gettext("Return")}</button>` : nothing}
      ${mine ? html`<button class="button button--quiet" type="button" aria-disabled=${Boolean(quiet)} @click=${() => (kind === "motion" ? m.act.withdrawMotion(what.id) : m.act.withdrawAmendment(what.id))}>${gettext("Withdraw")}</button>` : nothing}</div>
    ${leads && m.part === part ? html`<form class="proposal" @submit=${(/** @type {SubmitEvent} */ event) => m.act.sendForm(event, act, part, { [kind]: what.id, admitted: 0 })}>
      <div class="field"><label class="field__label" for=${part}>${gettext("Why it is returned (its author reads it)")}</label><textarea class="input" id=${part} name="reason" rows="2" maxlength="500" .defaultValue=${m.act.written(part) ?? ""} @input=${(/** @type {Event} */ event) => m.act.write(part, event)}></textarea></div>
      <div class="motion__acts"><button class="button button--primary" type="submit" aria-disabled=${Boolean(quiet)}>${gettext("Return it")}</button><button class="button button--quiet" type="button" @click=${() => m.act.openPart(part)}>${gettext("Close")}</button></div></form>` : nothing}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Motion} motion
 * @param {Clause} clause
 * @param {boolean} open
 */
function drawClause(m, motion, clause, open) {
  const part = `${motion.id}-${clause.number}`;
  const mine = open && mayMove(m, "propose_amendment");
  return html`<li class="clause"><span class="clause__no">${clause.number}</span><p class="clause__text">${clause.text}</p>
    ${mine ? html`<button class="button button--quiet clause__amend" type="button" aria-expanded=${m.part === part} @click=${() => m.act.openPart(part, clause.text)}>${icon("pen", "sm")}${gettext("Amend")}<span class="visually-hidden"> ${clause.number}</span></button>` : nothing}
    ${mine && m.part === part ? drawProposal(m, motion, clause, part) : nothing}</li>`;
}

/**
 * The form is filled by its reader alone: an update of the room changes nothing in it.
 * @param {import("../model.js").Model} m
 * @param {Motion} motion
 * @param {Clause} clause
 * @param {string} part
 */
function drawProposal(m, motion, clause, part) {
  const quiet = m.quiet("propose_amendment");
  const kept = m.act.written(part) ?? clause.text;
  return html`<form class="proposal" @submit=${(/** @type {SubmitEvent} */ event) => m.act.sendForm(event, "propose_amendment", part, { motion: motion.id, clause: clause.number, based_on: m.partBase || clause.text })}>
    <fieldset class="proposal__kind"><legend class="field__label">${fill(gettext("Clause %(number)s"), { number: clause.number })}</legend>
      <label class="check"><input type="radio" name="kind" value="change" checked> <span>${gettext("Change the text")}</span></label>
      <label class="check"><input type="radio" name="kind" value="insert"> <span>${gettext("Add a clause after it")}</span></label>
      <label class="check"><input type="radio" name="kind" value="delete"> <span>${gettext("Delete the clause")}</span></label></fieldset>
    <div class="field proposal__text"><label class="field__label" for="text-${part}">${gettext("Proposed text")}</label><textarea class="input" id="text-${part}" name="text" rows="4" maxlength="4000" .defaultValue=${kept} @input=${(/** @type {Event} */ event) => m.act.write(part, event)}></textarea></div>
    <div class="field"><label class="field__label" for="why-${part}">${gettext("Reason")}</label><input class="input" id="why-${part}" name="reason" maxlength="500"></div>
    <div class="motion__acts"><button class="button button--primary" type="submit" aria-disabled=${Boolean(quiet)} title=${quiet || nothing}>${icon("send", "sm")}${m.can("review_motion") ? gettext("Propose the amendment") : gettext("Submit the amendment")}</button><button class="button button--quiet" type="button" @click=${() => m.act.openPart(part)}>${gettext("Close")}</button></div></form>`;
}

/** @param {[string, string][]} diff @param {"gone" | "new" | ""} without */
function pieces(diff, without) {
  return diff.filter(([kind]) => kind !== without).map(([kind, text]) => (kind === "gone" ? html`<del>${text}</del>` : kind === "new" ? html`<ins>${text}</ins>` : text));
}

/**
 * @param {import("../model.js").Model} m
 * @param {Amendment} each
 */
function drawDiff(m, each) {
  if (!m.sides || each.kind !== "change") return html`<p class="diff">${pieces(each.diff, "")}</p>`;
  return html`<div class="diff diff--sides"><div><p class="eyebrow">${gettext("Old")}</p><p>${pieces(each.diff, "new")}</p></div><div><p class="eyebrow">${gettext("New")}</p><p>${pieces(each.diff, "gone")}</p></div></div>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Motion} motion
 * @param {Amendment} each
 */
function drawAmendment(m, motion, each) {
  const kinds = /** @type {Record<string, string>} */ ({ change: gettext("changes clause %(number)s"), insert: gettext("adds a clause after clause %(number)s"), delete: gettext("deletes clause %(number)s") });
  const during = ["published", "live"].includes(m.meeting.state) && motion.state === "proposed" && OPEN.includes(each.state);
  const leads = m.can("recommend_amendment");
  const quiet = m.quiet("decide_amendment");
  const part = `advice-${each.id}`;
  /**
   * @param {string} outcome
   * @param {string} words
   * @param {string} [kind]
   */
  const button = (outcome, words, kind = "") => html`<button class="button ${kind}" type="button" data-outcome=${outcome} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.decideAmendment(each.id, outcome, each.state)}>${words}</button>`;
  return html`<li class="amendment" data-amendment=${each.id}>
    <header class="motion__head"><p class="amendment__title"><b>${each.number === null ? gettext("Submitted amendment") : fill(gettext("Amendment %(number)s"), { number: each.number })}</b> ${fill(kinds[each.kind] ?? "", { number: each.clause })}<span class="is-muted"> · ${[each.name, each.post].filter(Boolean).join(", ")}</span></p>${stateChip(each.state)}</header>
    ${drawDiff(m, each)}
    ${each.reason ? html`<p class="is-muted">${fill(gettext("Reason: %(text)s"), { text: each.reason })}</p>` : nothing}
    ${each.recommendation ? html`<p class="amendment__advice">${icon("info", "sm")}<span>${each.recommendation === "adopt" ? gettext("The secretary recommends to adopt it") : gettext("The secretary recommends to reject it")}${each.advice ? `: ${each.advice}` : ""}</span></p>` : nothing}
    ${drawReview(m, each, "amendment")}
    ${during ? html`<div class="motion__acts">
      ${leads && each.state === "proposed" ? html`${button("voting", gettext("Put it to the vote"), "button--primary")}` : nothing}
      ${leads && each.state === "voting" ? html`${button("adopted", gettext("It was adopted"), "button--primary")}${button("rejected", gettext("It was rejected"))}` : nothing}
      ${each.state === "proposed" && m.can("decide_amendment") && (leads || motion.seat === m.me.seat) ? button("accepted", gettext("The mover accepts it")) : nothing}
      ${leads ? html`<button class="button button--quiet" type="button" @click=${() => m.act.openPart(part)}>${icon("note", "sm")}${gettext("Recommend")}</button>` : nothing}
      ${leads || each.seat === m.me.seat ? html`<button class="button button--quiet" type="button" @click=${() => m.act.withdrawAmendment(each.id)}>${gettext("Withdraw")}</button>` : nothing}</div>` : nothing}
    ${during && leads && m.part === part ? drawAdvice(m, each, part) : nothing}</li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {Amendment} each
 * @param {string} part
 */
function drawAdvice(m, each, part) {
  return html`<form class="proposal" @submit=${(/** @type {SubmitEvent} */ event) => m.act.sendForm(event, "recommend_amendment", part, { amendment: each.id })}>
    <fieldset class="proposal__kind"><legend class="field__label">${gettext("Recommendation of the secretary")}</legend>
      <label class="check"><input type="radio" name="recommendation" value="adopt" checked> <span>${gettext("Adopt")}</span></label>
      <label class="check"><input type="radio" name="recommendation" value="reject"> <span>${gettext("Reject")}</span></label>
      <label class="check"><input type="radio" name="recommendation" value=""> <span>${gettext("No recommendation")}</span></label></fieldset>
    <div class="field"><label class="field__label" for=${part}>${gettext("Why")}</label><input class="input" id=${part} name="advice" maxlength="500" .defaultValue=${each.advice}></div>
    <div class="motion__acts"><button class="button button--primary" type="submit">${gettext("Save")}</button></div></form>`;
}

/** @param {import("../model.js").Model} m */
function drawNewMotion(m) {
  if (!mayAdd(m)) return nothing;
  if (m.part !== "new") return html`<button class="button" type="button" @click=${() => m.act.openPart("new")}>${icon("plus", "sm")}${m.can("review_motion") ? gettext("Lay a motion before the meeting") : gettext("Submit a motion")}</button>`;
  return drawWriting(m, "new", "add_motion", {}, "", "");
}

/**
 * Writing a motion, new or again.
 * @param {import("../model.js").Model} m
 * @param {string} part
 * @param {string} act
 * @param {Record<string, number>} known
 * @param {string} title
 * @param {string} text
 */
function drawWriting(m, part, act, known, title, text) {
  const isNew = part === "new";
  const leads = m.can("review_motion");
  const quiet = m.quiet(act);
  const chosen = m.plan.current?.id ?? m.view.item;
  return html`<form class="proposal" @submit=${(/** @type {SubmitEvent} */ event) => m.act.sendForm(event, act, part, known)}>
    ${isNew ? html`<div class="field"><label class="field__label" for="motion-item">${gettext("Item of the agenda")}</label><select id="motion-item" name="item">${m.plan.flat.map((item) => html`<option value=${item.id} ?selected=${item.id === chosen}>${item.number} ${item.title}</option>`)}</select></div>
    ${leads ? html`<div class="field"><label class="field__label" for="motion-name">${gettext("Moved by")}</label><input class="input" id="motion-name" name="name" maxlength="200" placeholder=${m.meeting.office}></div>` : html`<p class="is-muted">${gettext("Chair and secretary read it first. They admit it, or return it to you with the reason.")}</p>`}` : nothing}
    <div class="field"><label class="field__label" for="title-${part}">${gettext("Title")}</label><input class="input" id="title-${part}" name="title" maxlength="300" required .defaultValue=${m.act.written(`${part}:title`) ?? title} @input=${(/** @type {Event} */ event) => m.act.write(`${part}:title`, event)}></div>
    <div class="field"><label class="field__label" for="text-${part}">${gettext("Text, one clause a line")}</label><textarea class="input" id="text-${part}" name="text" rows="10" required .defaultValue=${m.act.written(part) ?? text} @input=${(/** @type {Event} */ event) => m.act.write(part, event)}></textarea></div>
    <div class="motion__acts"><button class="button button--primary" type="submit" aria-disabled=${Boolean(quiet)} title=${quiet || nothing}>${leads ? gettext("Save") : html`${icon("send", "sm")}${gettext("Submit the motion")}`}</button><button class="button button--quiet" type="button" @click=${() => m.act.openPart(part)}>${gettext("Close")}</button></div></form>`;
}

/** At the side of those who lead: what may pass without debate, and the way to the motions. @param {import("../model.js").Model} m @param {unknown} consent */
export function withMotions(m, consent) {
  return html`${consent}${drawMotionsLink(m)}`;
}
