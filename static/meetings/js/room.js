// The room: wires the line, the screens and what this device knows. Draws whole sections; decides no rule.
import { render } from "../../vendor/lit-html/lit-html.js";
import { connect } from "../../live/js/transport.js";
import { acts } from "./acts.js";
import { arrange } from "./agenda.js";
import { composer } from "./composer.js";
import { closeDialog } from "./dialogs.js";
import { digest } from "./digest.js";
import { hallPage } from "./hall_page.js";
import { keyboard } from "./keys.js";
import { lineState } from "./line_state.js";
import { marking } from "./marks/marking.js";
import { build } from "./model.js";
import { notebook } from "./notebook.js";
import { notices } from "./notices.js";
import { takenAlong } from "./offline/room.js";
import { ownMatters } from "./own.js";
import { found, panels } from "./panels.js";
import { reader } from "./reader.js";
import { readingPlace } from "./reading_place.js";
import { drawEnded } from "./screens/ended.js";
import { ownStances } from "./stances.js";
import { SCREENS } from "./screens/index.js";
import { bringIcons } from "./screens/parts.js";
import { HALL, LEADS, leading } from "./screens/places.js";
import { furnish, side } from "./side.js";
import { loadsWhenAsked, tablets } from "./tablets.js";
import { voting } from "./voting.js";

const WRITTEN_IN = ["live", "closed"];

/**
 * What came with the page. It is taken out of it: a title that is withdrawn later must not stay in the document.
 * @param {string} id
 */
function embedded(id) {
  const brought = document.getElementById(id);
  brought?.remove();
  return JSON.parse(brought?.textContent ?? "null");
}

function enter() {
  const root = document.documentElement;
  const snapshot = embedded("room-snapshot");
  /** @type {import("./model.js").Me} */
  const me = embedded("room-me");
  const { ref } = snapshot.sections.meeting;
  const files = me.urls?.files ?? "/tep/";
  const home = document.body.dataset.home ?? "/hop/";
  /** @type {import("./model.js").Room} */
  const room = { me, key: `dinh-room:${ref}:${me.seat}`, sections: snapshot.sections, busy: "", toast: "", undo: null, putAside: "", pollAt: null, pollSeconds: 0, person: null, site: null, placing: null, carving: false, stances: {}, part: "", partBase: "", sides: false, moodAnswer: null, moodAside: 0, ended: false, draw };
  let own = false;
  let drawn = 0;
  let waiting = false;
  /** @type {SVGElement | null} */
  let icons = null;
  furnish(me.role);
  const mounts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-draw]"))];
  for (const mount of mounts) mount.replaceChildren();

  // What this screen is made of
  const place = readingPlace(room);
  const over = panels(room);
  const beside = side(room);
  const told = notices(room);
  const ballots = voting(room, { answered, announce: told.announce });
  const mine = ownStances(room);
  /** @type {ReturnType<typeof connect>} */
  let line;
  const now = () => (line ? line.serverNow() : snapshot.now);
  const state = lineState({ now: snapshot.now, serverNow: now, back: () => {
    book?.retry();
    marks?.back();
    ballots.back();
    matters.look(true);
    along.back();
  }, changed: draw });
  const paperPlace = found("[data-viewer]");
  const paperReader = paperPlace ? reader(paperPlace, files, me.role === "chair" ? "page" : "width", (page) => act.browsePage(page), found("[data-paper-panel]"), () => closeDialog("view"), (paper, usual) => along.source(paper, usual)) : null;
  const marks = marking(room, { reader: paperReader, announce: told.announce, turnTo: (page) => act.browsePage(page) });
  const hallPlace = found("[data-hall-page]");
  const hall = hallPlace ? hallPage(hallPlace, files) : null;
  const form = /** @type {HTMLFormElement | null} */ (found("[data-composer]"));
  const writer = form ? composer(form, { key: `${room.key}:message`, may: () => model().online && !model().writingWhy, answered, refused, changed: draw }) : null;
  const noteField = /** @type {HTMLTextAreaElement | null} */ (found("[data-note]"));
  const book = noteField ? notebook(noteField, { key: `${room.key}:note`, may: () => model().online && WRITTEN_IN.includes(room.sections.meeting.state), answered, changed: draw }) : null;
  const matters = ownMatters(room);
  const devices = tablets(room);
  const along = takenAlong(room, ref);
  const loadIfAsked = loadsWhenAsked(room, snapshot.revision);
  const act = acts(room, {
    place, panels: over, side: beside, announce: told.announce, answered, flush,
    quiet: (name) => model().quiet(name),
    check: () => line.check(),
    now,
    tablets: devices.parts,
    along,
    book: () => book,
    marks,
  });

  // What arrives

  /**
   * @param {"live" | "connecting" | "offline" | "ended"} became
   * @param {string} [reason]
   */
  function onState(became, reason) {
    if (room.ended) return;
    if (became === "ended") end(reason ?? "");
    else {
      state.became(became);
      if (became !== "live") along.lost(state.link.last);
    }
  }

  /**
   * @param {string[]} changed
   * @param {import("./model.js").Sections} next
   * @param {number} revision
   */
  function onSections(changed, next, revision) {
    if (room.ended) return;
    const before = room.sections;
    room.sections = next;
    if (!own) told.tell(changed, before);
    follow();
    if (changed.includes("messages")) over.see();
    if (changed.includes("polls")) ballots.follow();
    if (changed.includes("consent")) void mine.ask();
    matters.look();
    if (changed.includes("papers")) along.changed();
    loadIfAsked();
    book?.take(next.notes ?? {});
    stamp(revision);
    draw();
  }

  /** @param {{revision?: number, sections?: import("./model.js").Sections}} answer to an own command */
  function answered(answer) {
    if (room.ended || answer.revision === undefined || !answer.sections) return;
    own = true;
    line.apply({ revision: answer.revision, sections: answer.sections });
    own = false;
  }

  /** @param {string} sentence */
  function refused(sentence) {
    room.toast = sentence;
    draw();
  }

  function follow() {
    place.follow();
    const plan = arrange(room.sections.agenda);
    if (book && (book.item === null || !plan.flat.some((item) => item.id === book.item))) {
      book.open(plan.current?.id ?? plan.flat[0]?.id ?? null);
    }
  }

  /** @param {number} revision */
  function stamp(revision) {
    root.dataset.roomRevision = String(revision);
    root.dataset.roomDigest = digest(room.sections);
  }

  // Drawing

  /** @returns {import("./model.js").Model} */
  function model() {
    return build({
      sections: room.sections, me, files, home, act,
      busy: room.busy, toast: room.toast, undo: room.undo, person: room.person, site: room.site, placing: room.placing, carving: room.carving, fresh: told.fresh, link: state.link,
      view: place.view, known: place.known, picked: place.picked, drawer: over.drawer, side: beside, putAside: room.putAside, voting: ballots, pollAt: room.pollAt, pollSeconds: room.pollSeconds, lastRead: over.lastRead,
      stances: room.stances, part: room.part, partBase: room.partBase, sides: room.sides,
      zone: root.dataset.timeZone ?? "Asia/Ho_Chi_Minh",
      hasReader: paperReader !== null,
      now: now(),
      composer: writer?.state ?? { busy: false, failed: false, blank: true },
      notebook: book,
      own: matters.own, marks, tablets: devices.parts, taken: along.taken, moodAnswer: room.moodAnswer, moodAside: room.moodAside,
    });
  }

  /** How often the time on the screen moves, in ms: every second while somebody speaks or votes by the clock. */
  function pace() {
    const voting = (room.sections.polls?.open ?? []).some((/** @type {{closes_at: number | null}} */ poll) => poll.closes_at !== null);
    return room.sections.floor?.speaking || room.sections.order?.break || voting ? 1_000 : 5_000;
  }

  function draw() {
    if (waiting || room.ended) return;
    waiting = true;
    queueMicrotask(flush);
  }

  function flush() {
    waiting = false;
    if (room.ended) return;
    const m = model();
    drawn = Math.floor(m.now / pace());
    for (const mount of mounts) render(SCREENS[mount.dataset.draw ?? ""](m), mount);
    for (const bar of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-value]"))) bar.style.setProperty("--value", bar.dataset.value ?? "0");
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-at]"))) mark.style.setProperty("--at", mark.dataset.at ?? "0");
    root.dataset.roomState = m.meeting.state;
    beside.show();
    devices.follow();
    const stages = hall ? HALL : LEADS;
    const lead = leading(stages, m);
    for (const { name } of stages) document.body.classList.toggle(`is-${name}`, name === lead?.name && lead.about !== room.putAside);
    if (noteField) noteField.disabled = book?.item === null || !WRITTEN_IN.includes(m.meeting.state);
    paperReader?.show(m.reading.paper, m.view.page);
    marks?.follow(m.reading.paper);
    hall?.show(lead?.name === "showing" ? m.reading.paper : null, m.place.page);
  }

  /**
   * The seat is lost: nothing of the meeting stays on this device.
   * @param {string} reason
   */
  function end(reason) {
    room.ended = true;
    clearInterval(clockTimer);
    state.stop();
    line.close();
    writer?.forget();
    book?.forget();
    ballots.forget();
    void marks?.forget();
    over.forget();
    along.end(reason);
    paperReader?.close();
    hall?.close();
    room.sections = {};
    delete root.dataset.roomDigest;
    root.dataset.roomState = "ended";
    document.title = gettext("Meeting room");
    const last = document.createElement("div");
    last.className = "room room--ended";
    document.body.className = "";
    document.body.replaceChildren(last, ...(icons ? [icons] : []));
    render(drawEnded(reason, home), last);
    found("[data-ended-title]")?.focus();
  }

  /** A note of "My notes" leads to its page. */
  function goToHash() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const [paper, page] = [Number(asked.get("giay")), Number(asked.get("trang"))];
    if (!(room.sections.papers ?? []).some((/** @type {{id: number}} */ each) => each.id === paper)) return;
    place.browsePaper(paper);
    if (page >= 1) place.browsePage(page);
    draw();
  }

  line = connect({ kind: "meeting", ref, snapshot, onSections, onState });
  const clockTimer = setInterval(() => {
    ballots.tick(now());
    if (Math.floor(now() / pace()) !== drawn) draw();
  }, 500);
  book?.take(room.sections.notes ?? {});
  follow();
  goToHash();
  addEventListener("hashchange", goToHash);
  if (found("#keys")) keyboard(beside);
  ballots.follow();
  stamp(snapshot.revision);
  flush();
  over.see();
  void mine.ask();
  matters.look(true);
  root.dataset.scripts = "";
  found(".plain")?.remove(); // For the same reason: nobody sees it any more.
  void bringIcons().then((brought) => {
    icons = brought;
    draw();
  });
}

enter();
