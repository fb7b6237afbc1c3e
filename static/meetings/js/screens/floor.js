// The floor: who speaks and for how long, who waits, and the buttons of whoever may act on it.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { minutesAndSeconds, neverHeard, remaining, spent, standing } from "../floor.js";
import { clock } from "../time.js";
import { duration, fill, initials } from "../words.js";
import { avatar, empty, icon } from "./parts.js";

const KINDS = ["main", "answer", "reply", "question", "order"];

/** @param {string} kind */
export function kindName(kind) {
  /** @type {Record<string, string>} */
  const names = {
    main: gettext("Speech"),
    answer: gettext("Explanation"),
    reply: gettext("Reply"),
    question: gettext("Question"),
    order: gettext("Point of order"),
  };
  return names[kind] ?? "";
}

/** @param {string} kind */
function kindHelp(kind) {
  /** @type {Record<string, string>} */
  const helps = {
    main: gettext("an opinion on the item"),
    answer: gettext("to explain what was asked"),
    reply: gettext("to answer another speaker"),
    question: gettext("to ask the presenter"),
    order: gettext("about how the meeting is led"),
  };
  return helps[kind] ?? "";
}

/** @param {string} kind */
function kindChip(kind) {
  const tone = kind === "order" ? "chip--warn" : kind === "answer" || kind === "question" ? "chip--accent" : "";
  return html`<span class="chip ${tone}">${kindName(kind)}</span>`;
}

/**
 * The ring with what is left of a turn.
 * @param {import("../floor.js").Speaking} turn
 * @param {number} now
 */
export function ring(turn, now) {
  const { left, share, state } = remaining(turn, now);
  const words = minutesAndSeconds(left);
  const label = fill(left < 0 ? gettext("%(time)s over time") : gettext("%(time)s left"), { time: words.replace("+", "") });
  return html`<div class="ring ${state === "over" ? "ring--over" : state === "warn" ? "ring--warn" : ""} ${words.length > 5 ? "ring--long" : ""}" role="timer" aria-label=${label} data-countdown=${words}><svg class="ring__svg" viewBox="0 0 100 100" aria-hidden="true"><circle class="ring__track" cx="50" cy="50" r="46" pathLength="100"/><circle class="ring__bar" cx="50" cy="50" r="46" pathLength="100" data-value=${state === "over" ? 100 : Math.max(0.1, share)}/></svg><span class="ring__time">${words}</span></div>`;
}

/** @param {import("../floor.js").Turn} turn */
function who(turn) {
  return turn.post || turn.name;
}

/** @param {import("../model.js").Model} m */
function next(m) {
  const [first] = m.floor.queue ?? [];
  return first ? fill(gettext("Next: %(name)s"), { name: who(first) }) : "";
}

/**
 * Who speaks, in the rail of those who follow.
 * @param {import("../model.js").Model} m
 */
export function drawSpeaker(m) {
  const turn = m.floor.speaking;
  if (!turn || m.meeting.state !== "live") return nothing;
  if (m.link.banner) {
    return html`<section class="speaking" aria-label=${gettext("Speaking now")}><span class="speaking__sign speaking__sign--off">${icon("wifi-off")}</span><p class="speaking__text"><span class="eyebrow">${gettext("Speaker and clock")}</span><strong>${gettext("Not up to date")}</strong><span class="is-muted">${fill(gettext("Last news at %(time)s"), { time: clock(m.link.last, m.zone) })}</span></p></section>`;
  }
  return html`<section class="speaking" aria-label=${gettext("Speaking now")}>${ring(turn, m.now)}<p class="speaking__text"><span class="eyebrow">${gettext("Speaking now")}</span><strong>${who(turn)}${turn.seat === m.me.seat ? ` ${gettext("(you)")}` : ""}</strong><span class="is-muted">${next(m) || kindName(turn.kind)}</span></p></section>`;
}

/**
 * My own turn: the clock and the one button that matters.
 * @param {import("../model.js").Model} m
 */
export function drawMyTurn(m) {
  const { speaking } = standing(m.floor, m.me.seat);
  if (!speaking || m.meeting.state !== "live") return nothing;
  const quiet = m.quiet("end_speech");
  return html`<section class="floor" role="status" aria-label=${gettext("Your turn to speak")}>${ring(speaking, m.now)}
    <p class="floor__text"><strong>${gettext("You have the floor")}</strong><span>${fill(gettext("%(kind)s · %(time)s, since %(start)s"), { kind: kindName(speaking.kind), time: duration(Math.round(speaking.seconds / 60)), start: clock(speaking.started_at, m.zone) })}</span></p>
    ${speaking.more ? html`<span class="chip">${gettext("More time asked for")}</span>` : html`<button class="button floor__end" type="button" data-act="ask_more_time" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.askMoreTime(speaking.id)}>${icon("plus", "sm")}${gettext("More time")}</button>`}<button class="button floor__end" type="button" data-act="end_speech" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.endSpeech(speaking.id)}>${icon("stop")}${gettext("I have finished")}</button></section>`;
}

/**
 * The button in the bar of the thumb.
 * @param {import("../model.js").Model} m
 */
export function drawAskButton(m) {
  if (!m.can("ask_to_speak") || m.meeting.state !== "live" || !m.floor.queue) return nothing;
  const { speaking, waiting, before } = standing(m.floor, m.me.seat);
  const count = m.floor.queue.length;
  const sub = !m.online ? gettext("waits for the connection")
    : speaking ? gettext("you are speaking")
    : waiting.length ? (before ? fill(ngettext("%(n)s before you", "%(n)s before you", before), { n: before }) : gettext("you are next"))
    : count ? fill(ngettext("%(n)s waiting", "%(n)s waiting", count), { n: count }) : gettext("nobody is waiting");
  const title = waiting.length ? gettext("On the list") : gettext("Ask to speak");
  return html`<button class="act ${waiting.length ? "act--live" : ""}" type="button" data-open="floor" aria-haspopup="dialog">${icon("hand")}<span>${title}<small>${sub}</small></span></button>`;
}

/**
 * The sheet behind it: what to ask for, or how to step back, and who waits.
 * @param {import("../model.js").Model} m
 */
export function drawAsk(m) {
  if (!m.floor.queue) return empty("hand", gettext("Nothing is under discussion yet"), gettext("Ask to speak once an item you attend has been taken up."));
  const { waiting } = standing(m.floor, m.me.seat);
  const quiet = m.quiet("ask_to_speak");
  const free = KINDS.filter((kind) => !waiting.some((turn) => turn.kind === kind));
  return html`
    ${waiting.map((turn) => html`<div class="asked"><p>${icon("check", "sm")}<span>${fill(gettext("You are on the list: %(kind)s, asked at %(time)s"), { kind: kindName(turn.kind), time: clock(turn.asked_at, m.zone) })}</span></p><button class="button" type="button" data-act="withdraw_speech" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.withdrawSpeech(turn.id)}>${gettext("Step back")}</button></div>`)}
    <div class="asks" role="group" aria-label=${gettext("Ask to speak")}>${free.map((kind, place) => html`<button class="button ${place === 0 && !waiting.length ? "button--primary button--big asks__first" : ""}" type="button" data-kind=${kind} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.askToSpeak(kind)}>${place === 0 && !waiting.length ? icon("hand", "lg") : nothing}<span class="button__text">${kindName(kind)}<span class="button__sub">${kindHelp(kind)}</span></span></button>`)}</div>
    ${m.floor.closed ? html`<p class="asked"><span>${icon("lock", "sm")}${gettext("The list of speakers is closed; points of order are still taken.")}</span></p>` : nothing}${drawBudgets(m)}<h3 class="eyebrow asks__list">${gettext("Waiting to speak")}</h3>
    ${drawQueue(m, false)}`;
}

/**
 * Those who wait, with the buttons of those who lead.
 * @param {import("../model.js").Model} m
 * @param {boolean} leads
 */
function drawQueue(m, leads) {
  const queue = m.floor.queue ?? [];
  if (!queue.length) return html`<p class="queue__none is-muted">${gettext("Nobody is waiting to speak.")}</p>`;
  const quiet = m.quiet("give_floor");
  return html`<ol class="queue list">${queue.map((turn, place) => html`<li class="queue__row">${avatar(initials(who(turn)))}
    <span class="list__main queue__main"><strong class="queue__who">${who(turn)}${turn.seat === m.me.seat ? ` ${gettext("(you)")}` : ""}</strong><span class="queue__kind">${kindChip(turn.kind)}${waited(m, turn)}</span></span>
    ${leads ? html`<span class="queue__tools"><span class="queue__arrange">
      ${place > 0 ? html`<button class="icon-button" type="button" aria-label=${fill(gettext("Move %(name)s up"), { name: who(turn) })} aria-disabled=${Boolean(quiet)} @click=${() => m.act.moveSpeech(turn.id, place)}>${icon("up", "sm")}</button>` : nothing}
      <button class="icon-button" type="button" aria-label=${fill(gettext("Take %(name)s off the list"), { name: who(turn) })} aria-disabled=${Boolean(quiet)} @click=${() => m.act.withdrawSpeech(turn.id)}>${icon("x", "sm")}</button></span>
      <button class="button queue__give" type="button" data-act="give_floor" aria-label=${fill(gettext("Call %(name)s"), { name: who(turn) })} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.giveFloor(turn.id)}>${gettext("Call")}</button></span>` : nothing}</li>`)}</ol>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../floor.js").Turn} turn
 */
function waited(m, turn) {
  const minutes = Math.floor((m.now - turn.asked_at) / 60_000);
  return minutes > 0 ? fill(gettext("waiting %(time)s"), { time: duration(minutes) }) : gettext("just now");
}

/**
 * Who speaks, with the clock and the buttons of those who lead: seen whatever tab is open.
 * @param {import("../model.js").Model} m
 */
export function drawTurn(m) {
  const { speaking } = m.floor;
  if (!speaking || m.meeting.state !== "live") return nothing;
  const quiet = m.quiet("give_floor");
  return html`<section class="strip turn" aria-label=${gettext("Speaking now")}>${ring(speaking, m.now)}<p class="turn__text"><span class="eyebrow">${gettext("Speaking now")}</span><strong class="clamp-2">${who(speaking)}</strong><span class="is-muted">${fill(gettext("%(kind)s, since %(start)s"), { kind: kindName(speaking.kind), start: clock(speaking.started_at, m.zone) })}</span></p>
    <div class="turn__acts">${speaking.more ? html`<span class="chip chip--warn turn__more">${gettext("asks for more time")}</span>` : nothing}${(speaking.more ? [1, 2] : [1]).map((minutes) => html`<button class="button" type="button" data-act="set_speech_length" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.setSpeechLength(speaking.id, speaking.seconds + minutes * 60)}>${icon("plus", "sm")}${duration(minutes)}</button>`)}<button class="button" type="button" aria-haspopup="dialog" @click=${() => m.act.askTime(speaking.id)}>${icon("clock", "sm")}<span class="turn__word">${gettext("Other time…")}</span></button>${speaking.more ? html`<button class="button" type="button" data-act="refuse_more_time" aria-disabled=${Boolean(quiet)} @click=${() => m.act.refuseMoreTime(speaking.id)}>${gettext("Not now")}</button>` : nothing}${m.order.break ? nothing : speaking.held ? html`<button class="button" type="button" data-act="resume_speech" aria-disabled=${Boolean(quiet)} @click=${() => m.act.resumeSpeech(speaking.id)}>${icon("play", "sm")}${gettext("Go on")}</button>` : html`<button class="button" type="button" data-act="pause_speech" aria-disabled=${Boolean(quiet)} @click=${() => m.act.pauseSpeech(speaking.id)}>${icon("pause", "sm")}${gettext("Stop the clock")}</button>`}<button class="button" type="button" data-act="end_speech" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.endSpeech(speaking.id)}>${icon("stop", "sm")}${gettext("End the turn")}</button></div></section>`;
}

/**
 * Somebody waits to speak: calling them is the likely act.
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
export function floorNext(m) {
  const [caller] = m.floor.queue ?? [];
  if (!caller || m.meeting.state !== "live" || !m.can("give_floor")) return [];
  const { speaking } = m.floor;
  const title = fill(gettext("Call %(name)s"), { name: who(caller) });
  const length = duration(Math.round(caller.seconds / 60));
  const sub = speaking ? fill(gettext("%(kind)s, %(time)s; ends the turn of %(name)s"), { kind: kindName(caller.kind), time: length, name: who(speaking) }) : fill(gettext("%(kind)s, %(time)s"), { kind: kindName(caller.kind), time: length });
  return [{ name: "give_floor", rank: 50, sign: "mic", title, sub, short: title, shortSub: kindName(caller.kind), press: () => m.act.giveFloor(caller.id) }];
}

/**
 * The list of those who wait, on the side of chair and secretary.
 * @param {import("../model.js").Model} m
 */
export function drawFloorDesk(m) {
  if (m.meeting.state !== "live") return html`<div class="console__head"><h2>${gettext("The floor")}</h2></div><p class="queue__none is-muted">${gettext("The list of speakers opens with the first item. How long turns last can be set beforehand.")}</p>${drawTimesButton(m)}${drawBudgets(m)}`;
  const { queue = [] } = m.floor;
  return html`<div class="console__head"><h2>${gettext("Waiting to speak")}</h2>${queue.length ? html`<button class="button button--quiet" type="button" aria-pressed="false" @click=${arrange}>${gettext("Arrange")}</button>` : nothing}${m.floor.queue ? html`<button class="button button--quiet" type="button" data-open="floor" aria-haspopup="dialog">${icon("plus", "sm")}${gettext("Add")}</button>` : nothing}</div>
    ${m.floor.queue ? drawQueue(m, true) : html`<p class="queue__none is-muted">${gettext("Nothing is under discussion yet")}</p>`}
    ${drawListSwitch(m)}${drawTimesButton(m)}${drawBudgets(m)}${drawSpoken(m)}${drawSilent(m)}`;
}

/** How long turns last, for those who set it. @param {import("../model.js").Model} m */
function drawTimesButton(m) {
  if (!m.can("set_time_budget") || !m.floor.lengths || !["draft", "published", "live"].includes(m.meeting.state)) return nothing;
  return html`<button class="button button--block floor__list" type="button" aria-haspopup="dialog" @click=${m.act.openTimes}>${icon("clock", "sm")}${gettext("Speaking times")}</button>`;
}

/** @param {import("../model.js").Model} m */
function drawListSwitch(m) {
  const item = m.plan.current;
  if (!m.floor.queue || !item) return nothing;
  const quiet = m.quiet("set_list_closed");
  return html`<button class="button button--block floor__list" type="button" data-act="set_list_closed" aria-pressed=${Boolean(m.floor.closed)} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.setListClosed(item.id, !m.floor.closed)}>${icon(m.floor.closed ? "lock" : "list", "sm")}${m.floor.closed ? gettext("The list is closed: open it") : gettext("Close the list of speakers")}</button>`;
}

/**
 * What each group or kind of turn has left: all for those who lead, one's own for the others.
 * @param {import("../model.js").Model} m
 */
export function drawBudgets(m) {
  const leads = m.can("set_time_budget");
  const shown = (m.floor.budgets ?? []).filter((budget) => leads || !budget.seats.length || budget.seats.includes(m.me.seat));
  if (!shown.length) return nothing;
  return html`<section class="budgets" aria-label=${gettext("Time left to share")}><h3 class="eyebrow">${gettext("Time left to share")}</h3><ul>${shown.map((budget) => {
    const left = budget.seconds - Math.floor(spent(budget, m.now) / 1000);
    return html`<li data-budget=${budget.name}><span>${budget.name}</span><b class=${left <= 0 ? "is-over" : ""}>${minutesAndSeconds(left)}</b></li>`;
  })}</ul></section>`;
}

/** Who is here and has not been heard. @param {import("../model.js").Model} m */
function drawSilent(m) {
  if (!m.floor.queue) return nothing;
  const here = new Set(m.attendance.attending ?? []);
  const silent = neverHeard((m.people.seats ?? []).filter((seat) => here.has(seat.id)), m.floor);
  if (!silent.length) return nothing;
  return html`<details class="spoken"><summary class="eyebrow">${fill(ngettext("Here and not heard yet: %(n)s person", "Here and not heard yet: %(n)s people", silent.length), { n: silent.length })}</summary><ul>${silent.map((seat) => html`<li>${seat.post || seat.name}</li>`)}</ul></details>`;
}

/**
 * Shows or hides the small buttons that change the list.
 * @param {Event} event
 */
function arrange(event) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  button.closest("[data-draw]")?.classList.toggle("is-arranging", on);
}

/** @param {import("../model.js").Model} m */
function drawSpoken(m) {
  const here = (m.floor.spoken ?? []).filter((turn) => turn.here > 0);
  if (!here.length) return nothing;
  const total = here.reduce((sum, turn) => sum + turn.here, 0);
  const words = fill(ngettext("Has spoken on this item: %(n)s person, %(time)s", "Have spoken on this item: %(n)s people, %(time)s", here.length), { n: here.length, time: minutesAndSeconds(total) });
  return html`<details class="spoken"><summary class="eyebrow">${words}</summary><ul>${here.map((turn) => html`<li>${turn.name}<span>${minutesAndSeconds(turn.here)}${turn.last && turn.seat ? html` <button class="icon-button" type="button" data-act="readd_speech" aria-label=${fill(gettext("Put on the list again: %(name)s"), { name: turn.name })} aria-disabled=${Boolean(m.quiet("readd_speech"))} @click=${() => m.act.readdSpeech(turn.last)}>${icon("undo", "sm")}</button>` : nothing}</span></li>`)}</ul></details>`;
}

/**
 * Whom chair and secretary can put on the list, those who have not been heard first.
 * @param {import("../model.js").Model} m
 */
export function drawAddSpeaker(m) {
  if (!m.floor.queue) return empty("hand", gettext("Nothing is under discussion yet"));
  const seats = (m.people.seats ?? []).filter((seat) => ["chair", "secretary", "delegate", "invited"].includes(seat.role));
  const silent = new Set(neverHeard(seats, m.floor).map((seat) => seat.id));
  const order = [...seats.filter((seat) => silent.has(seat.id)), ...seats.filter((seat) => !silent.has(seat.id))];
  const quiet = m.quiet("add_speaker");
  return html`<ul class="list">${order.map((seat) => {
    const waits = (m.floor.queue ?? []).some((turn) => turn.seat === seat.id && turn.kind === "main");
    return html`<li class="list__row">${avatar(initials(seat.post || seat.name), seat.role)}<span class="list__main"><span class="list__title">${seat.name}</span><span class="list__meta">${[seat.post, silent.has(seat.id) ? gettext("has not spoken yet") : ""].filter(Boolean).join(" · ")}</span></span>${waits ? html`<span class="chip">${gettext("On the list")}</span>` : html`<button class="button" type="button" data-act="add_speaker" aria-label=${fill(gettext("Put on the list: %(name)s"), { name: seat.name })} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${() => m.act.addSpeaker(seat.id)}>${gettext("Put on the list")}</button>`}</li>`;
  })}</ul>`;
}

/**
 * The speaker on the hall screen; small while a page is shown.
 * @param {import("../model.js").Model} m
 */
export function drawHallSpeaker(m) {
  const turn = m.floor.speaking;
  if (!turn) return nothing;
  const names = (m.floor.queue ?? []).slice(0, 2).map(who).join(", ");
  return html`<section class="hall__speaker" aria-label=${gettext("Speaking now")}>${ring(turn, m.now)}<div><p class="eyebrow">${icon("mic")}${gettext("Speaking now")}</p><p class="hall__who">${who(turn)}</p>${names && !m.place.shown ? html`<p class="hall__next">${fill(gettext("Next: %(name)s"), { name: names })}</p>` : nothing}</div></section>`;
}
