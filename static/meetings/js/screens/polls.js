// Votes on the consoles and in the hall: what is prepared, the count while it is open, the result.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { bars, formName, majorityWords, seatTone, stillToVote, verdict, withheldWords } from "../polls.js";
import { clock, day } from "../time.js";
import { fill } from "../words.js";
import { pollRing } from "./ballot.js";
import { empty, icon } from "./parts.js";
import { drawSeatMap } from "./seatmap.js";

export const JUST = 4 * 60_000;

/**
 * @param {import("../polls.js").Poll} poll
 * @param {{option: string, count: number}[]} rows
 */
export function drawTally(poll, rows) {
  const whole = poll.majority.of || poll.results?.votes || rows.reduce((sum, row) => sum + row.count, 0);
  return html`<div class="tally">${bars(poll, rows).map((bar) => html`<div class="tally__row is-${bar.tone}"><span class="tally__label">${icon(bar.tone === "yes" ? "check" : bar.tone === "no" ? "x" : "minus", "sm")}${bar.name}</span><span class="tally__count">${bar.count}${poll.state === "open" || !whole || poll.choose.per_option > 1 ? nothing : html`<small> · ${new Intl.NumberFormat("vi", { maximumFractionDigits: 1 }).format((bar.count / whole) * 100)}%</small>`}</span><span class="tally__track"><span class="tally__bar" data-value=${bar.share}></span>${bar.at === null ? nothing : html`<span class="tally__need" data-at=${bar.at}></span>`}</span></div>`)}</div>`;
}

/** @param {import("../polls.js").Poll} poll */
function drawVerdict(poll) {
  const { tone, words } = verdict(poll);
  return html`<p class="verdict is-${tone}">${icon(tone === "yes" ? "check" : tone === "no" ? "x" : "info")}<strong>${words}</strong></p>`;
}

/** @param {import("../polls.js").Poll} poll */
export function quorumSentence(poll) {
  return fill(poll.quorum.met ? gettext("%(have)s with a vote present, %(need)s needed: quorum reached.") : gettext("%(have)s with a vote present, %(need)s needed: no quorum."), { have: poll.quorum.have, need: poll.quorum.need });
}

/** @param {import("../model.js").Model} m @param {number | null} id */
function itemWords(m, id) {
  const item = m.plan.flat.find((each) => each.id === id);
  return item ? fill(gettext("Item %(number)s"), { number: item.number }) : "";
}

// ── What takes the chair's middle ──

/** @param {import("../model.js").Model} m */
function leadPoll(m) {
  const [open] = m.polls.open.filter((poll) => poll.state === "open");
  if (open) return open;
  const [last] = m.polls.past;
  if (!last || m.meeting.state !== "live") return null;
  if (last.state === "closed") return last;
  return isNews(m, last) ? last : null;
}

/**
 * A result stands for a few minutes, or until the meeting moves on.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function isNews(m, poll) {
  const at = poll.published_at ?? 0;
  return poll.state === "published" && m.now - at < JUST && at >= (m.plan.current?.started_at ?? 0);
}

/** @param {import("../model.js").Model} m */
export function pollLead(m) {
  const poll = leadPoll(m);
  return poll ? `poll ${poll.id} ${poll.state}` : "";
}

/** @param {import("../model.js").Model} m */
export function drawPollLead(m) {
  const poll = leadPoll(m);
  if (!poll) return nothing;
  const about = pollLead(m);
  const aside = html`<button class="button button--quiet" type="button" @click=${() => m.act.putAside(about)}>${icon("file", "sm")}${gettext("To the page")}</button>`;
  return html`<section class="card count" aria-label=${poll.title}>
    <div class="count__head">${pollRing(m, poll)}<div class="is-grow"><p class="chip ${poll.form === "secret" ? "chip--inverse" : "chip--accent"}">${icon(poll.form === "secret" ? "lock" : "ballot")}${formName(poll)} · ${stateWords(poll)}</p><h3 class="count__title">${poll.title}</h3></div>
      <p class="count__cast"><strong>${poll.cast}</strong>/${poll.can}<span>${gettext("ballots cast")}</span></p></div>
    ${drawCount(m, poll)}
    <div class="count__foot">${drawMyBallots(m, poll)}${aside}</div></section>`;
}

/** @param {import("../polls.js").Poll} poll */
export function stateWords(poll) {
  /** @type {Record<string, string>} */
  const words = { draft: gettext("prepared"), open: gettext("open"), closed: gettext("counted, not published"), published: gettext("published"), void: gettext("void") };
  return poll.state === "draft" && poll.early ? gettext("absent members vote early") : words[poll.state];
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function drawCount(m, poll) {
  const rows = poll.results?.rows.length ? poll.results.rows : poll.running;
  const why = withheldWords(poll.results?.withheld || poll.results?.warned || "");
  const waiting = poll.state === "open" && poll.form !== "secret" ? stillToVote(poll, m.people.seats ?? []) : [];
  return html`${poll.results || poll.state === "void" ? drawVerdict(poll) : nothing}
    ${rows ? drawTally(poll, rows) : poll.state === "open" ? html`<span class="progress"><span class="progress__bar" data-value=${poll.can ? (poll.cast / poll.can) * 100 : 0}></span></span>` : nothing}
    ${why ? html`<p class="count__why">${icon("eye-off", "sm")}<span>${why}</span></p>` : nothing}
    <p class="count__note">${icon("gavel", "sm")}<span>${majorityWords(poll)} ${quorumSentence(poll)}</span></p>
    ${poll.form === "secret" && poll.state === "open" ? html`<p class="count__note">${icon("lock", "sm")}<span>${gettext("Until it is closed only the number of ballots is known, to everybody.")}</span></p>` : nothing}
    ${waiting.length ? html`<div class="count__wait"><p class="eyebrow">${fill(ngettext("%(n)s has not voted", "%(n)s have not voted", waiting.length), { n: waiting.length })}</p><ul>${waiting.slice(0, 14).map((seat) => html`<li class="chip">${seat.post || seat.name}</li>`)}${waiting.length > 14 ? html`<li class="chip">+${waiting.length - 14}</li>` : nothing}</ul></div>` : nothing}
    ${drawSeats(m, poll)}`;
}

/**
 * How each seat voted, once an open vote is published.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function drawSeats(m, poll) {
  const seats = (m.people.seats ?? []).filter((seat) => String(seat.id) in poll.seats);
  if (!seats.length) return nothing;
  if (m.seatmap.places?.length && poll.kind === "motion") return drawVoteMap(m, poll);
  return html`<ul class="seatvotes" aria-label=${gettext("How each voted")}>${seats.map((seat) => {
    const tone = seatTone(poll, seat.id);
    return html`<li class="seatvotes__seat is-${tone}"><span class="ballot__sign">${icon(tone === "yes" ? "check" : tone === "no" ? "x" : "minus", "sm")}</span><span>${seat.name}<small>${seat.post}</small></span></li>`;
  })}</ul>`;
}

/**
 * The map of the hall, coloured by the votes of a published open vote.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function drawVoteMap(m, poll) {
  if (poll.kind !== "motion" || !m.seatmap.places?.length || !Object.keys(poll.seats).length) return nothing;
  /** @type {Record<string, {tone: "yes" | "no" | "blank", sign: string, words: string}>} */
  const tones = {
    yes: { tone: "yes", sign: "check", words: poll.kind === "motion" ? gettext("In favour") : gettext("Voted") },
    no: { tone: "no", sign: "x", words: gettext("Against") },
    blank: { tone: "blank", sign: "minus", words: poll.kind === "motion" ? gettext("No opinion") : gettext("Voted") },
  };
  return html`<div class="votemap">${drawSeatMap(m, { colour: (seat) => tones[seatTone(poll, seat)] ?? { tone: "absent", words: gettext("did not vote") } })}${poll.kind === "motion" ? html`<ul class="seatmap__key">${Object.values(tones).map(({ tone, sign, words }) => html`<li><span class="seat seat--${tone}">${icon(sign, "sm")}</span>${words}</li>`)}</ul>` : nothing}</div>`;
}

/**
 * The ballots of whoever leads: voted from the console, in the same sheet as everybody's.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function drawMyBallots(m, poll) {
  if (poll.state !== "open" && !poll.early) return nothing;
  const papers = m.voting.papersOf(poll.id);
  const waiting = papers.filter((paper) => m.voting.ballot(paper).step !== "done").length;
  if (!papers.length) return nothing;
  return html`<button class="button ${waiting ? "button--accent" : ""}" type="button" data-open="ballot" aria-haspopup="dialog">${icon("ballot", "sm")}${waiting ? gettext("Vote myself") : gettext("My ballot has been cast")}</button>`;
}

/**
 * While the chair reads on, one line says that a vote is open.
 * @param {import("../model.js").Model} m
 */
export function drawPollStrip(m) {
  const poll = leadPoll(m);
  if (!poll || (m.me.role === "chair" && m.putAside !== pollLead(m)) || poll.state === "published") return nothing;
  return html`<section class="strip pollstrip" aria-label=${gettext("Voting")}>${icon(poll.form === "secret" ? "lock" : "ballot")}<p class="pollstrip__text"><span class="eyebrow">${formName(poll)} · ${stateWords(poll)}</span><strong class="clamp-1">${poll.title}</strong></p><p class="pollstrip__count is-figures">${poll.cast}/${poll.can}<small>${gettext("ballots")}</small></p>${m.me.role === "chair" ? html`<button class="button" type="button" @click=${() => m.act.putAside("")}>${gettext("Show")}</button>` : drawMyBallots(m, poll)}</section>`;
}

// ── The next act ──

/**
 * @param {import("../model.js").Model} m
 * @returns {import("./places.js").Next[]}
 */
export function pollNext(m) {
  if (m.meeting.state !== "live" || !m.can("open_poll")) return [];
  const open = m.polls.open.find((poll) => poll.state === "open");
  if (open) {
    const left = Math.max(0, open.can - open.cast);
    const sub = left ? fill(ngettext("%(n)s ballot is still to come", "%(n)s ballots are still to come", left), { n: left }) : gettext("Everybody has voted");
    return [{ name: "close_poll", rank: 30, sign: "gavel", title: gettext("Close the vote and count"), sub, short: gettext("Close the vote"), shortSub: sub, press: () => m.act.askClosePoll(open) }];
  }
  const [last] = m.polls.past;
  if (last?.state === "closed") {
    return [
      { name: "publish_poll", rank: 40, sign: "screen", title: gettext("Publish the result"), sub: gettext("Every tablet and the hall screen show it"), short: gettext("Publish the result"), press: () => m.act.publishPoll(last) },
      { name: "repeat_poll", rank: 91, sign: "undo", title: gettext("Vote again"), short: gettext("Vote again"), shortSub: gettext("with a new number"), press: () => m.act.repeatPoll(last.id) },
    ];
  }
  const here = m.plan.current;
  const family = [here?.id, here?.parent, ...(m.plan.top?.steps ?? []).map((step) => step.id), m.plan.top?.id];
  const ready = m.polls.drafts.find((poll) => poll.item === here?.id) ?? m.polls.drafts.find((poll) => family.includes(poll.item ?? -1));
  if (!ready) return [];
  return [{ name: "open_poll", rank: 60, sign: "ballot", title: fill(gettext("Open the vote: %(title)s"), { title: ready.title }), sub: `${formName(ready)} · ${majorityWords(ready)}`, short: gettext("Open the vote"), shortSub: ready.title, press: () => m.act.askOpenPoll(ready.id) }];
}

/**
 * Before it is opened: what, how, by which majority, whether there are enough, in plain words.
 * @param {import("../model.js").Model} m
 */
export function drawOpening(m) {
  const poll = [...m.polls.drafts, ...m.polls.open].find((each) => each.id === m.pollAt);
  if (!poll) return nothing;
  const { quorum } = m.attendance;
  const need = poll.quorum.numerator ? Math.ceil(((quorum?.of ?? 0) * poll.quorum.numerator) / poll.quorum.denominator) : quorum?.need ?? 0;
  const have = quorum?.have ?? 0;
  const enough = have >= need;
  const quiet = m.quiet("open_poll");
  const length = [0, 30, 60, 120];
  return html`<h3 class="vote__question">${poll.title}</h3>
    <dl class="opening__facts"><div><dt>${gettext("How")}</dt><dd>${formName(poll)}${poll.form === "secret" ? html`<small>${gettext("Only the number of ballots is known until it is closed.")}</small>` : nothing}</dd></div>
      <div><dt>${gettext("Majority")}</dt><dd>${majorityWords(poll)}</dd></div>
      <div><dt>${gettext("Quorum")}</dt><dd class=${enough ? "is-ok" : "is-over"}>${fill(enough ? gettext("%(have)s with a vote present, %(need)s needed: quorum reached.") : gettext("%(have)s with a vote present, %(need)s needed: no quorum."), { have, need })}</dd></div></dl>
    <fieldset class="opening__time"><legend class="eyebrow">${gettext("How long is it open?")}</legend><div class="segments">${length.map((seconds) => html`<button class="segments__item" type="button" aria-pressed=${m.pollSeconds === seconds} @click=${() => m.act.setPollTime(seconds)}>${seconds ? fill(gettext("%(n)s seconds"), { n: seconds }) : gettext("Until closed")}</button>`)}</div></fieldset>
    <button class="button button--primary button--big button--block" type="button" data-act="open_poll" aria-disabled=${Boolean(quiet) || !enough} title=${quiet || nothing} @click=${() => enough && m.act.openPoll(poll.id)}>${icon("ballot")}${gettext("Open the vote")}</button>`;
}

// ── The tab ──

/** @param {import("../model.js").Model} m */
export function drawPollsDesk(m) {
  const { open, drafts, past } = m.polls;
  const quiet = m.quiet("add_poll");
  return html`<div class="console__head"><h2>${gettext("Votes")}</h2>${m.can("add_poll") && m.meeting.state !== "closed" && m.meeting.state !== "cancelled" ? html`<button class="button button--quiet" type="button" data-act="add_poll" aria-disabled=${Boolean(quiet)} @click=${() => m.act.writePoll(null)}>${icon("plus", "sm")}${gettext("Prepare")}</button><button class="button button--quiet" type="button" data-open="proxies" aria-haspopup="dialog">${gettext("Proxies")}</button>` : nothing}</div>
    ${open.length + drafts.length + past.length ? nothing : empty("ballot", gettext("No vote is prepared"), gettext("Prepare one now, or while the meeting runs."))}
    <ul class="polls list">${[...open, ...drafts, ...past].map((poll) => drawRow(m, poll))}</ul>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function drawRow(m, poll) {
  const over = poll.state === "closed" || poll.state === "published" || poll.state === "void";
  const { tone, words } = verdict(poll);
  const meta = [fill(gettext("No. %(number)s"), { number: poll.number }), itemWords(m, poll.item), over ? clock(poll.closed_at, m.zone) : formName(poll)].filter(Boolean).join(" · ");
  return html`<li class="polls__row"><p class="polls__title">${poll.title}</p><p class="polls__meta"><span class="chip ${over && tone === "yes" ? "chip--ok" : over && tone === "no" ? "chip--danger" : poll.state === "open" ? "chip--accent" : ""}">${over ? (poll.results || poll.state === "void" ? words : stateWords(poll)) : stateWords(poll)}</span>${meta}</p>
    ${poll.reason ? html`<p class="polls__meta">${fill(gettext("Reason: %(reason)s"), { reason: poll.reason })}</p>` : nothing}
    ${poll.state === "draft" && poll.early ? html`<p class="polls__meta">${earlyWords(m, poll)}</p>` : nothing}
    ${over && poll.results?.rows.length ? html`<details class="polls__more"><summary>${gettext("Numbers")}</summary>${drawTally(poll, poll.results.rows)}<p class="count__note"><span>${majorityWords(poll)}</span></p>${drawSeats(m, poll)}</details>` : nothing}
    <div class="polls__acts">${rowActs(m, poll)}</div></li>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function rowActs(m, poll) {
  const quiet = m.quiet("open_poll");
  /** @param {string} words @param {() => void} press @param {string} [act] */
  const button = (words, press, act = "") => html`<button class="button" type="button" data-act=${act || nothing} aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${press}>${words}</button>`;
  const open = m.meeting.state === "live" ? button(gettext("Open…"), () => m.act.askOpenPoll(poll.id)) : nothing;
  if (poll.state === "draft" && poll.early) return html`${open}${drawMyBallots(m, poll)}${button(gettext("Declare void"), () => m.act.askVoid(poll.id))}`;
  if (poll.state === "draft") return html`${open}${button(gettext("Edit"), () => m.act.writePoll(poll.id))}${poll.form !== "hand" && (m.meeting.state === "published" || m.meeting.state === "live") ? button(gettext("Vote early…"), () => m.act.askEarly(poll.id), "open_early") : nothing}${button(gettext("Remove"), () => m.act.removePoll(poll.id), "remove_poll")}`;
  if (m.meeting.state !== "live" && m.meeting.state !== "closed") return nothing;
  if (poll.state === "open") return html`${drawMyBallots(m, poll)}${poll.form === "secret" ? nothing : button(gettext("Note votes"), () => m.act.callRoll(poll.id))}${poll.form === "hand" ? button(gettext("Enter totals"), () => m.act.countHands(poll.id)) : nothing}${button(gettext("Close"), () => m.act.askClosePoll(poll), "close_poll")}${button(gettext("Declare void"), () => m.act.askVoid(poll.id))}`;
  return html`${poll.state === "closed" ? button(gettext("Publish"), () => m.act.publishPoll(poll), "publish_poll") : nothing}${m.meeting.state === "live" ? button(gettext("Vote again"), () => m.act.repeatPoll(poll.id), "repeat_poll") : nothing}${poll.state === "void" ? nothing : button(gettext("Declare void"), () => m.act.askVoid(poll.id))}`;
}

/**
 * How many of the absent have voted, and until when they can: never who, nor how.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
function earlyWords(m, poll) {
  const values = { cast: poll.cast, of: poll.electorate, time: clock(poll.early, m.zone), day: day(poll.early, m.zone) };
  const over = (poll.early ?? 0) <= m.now;
  return fill(over ? gettext("Early ballots: %(cast)s of %(of)s; the time ended at %(time)s on %(day)s") : gettext("Early ballots: %(cast)s of %(of)s; until %(time)s on %(day)s"), values);
}

/**
 * Noting votes for people without a device: the row in focus takes the keys 1, 2, 3.
 * @param {import("../model.js").Model} m
 */
export function drawRoll(m) {
  const poll = m.polls.open.find((each) => each.id === m.pollAt);
  if (!poll) return empty("ballot", gettext("The vote is closed"));
  const waiting = stillToVote(poll, m.people.seats ?? []);
  if (!waiting.length) return empty("check", gettext("Everybody has voted"));
  const quiet = m.quiet("record_vote");
  const keys = poll.kind === "motion" || poll.choose.most === 1;
  return html`<p class="vote__hint">${keys ? fill(gettext("Keys: 1 to %(n)s note the vote of the marked line, up and down move it."), { n: poll.options.length }) : gettext("Only ballots with one choice can be noted here.")}</p>
    <ul class="roll" @keydown=${m.act.rollKey}>${keys ? waiting.map((seat) => html`<li class="roll__row" tabindex="0" data-seat=${seat.id}><span class="list__main"><span class="list__title">${seat.name}</span><span class="list__meta">${seat.post}</span></span><span class="roll__acts">${poll.options.map(({ id }, place) => html`<button class="button" type="button" tabindex="-1" data-act="record_vote" aria-disabled=${Boolean(quiet)} @click=${() => m.act.recordVote(poll.id, seat.id, id)}><kbd>${place + 1}</kbd>${optionWord(poll, id)}<span class="visually-hidden">: ${seat.name}</span></button>`)}</span></li>`) : nothing}</ul>`;
}

/**
 * @param {import("../polls.js").Poll} poll
 * @param {string} option
 */
function optionWord(poll, option) {
  return bars(poll, [{ option, count: 0 }])[0].name;
}

/**
 * Who votes for whom, as the secretary notes it.
 * @param {import("../model.js").Model} m
 */
export function drawProxies(m) {
  const seats = new Map((m.people.seats ?? []).map((seat) => [seat.id, seat]));
  const quiet = m.quiet("end_proxy");
  if (!m.polls.proxies.length) return html`<p class="is-muted">${gettext("Nobody has given a proxy.")}</p>`;
  return html`<ul class="list">${m.polls.proxies.map(({ giver, holder }) => html`<li class="list__row"><span class="list__main"><span class="list__title">${seats.get(giver)?.name}</span><span class="list__meta">${fill(gettext("represented by %(name)s"), { name: seats.get(holder)?.name ?? "" })}</span></span><button class="button" type="button" data-act="end_proxy" aria-disabled=${Boolean(quiet)} @click=${() => m.act.endProxy(giver)}>${gettext("Take back")}</button></li>`)}</ul>`;
}

/**
 * What absent members are to vote on, and what follows from letting them.
 * @param {import("../model.js").Model} m
 */
export function drawEarly(m) {
  const poll = m.polls.drafts.find((each) => each.id === m.pollAt);
  if (!poll) return nothing;
  return html`<h3 class="vote__question">${poll.title}</h3><p class="count__note">${icon("info", "sm")}<span>${formName(poll)} · ${gettext("From now on the vote cannot be changed, and this list neither. Those marked vote from their own screen; what they chose is counted with the others.")}</span></p>`;
}

// ── Everybody ──

/** Whether whoever sits here has a vote to give away. @param {import("../model.js").Model} m */
function hasVote(m) {
  return m.can("give_proxy") && (m.meeting.state === "published" || m.meeting.state === "live") && Boolean((m.people.seats ?? []).find((seat) => seat.id === m.me.seat)?.votes);
}

/**
 * The row in the sheet "More".
 * @param {import("../model.js").Model} m
 */
export function drawProxyRow(m) {
  if (!hasVote(m)) return nothing;
  const { given_to: given, held_for: held } = m.voting.mine.proxy;
  const words = given ? fill(gettext("%(name)s votes for you"), { name: given.name }) : held ? fill(gettext("You vote for %(name)s"), { name: held.name }) : gettext("when you will be absent");
  return html`<li><button class="list__row" type="button" data-open="my-proxy" aria-haspopup="dialog">${icon("users")}<span class="list__main"><span class="list__title">${gettext("Proxy for my vote")}</span><span class="list__meta">${words}</span></span>${icon("right", "sm")}</button></li>`;
}

/**
 * How the own vote stands; the form below it is there while it can be given away.
 * @param {import("../model.js").Model} m
 */
export function drawMyProxy(m) {
  const { given_to: given, held_for: held } = m.voting.mine.proxy;
  const quiet = m.quiet("end_proxy");
  if (given) {
    return html`<div class="myproxy" data-fixed><p class="myproxy__who">${icon("users")}<span>${fill(gettext("%(name)s votes for you while you are absent."), { name: given.name })}</span></p><p class="is-muted">${gettext("When you are noted as present the proxy ends by itself. A vote that is open already stays as it was opened.")}</p><button class="button button--block" type="button" data-act="end_proxy" aria-disabled=${Boolean(quiet)} title=${quiet || nothing} @click=${m.act.takeProxyBack}>${gettext("Take the proxy back")}</button></div>`;
  }
  if (held) return html`<div class="myproxy" data-fixed><p class="myproxy__who">${icon("users")}<span>${fill(gettext("You vote for %(name)s while they are absent."), { name: held.name })}</span></p><p class="is-muted">${gettext("When a vote is opened you get a second ballot. Whoever holds a proxy cannot give their own vote away.")}</p></div>`;
  return html`<p class="is-muted">${gettext("If you will be absent, one other member can vote for you. Each member holds one proxy at most.")}</p>`;
}

/** @param {import("../model.js").Model} m */
function lastResult(m) {
  return m.polls.past.find((poll) => poll.state === "published" || poll.state === "void") ?? null;
}

/**
 * The row in the sheet "More".
 * @param {import("../model.js").Model} m
 */
export function drawResultsRow(m) {
  const last = lastResult(m);
  if (!last) return nothing;
  return html`<li><button class="list__row" type="button" data-open="results" aria-haspopup="dialog">${icon("ballot")}<span class="list__main"><span class="list__title">${gettext("Results of votes")}</span><span class="list__meta">${last.title}: ${verdict(last).words}</span></span>${icon("right", "sm")}</button></li>`;
}

/** A result stays on the thumb bar as long as it is new. @param {import("../model.js").Model} m */
export function drawResultButton(m) {
  const last = lastResult(m);
  if (m.polls.open.length || !last || !isNews(m, last)) return nothing;
  return html`<button class="act act--live" type="button" data-open="results" aria-haspopup="dialog">${icon("gavel")}<span>${gettext("Result")}<small>${verdict(last).words}</small></span></button>`;
}

/** @param {import("../model.js").Model} m */
export function drawResults(m) {
  const over = m.polls.past.filter((poll) => poll.state === "published" || poll.state === "void");
  if (!over.length) return empty("ballot", gettext("No result has been published"));
  return over.map((poll, place) => html`<section class="result"><p class="eyebrow">${fill(gettext("No. %(number)s"), { number: poll.number })} · ${formName(poll)} · ${clock(poll.closed_at, m.zone)}</p><h3 class="vote__question">${poll.title}</h3>${drawVerdict(poll)}${poll.reason ? html`<p>${fill(gettext("Reason: %(reason)s"), { reason: poll.reason })}</p>` : nothing}${poll.results?.rows.length ? drawTally(poll, poll.results.rows) : nothing}${poll.results?.withheld ? html`<p class="count__why">${icon("eye-off", "sm")}<span>${withheldWords(poll.results.withheld)}</span></p>` : nothing}<p class="count__note">${icon("gavel", "sm")}<span>${majorityWords(poll)}</span></p>${place === 0 ? drawSeats(m, poll) : nothing}</section>`);
}

// ── The hall ──

/** @param {import("../model.js").Model} m */
function hallPoll(m) {
  const open = m.polls.open.find((poll) => poll.state === "open");
  if (open) return open;
  const [last] = m.polls.past;
  return last && (isNews(m, last) || (last.state === "closed" && m.now - (last.closed_at ?? 0) < JUST)) ? last : null;
}

/** @param {import("../model.js").Model} m */
export function hallVote(m) {
  const poll = m.meeting.state === "live" ? hallPoll(m) : null;
  return poll ? `poll ${poll.id} ${poll.state}` : "";
}

/** @param {import("../model.js").Model} m */
export function drawHallVote(m) {
  const poll = hallPoll(m);
  if (!poll) return nothing;
  const item = m.plan.flat.find((each) => each.id === poll.item);
  const eyebrow = html`<p class="eyebrow hall__form">${icon(poll.form === "secret" ? "lock" : "ballot")}${formName(poll)}${item ? ` · ${fill(gettext("Item %(number)s"), { number: item.number })}` : ""}</p>`;
  if (poll.state === "published") {
    return html`<section class="hall__result ${poll.kind === "motion" ? "" : "hall__result--many"}"><div>${eyebrow}<h1 class="hall__question">${poll.title}</h1>${drawVerdict(poll)}${poll.results?.rows.length ? drawTally(poll, poll.results.rows) : html`<p class="hall__next">${withheldWords(poll.results?.withheld ?? "")}</p>`}<p class="hall__next">${majorityWords(poll)}</p></div>${drawVoteMap(m, poll)}</section>`;
  }
  const closed = poll.state === "closed";
  return html`<section class="hall__vote">${eyebrow}<h1 class="hall__question">${poll.title}</h1><div class="hall__count">${closed ? html`<span class="ring ring--done">${icon("check", "lg")}</span>` : pollRing(m, poll)}<p><b class="is-figures">${poll.cast}</b><span class="is-figures">/${poll.can}</span><small>${closed ? gettext("ballots cast; the chair announces the result") : gettext("ballots cast")}</small></p></div><p class="hall__next">${majorityWords(poll)}</p></section>`;
}

