// The page without a network: opens the pack of the meeting in the address, or lists what was taken along. It asks again
// and again whether the server is back; then first contact comes before anything else, and the page makes way for the room.
import { html, nothing, render } from "../../../vendor/lit-html/lit-html.js";
import { closeDialog, isOpen } from "../dialogs.js";
import { marking } from "../marks/marking.js";
import { build } from "../model.js";
import { found, panels } from "../panels.js";
import { reader } from "../reader.js";
import { readingPlace } from "../reading_place.js";
import { drawAgenda, drawCurrent } from "../screens/agenda.js";
import { empty, icon } from "../screens/parts.js";
import { drawMarksSheet, drawNoteFoot, drawNoteHead, drawTools } from "../screens/marks.js";
import { drawPapers, drawPapersButton, drawReaderBar, drawReaderEmpty } from "../screens/reader.js";
import { drawClock, drawState } from "../screens/topbar.js";
import { NOTHING } from "../signals.js";
import { clock, day } from "../time.js";
import { fill } from "../words.js";
import { firstContact } from "./contact.js";
import { over, partsOf, placeOf, serverTime } from "./lease.js";
import { PackedPaper } from "./pack_source.js";
import * as vault from "./vault.js";

/** @typedef {import("./lease.js").Manifest} Manifest */

const KNOCK = 12_000;
/** Milliseconds without a touch after which the page may make way. */
const CALM = 3_000;
const ZONE = document.documentElement.dataset.timeZone ?? "Asia/Ho_Chi_Minh";
const { home = "/hop/", files = "/tep/", verifying = "" } = document.body.dataset;

/** Why a paper of the agenda cannot be read here. */
const REASONS = {
  get not_taken() {
    return gettext("This paper was not taken along. It opens with the connection.");
  },
  get not_whole() {
    return gettext("This paper had not been fetched whole when the connection was lost.");
  },
  get lease_over() {
    return gettext("This paper could be read without the server for a time that is over. It opens again with the connection.");
  },
};

/** @param {string} address */
function meetingIn(address) {
  return address.startsWith(home) ? address.slice(home.length).split("/")[0] : "";
}

/**
 * The papers of the agenda as this device has them.
 * @param {Manifest} manifest
 * @param {Set<string>} held
 * @param {number} time the server's
 */
function papersHere(manifest, held, time) {
  const gone = over(manifest.papers, time);
  return manifest.sections.papers.map((/** @type {any} */ paper) => {
    const taken = manifest.papers.find((each) => each.id === paper.id);
    const whole = taken && partsOf(taken).every((name) => held.has(placeOf(taken, name)));
    const reason = !taken ? "not_taken" : gone.includes(taken.file) ? "lease_over" : whole ? "" : "not_whole";
    return reason ? { ...paper, state: "refused", reason } : paper;
  });
}

/**
 * @param {import("./vault.js").Pack} pack
 * @param {Manifest} manifest
 */
async function openPack(pack, manifest) {
  const held = await vault.held(pack.meeting);
  const now = () => serverTime(pack.clock, Date.now());
  const meeting = manifest.sections.meeting;
  const since = pack.lost ?? pack.contact;
  const sections = { ...manifest.sections, papers: papersHere(manifest, held, now()) };
  /** @type {any} */
  const room = { me: { ...manifest.me, commands: [], reasons: REASONS, urls: { marks: `${home}${pack.meeting}/danh-dau/` } }, key: `dinh-room:${pack.meeting}:${pack.seat}`, sections, draw };
  const place = readingPlace(room);
  const sheets = panels(room);
  const mounts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-draw]"))];
  const desk = /** @type {HTMLElement} */ (found("[data-viewer]"));
  const paperReader = reader(desk, files, "width", (page) => act.browsePage(page), found("[data-paper-panel]"), () => closeDialog("view"), (paper, usual) => {
    const taken = manifest.papers.find((each) => each.id === paper.id);
    return taken ? new PackedPaper(pack.meeting, taken) : usual;
  });
  const marks = marking(room, { reader: paperReader, announce: (sentence) => found("[data-announce]")?.replaceChildren(sentence), turnTo: (page) => act.browsePage(page) });
  /** @type {Record<string, (...given: any[]) => any>} */
  const act = {
    ...marks?.act,
    /** @param {number} id */
    browseItem(id) {
      place.browseItem(id);
      sheets.openDrawer(false);
      draw();
    },
    /** @param {number} id */
    openPaper(id) {
      place.browsePaper(id);
      /** @type {HTMLDialogElement | null} */ (document.querySelector("#papers"))?.close();
      sheets.openDrawer(false);
      draw();
    },
    /** @param {number} page */
    browsePage(page) {
      place.browsePage(page);
      draw();
    },
    toggleDrawer: () => sheets.openDrawer(!sheets.drawer),
    backToChair: () => undefined,
  };
  const screens = {
    state: drawState,
    clock: drawClock,
    agenda: drawAgenda,
    current: drawCurrent,
    "reader-bar": drawReaderBar,
    "reader-empty": drawReaderEmpty,
    papers: drawPapers,
    acts: drawPapersButton,
    "away-banner": () => drawBanner(since),
    "marks-tools": drawTools,
    "marks-sheet": drawMarksSheet,
    "mark-note-head": drawNoteHead,
    "mark-note-foot": drawNoteFoot,
  };
  let waiting = false;

  function draw() {
    if (waiting) return;
    waiting = true;
    queueMicrotask(flush);
  }

  function flush() {
    waiting = false;
    const m = build(/** @type {any} */ ({
      sections: room.sections, me: room.me, files, home, act, now: now(), zone: ZONE, hasReader: true, view: place.view, drawer: sheets.drawer,
      link: { state: "offline", banner: true, young: false, last: since }, fresh: new Set(), busy: "", toast: "", undo: null, lastRead: 0,
      notebook: null, composer: { busy: false, failed: false, blank: true }, stances: {}, own: NOTHING, marks, side: { tabs: [], open: "" },
    }));
    for (const mount of mounts) {
      const screen = screens[/** @type {keyof typeof screens} */ (mount.dataset.draw)];
      if (screen) render(screen(m), mount);
    }
    paperReader.show(m.reading.paper, m.view.page);
    marks?.follow(m.reading.paper);
  }

  document.title = meeting.title;
  found("[data-title]")?.replaceChildren(meeting.title);
  found("[data-under]")?.replaceChildren([meeting.office, meeting.place].filter(Boolean).join(" · "));
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-pack]"))) part.hidden = false;
  const first = room.sections.papers.find((/** @type {any} */ paper) => paper.state === "ready");
  place.follow();
  if (!room.sections.papers.some((/** @type {any} */ paper) => paper.id === place.view.paper && paper.state === "ready") && first) place.browsePaper(first.id);
  flush();
  setInterval(() => {
    void vault.turnLeases(Date.now());
    room.sections = { ...room.sections, papers: papersHere(manifest, held, now()) };
    draw();
  }, 15_000);
}

/** @param {number} since */
function drawBanner(since) {
  return html`<div class="banner banner--warn room__banner" role="status" data-away-since>${icon("wifi-off")}<p class="banner__text"><span class="banner__title">${fill(gettext("Without connection since %(time)s, %(day)s."), { time: clock(since, ZONE), day: day(since, ZONE) })}</span> ${gettext("What was taken along can be read and marked. Votes, requests to speak and messages need the connection; nothing of these is kept for later. The room comes back by itself.")}</p></div>`;
}

/**
 * @param {{meeting: string, title: string, starts: number}[]} list
 * @param {string} wanted the meeting in the address
 */
function drawAway(list, wanted) {
  const place = /** @type {HTMLElement} */ (found("[data-away]"));
  document.body.className = "room room--away";
  place.hidden = false;
  const title = wanted ? gettext("This meeting cannot be read without connection") : gettext("The server cannot be reached");
  const text = wanted ? gettext("It was not taken along on this device, or the time for which it was handed out is over.") : gettext("Meetings that were taken along on this device can be read now.");
  render(html`<main><div class="away__head">${icon("wifi-off", "lg")}<h1 class="away__title">${title}</h1></div><p>${text} ${gettext("This page goes on by itself as soon as the connection is back.")}</p>
    ${list.length ? html`<ul class="list card">${list.map((each) => html`<li><a class="list__row" href="${home}${each.meeting}/phong/">${icon("calendar")}<span class="list__main"><span class="list__title">${each.title}</span><span class="list__meta is-figures">${clock(each.starts, ZONE)} · ${day(each.starts, ZONE)}</span></span></a></li>`)}</ul>`
      : wanted ? nothing : empty("download", gettext("Nothing was taken along on this device"), gettext("In the room or on the page of a meeting, press “Take along” while there is a connection."))}
    <p><button class="button button--primary" type="button" @click=${() => location.reload()}>${gettext("Try now")}</button></p></main>`, place);
}

let touched = -Infinity;
for (const kind of ["pointerdown", "pointerup", "keydown"]) addEventListener(kind, () => (touched = performance.now()), true);

/** Whether somebody is in the middle of something a new page would take away: a hand on the paper, a note half written. */
function isBusy() {
  const at = document.activeElement;
  const writes = at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.value !== at.defaultValue);
  return writes || ["papers", "marks", "mark-note", "view"].some(isOpen) || performance.now() - touched < CALM;
}

async function knock() {
  const told = await firstContact(home, verifying).catch(() => "away");
  const back = told === "none" ? await fetch(home, { method: "HEAD", redirect: "manual", cache: "no-store" }).then((answer) => answer.status < 500, () => false) : told !== "away";
  if (back && !isBusy()) location.reload();
  else setTimeout(() => void knock(), KNOCK * (0.75 + Math.random() / 2));
}

async function enter() {
  const wanted = meetingIn(location.pathname);
  const all = await vault.turnLeases(Date.now()).catch(() => []);
  const pack = all.find((each) => each.meeting === wanted);
  const manifest = pack ? await vault.manifestOf(pack, verifying) : null;
  if (pack && manifest) await openPack(pack, manifest);
  else {
    const list = [];
    for (const each of all) {
      const known = await vault.manifestOf(each, verifying);
      if (known) list.push({ meeting: each.meeting, title: known.sections.meeting.title, starts: known.sections.meeting.starts_at });
    }
    drawAway(list, wanted);
  }
  document.documentElement.dataset.away = pack && manifest ? "pack" : "list";
  setTimeout(() => void knock(), 1_000 + Math.random() * 4_000);
  addEventListener("online", () => void firstContact(home, verifying).then((told) => told !== "away" && !isBusy() && location.reload(), () => undefined));
}

void enter();
