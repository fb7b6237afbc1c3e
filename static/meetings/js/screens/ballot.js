// The ballot paper in a person's hand: a sheet over what is read. Drawn from the ballot's own state, so that news of the
// room never touches what is being chosen.
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { formName, isComplete, marked, optionName } from "../polls.js";
import { clock, day } from "../time.js";
import { fill } from "../words.js";
import { ring } from "./floor.js";
import { empty, icon } from "./parts.js";

/** @param {string} option @param {import("../polls.js").Poll} poll */
export function tone(poll, option) {
  if (poll.kind !== "motion") return "is-plain";
  return option === "agree" ? "is-yes" : option === "disagree" ? "is-no" : "is-blank";
}

/** @param {string} option */
function sign(option) {
  return icon(option === "agree" ? "check" : option === "disagree" ? "x" : "minus");
}

/**
 * The clock of a vote that ends by itself.
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 */
export function pollRing(m, poll) {
  if (poll.state !== "open" || poll.closes_at === null || poll.opened_at === null) return nothing;
  const left = Math.max(0, poll.closes_at - m.now) / 1000;
  return ring({ id: 0, seat: null, name: "", post: "", kind: "", asked_at: 0, started_at: poll.opened_at, spent: 0, since: m.now - (poll.closes_at - poll.opened_at) + left * 1000, seconds: (poll.closes_at - poll.opened_at) / 1000 }, m.now);
}

/** @param {import("../model.js").Model} m */
export function drawBallotSheet(m) {
  const { voting } = m;
  const polls = voting.shown;
  if (!polls.length) return html`<div class="ballot__sheet">${head(m, null)}<div class="sheet__body">${empty("ballot", gettext("No vote is open"), gettext("When a vote is opened, the ballot comes up here by itself."))}</div></div>`;
  const papers = polls.flatMap((poll) => voting.papersOf(poll.id).map((paper) => ({ poll, paper })));
  if (!papers.length) return html`<div class="ballot__sheet">${head(m, polls[0])}<div class="sheet__body"><h3 class="vote__question">${polls[0].title}</h3><p class="vote__who">${icon("info", "sm")}<span>${m.can("cast_vote") ? gettext("Your seat has no ballot in this vote.") : gettext("Your seat has no vote.")}</span></p>${drawCast(polls[0])}</div></div>`;
  const top = papers.find(({ paper }) => `${paper.poll}:${paper.seat}` === voting.top) ?? papers.find(({ paper }) => voting.ballot(paper).step !== "done") ?? papers[0];
  return html`<div class="ballot__sheet ${top.poll.form === "secret" ? "vote--secret" : ""}">${head(m, top.poll)}${papers.length > 1 ? drawPapers(m, papers, top.paper) : nothing}${drawPaper(m, top.poll, top.paper, papers)}</div>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll | null} poll
 */
function head(m, poll) {
  const item = poll ? m.plan.flat.find((each) => each.id === poll.item) : null;
  const words = poll ? formName(poll) : gettext("Voting");
  return html`<header class="vote__head"><div class="is-grow"><h2 class="vote__form" id="ballot-title">${icon(poll?.form === "secret" ? "lock" : "ballot", "sm")}${words}${poll ? html` <span class="vote__number">${fill(gettext("no. %(number)s"), { number: poll.number })}</span>` : nothing}</h2>${item ? html`<p class="vote__item clamp-1">${fill(gettext("Item %(number)s"), { number: item.number })} · ${item.title}</p>` : nothing}</div>${poll ? pollRing(m, poll) : nothing}<button class="icon-button" type="button" data-close aria-label=${gettext("Close")}>${icon("x")}</button></header>`;
}

/**
 * Whose papers there are: each is voted by itself.
 * @param {import("../model.js").Model} m
 * @param {{poll: import("../polls.js").Poll, paper: import("../polls.js").Paper}[]} papers
 * @param {import("../polls.js").Paper} top
 */
function drawPapers(m, papers, top) {
  return html`<div class="segments vote__papers" role="group" aria-label=${gettext("Ballots in your hand")}>${papers.map(({ paper }) => html`<button class="segments__item" type="button" aria-pressed=${paper === top} @click=${() => m.voting.bringUp(paper)}>${m.voting.ballot(paper).step === "done" ? icon("check", "sm") : nothing}<span class="clamp-1">${paper.own ? gettext("My ballot") : fill(gettext("For %(name)s"), { name: paper.name })}</span></button>`)}</div>`;
}

/** @param {import("../model.js").Model} m @param {import("../polls.js").Poll} poll */
function untilEarly(m, poll) {
  const today = day(poll.early, m.zone) === day(m.now, m.zone);
  return fill(gettext("until %(time)s"), { time: today ? clock(poll.early, m.zone) : day(poll.early, m.zone) });
}

/** @param {import("../polls.js").Poll} poll */
function drawCast(poll) {
  if (poll.early) return nothing;
  return html`<p class="vote__cast">${fill(gettext("%(cast)s of %(can)s ballots cast"), { cast: poll.cast, can: poll.can })}</p>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 * @param {import("../polls.js").Paper} paper
 * @param {{poll: import("../polls.js").Poll, paper: import("../polls.js").Paper}[]} papers
 */
function drawPaper(m, poll, paper, papers) {
  const ballot = m.voting.ballot(paper);
  const whose = paper.own ? nothing : html`<p class="vote__proxy">${icon("users", "sm")}<span>${fill(gettext("You vote here for %(name)s, by proxy."), { name: paper.name })}${paper.weight > 1 ? ` ${fill(gettext("This ballot counts %(n)s votes."), { n: paper.weight })}` : ""}</span></p>`;
  if (ballot.step === "done") return drawReceipt(m, poll, paper, papers);
  if (ballot.step === "late") return html`<div class="sheet__body">${whose}${empty("clock", gettext("The vote was closed before you sent your ballot"), gettext("Nothing was counted, and what you had chosen has been removed from this screen."))}</div>`;
  const locked = ballot.step === "sending" || ballot.step === "unsure";
  const body = ballot.step === "checking" || locked ? drawChecked(poll, ballot) : drawChoice(m, poll, paper, ballot);
  return html`<div class="sheet__body">${whose}${poll.early ? html`<p class="vote__proxy">${icon("clock", "sm")}<span>${fill(gettext("You vote before the meeting, until %(time)s on %(day)s."), { time: clock(poll.early, m.zone), day: day(poll.early, m.zone) })}</span></p>` : nothing}<h3 class="vote__question">${poll.title}</h3>${ballot.why ? html`<p class="vote__why" role="alert">${icon("warn", "sm")}<span>${ballot.why}</span></p>` : nothing}${body}${locked ? nothing : drawSecrecy(poll)}</div>${drawFoot(m, poll, paper, ballot)}`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 * @param {import("../polls.js").Paper} paper
 * @param {import("../ballot.js").Ballot} ballot
 */
function drawChoice(m, poll, paper, ballot) {
  const name = `ballot-${paper.poll}-${paper.seat}`;
  const { most, per_option: per } = poll.choose;
  const total = marked(ballot.choice);
  const chosen = fill(per > 1 ? gettext("%(n)s of %(most)s points given") : gettext("%(n)s of %(most)s chosen"), { n: total, most });
  const counter = most > 1 ? html`<p class="vote__counter" role="status"><strong>${chosen}</strong>${total === most ? html` <span class="is-muted">${gettext("Take one off to choose another.")}</span>` : nothing}</p>` : nothing;
  return html`${counter}<fieldset class="ballot"><legend class="visually-hidden">${poll.title}</legend>${poll.options.map(({ id }) => {
    const votes = ballot.choice[id] ?? 0;
    const label = optionName(poll, id);
    if (per > 1) return html`<div class="ballot__option ballot__option--points ${tone(poll, id)} ${votes ? "is-chosen" : ""}"><span class="is-grow" id="${name}-${id}">${label}</span><span class="points" role="group" aria-labelledby="${name}-${id}"><button class="icon-button" type="button" aria-label=${fill(gettext("One less for %(name)s"), { name: label })} ?disabled=${votes === 0} @click=${() => m.voting.choose(paper, id, votes - 1)}>${icon("minus")}</button><output class="points__count">${votes}</output><button class="icon-button" type="button" aria-label=${fill(gettext("One more for %(name)s"), { name: label })} ?disabled=${votes >= per || total >= most} @click=${() => m.voting.choose(paper, id, votes + 1)}>${icon("plus")}</button></span></div>`;
    const many = most > 1;
    const full = many && !votes && total >= most;
    return html`<label class="ballot__option ${tone(poll, id)} ${votes ? "is-chosen" : ""} ${full ? "is-full" : ""}"><input class="ballot__input" type=${many ? "checkbox" : "radio"} name=${name} .checked=${votes > 0} ?disabled=${full} @change=${(/** @type {Event} */ event) => m.voting.choose(paper, id, /** @type {HTMLInputElement} */ (event.target).checked ? 1 : 0)}>${poll.kind === "motion" ? html`<span class="ballot__sign">${sign(id)}</span>` : nothing}<span class="is-grow">${label}</span><span class="ballot__mark ${many ? "ballot__mark--box" : ""}" aria-hidden="true">${many && votes ? icon("check", "sm") : nothing}</span></label>`;
  })}</fieldset>`;
}

/**
 * The choice once more before it goes, and while it goes.
 * @param {import("../polls.js").Poll} poll
 * @param {import("../ballot.js").Ballot} ballot
 */
function drawChecked(poll, ballot) {
  const rows = poll.options.filter(({ id }) => ballot.choice[id]);
  return html`<p class="eyebrow">${gettext("Your choice")}</p><ul class="vote__checked">${rows.length ? rows.map(({ id }) => html`<li class=${tone(poll, id)}>${poll.kind === "motion" ? html`<span class="ballot__sign">${sign(id)}</span>` : icon("check", "sm")}<strong>${optionName(poll, id)}</strong>${poll.choose.per_option > 1 ? html`<span class="is-figures">${ballot.choice[id]}</span>` : nothing}</li>`) : html`<li>${gettext("A blank ballot: nobody is chosen.")}</li>`}</ul>`;
}

/** @param {import("../polls.js").Poll} poll */
function drawSecrecy(poll) {
  if (poll.form !== "secret") return html`<p class="vote__who">${icon("info", "sm")}<span>${gettext("The ballot carries your name: once the result is published, the members and the hall screen show how each voted.")}</span></p>`;
  return html`<div class="vote__who">${icon("eye-off", "sm")}<div><p>${gettext("Only that you have voted is kept. Nobody in the room, chair and secretary included, can see what you chose.")}</p><details class="vote__more"><summary>${gettext("What is kept secret, and what is not?")}</summary><p>${gettext("Protected: your choice from colleagues, chair, secretary and clerks, and in the application's own tables and logs; ballots are sealed and mixed before they are counted. Not protected: against an operator of the server who holds backups and the key at the same time, and against somebody who looks at your screen.")}</p></details></div></div>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 * @param {import("../polls.js").Paper} paper
 * @param {import("../ballot.js").Ballot} ballot
 */
function drawFoot(m, poll, paper, ballot) {
  if (ballot.step === "sending") return foot(html`<button class="button button--primary button--big button--block" type="button" aria-disabled="true">${icon("ballot")}${gettext("Being sent…")}</button>`, gettext("Keep this open for a moment."));
  if (ballot.step === "unsure") return foot(html`<button class="button button--primary button--big button--block" type="button" data-act="cast_vote" @click=${() => m.voting.cast(paper)}>${icon("send")}${gettext("Send again")}</button>`, gettext("No answer yet: your ballot may have arrived or not. It is kept here and sent again by itself; it counts once only."), true);
  const ready = isComplete(poll, ballot.choice);
  const careful = poll.form === "secret" || poll.kind !== "motion";
  if (ballot.step === "checking") {
    return foot(html`<div class="vote__acts"><button class="button button--big" type="button" @click=${() => m.voting.change(paper)}>${icon("undo")}${gettext("Change")}</button><button class="button button--primary button--big is-grow" type="button" data-act="cast_vote" aria-disabled=${!m.online} @click=${() => m.online && m.voting.cast(paper)}>${icon("ballot")}${poll.form === "secret" ? gettext("Cast the secret ballot") : gettext("Cast the ballot")}</button></div>`, m.online ? gettext("Once cast, a ballot cannot be changed.") : gettext("Waits for the connection; your choice stays here."));
  }
  const [only] = poll.options.filter(({ id }) => ballot.choice[id]);
  const words = careful ? gettext("Check my choice") : only ? fill(gettext("Send: %(choice)s"), { choice: optionName(poll, only.id) }) : gettext("Send my vote");
  const press = () => {
    if (!ready) return;
    if (careful) m.voting.check(paper);
    else if (m.online) void m.voting.cast(paper);
  };
  const hint = !ready ? (poll.choose.most > 1 && poll.choose.least > 1 ? fill(gettext("Choose at least %(least)s and at most %(most)s."), { least: poll.choose.least, most: poll.choose.most }) : gettext("Choose first.")) : !m.online && !careful ? gettext("Waits for the connection; your choice stays here.") : poll.early ? gettext("Once cast, a ballot cannot be changed.") : fill(gettext("Once cast, a ballot cannot be changed. %(cast)s of %(can)s ballots cast so far."), { cast: poll.cast, can: poll.can });
  return foot(html`<button class="button button--primary button--big button--block" type="button" data-act=${careful ? "check" : "cast_vote"} aria-disabled=${!ready || (!careful && !m.online)} @click=${press}>${icon(careful ? "right" : "ballot")}${words}</button>`, hint);
}

/**
 * @param {unknown} act
 * @param {string} hint
 * @param {boolean} [alarm]
 */
function foot(act, hint, alarm = false) {
  return html`<div class="sheet__foot">${act}<p class="vote__hint ${alarm ? "is-alarm" : ""}" role=${alarm ? "alert" : nothing}>${hint}</p></div>`;
}

/**
 * @param {import("../model.js").Model} m
 * @param {import("../polls.js").Poll} poll
 * @param {import("../polls.js").Paper} paper
 * @param {{poll: import("../polls.js").Poll, paper: import("../polls.js").Paper}[]} papers
 */
function drawReceipt(m, poll, paper, papers) {
  const next = papers.find((each) => each.paper !== paper && m.voting.ballot(each.paper).step !== "done");
  const { receipt } = m.voting.ballot(paper);
  const said = paper.by ? fill(gettext("This vote was noted by %(name)s."), { name: paper.by }) : paper.own ? gettext("Your vote has been counted.") : fill(gettext("The vote for %(name)s has been counted."), { name: paper.name });
  const choice = paper.choice && poll.form !== "secret" ? Object.keys(paper.choice).map((option) => optionName(poll, option)).join(", ") : "";
  return html`<div class="sheet__body"><h3 class="vote__question">${poll.title}</h3><div class="receipt" role="status"><span class="receipt__sign">${icon("check", "lg")}</span><p class="receipt__said">${said}</p>${choice ? html`<p>${choice}</p>` : nothing}${receipt ? html`<p class="receipt__code"><span class="eyebrow">${gettext("Receipt")}</span><strong class="is-figures">${receipt}</strong></p>` : nothing}</div>${drawCast(poll)}</div>
    <div class="sheet__foot">${next ? html`<button class="button button--primary button--big button--block" type="button" @click=${() => m.voting.bringUp(next.paper)}>${icon("right")}${next.paper.own ? gettext("Go on to my ballot") : fill(gettext("Go on: ballot for %(name)s"), { name: next.paper.name })}</button>` : html`<button class="button button--big button--block" type="button" data-close>${gettext("Back to the paper")}</button>`}</div>`;
}

/**
 * The button of the thumb while a vote is open, or its result is new.
 * @param {import("../model.js").Model} m
 */
export function drawVoteButton(m) {
  const poll = m.voting.first;
  if (!poll) return nothing;
  const papers = m.voting.papersOf(poll.id);
  const waiting = papers.filter((paper) => m.voting.ballot(paper).step !== "done").length;
  const left = poll.early ? untilEarly(m, poll) : poll.closes_at ? fill(gettext("until %(time)s"), { time: clock(poll.closes_at, m.zone) }) : fill(gettext("%(cast)s of %(can)s ballots cast"), { cast: poll.cast, can: poll.can });
  return html`<button class="act ${waiting ? "act--live" : ""}" type="button" data-open="ballot" aria-haspopup="dialog">${icon("ballot")}<span>${waiting || !papers.length ? gettext("Vote") : gettext("Voted")}<small>${left}</small></span>${waiting > 1 ? html`<span class="badge act__badge">${waiting}</span>` : nothing}</button>`;
}
