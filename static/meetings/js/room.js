// The room: wires the line, the screens and what this device knows. Draws whole sections; decides no rule.
import { render } from "../../vendor/lit-html/lit-html.js";
import { connect } from "../../live/js/transport.js";
import { arrange, topOf } from "./agenda.js";
import { Refused, send } from "./commands.js";
import { composer } from "./composer.js";
import { closeDialog, isOpen, openDialog, watchDialogs, watchThemeSwitch } from "./dialogs.js";
import { digest } from "./digest.js";
import { floorActs } from "./floor_acts.js";
import { browse, papersOf, settle, start } from "./follow.js";
import { hallPage } from "./hall_page.js";
import { build } from "./model.js";
import { notebook } from "./notebook.js";
import { reader } from "./reader.js";
import { fill } from "./words.js";
import { drawEnded } from "./screens/ended.js";
import { SCREENS } from "./screens/index.js";
import { bringIcons } from "./screens/parts.js";

const BANNER_AFTER = 5_000;
const FRESH_FOR = 2_400;

/** @param {string} id */
function embedded(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/** @param {string} selector */
function found(selector) {
  return /** @type {HTMLElement | null} */ (document.querySelector(selector));
}

function enter() {
  const root = document.documentElement;
  const snapshot = embedded("room-snapshot");
  /** @type {import("./model.js").Me} */
  const me = embedded("room-me");
  const zone = root.dataset.timeZone ?? "Asia/Ho_Chi_Minh";
  const files = me.urls?.files ?? "/tep/";
  const home = document.body.dataset.home ?? "/hop/";
  const key = `dinh-room:${snapshot.sections.meeting.ref}:${me.seat}`;

  /** @type {import("./model.js").Sections} */
  let sections = snapshot.sections;
  let view = start;
  /** @type {number | null} */
  let picked = null;
  let busy = "";
  let toast = "";
  let drawer = false;
  let ended = false;
  let own = false;
  let drawn = 0;
  /** @type {Set<string>} */
  const fresh = new Set();
  /** @type {Map<number, number>} */
  const pages = new Map();
  /** @type {SVGElement | null} */
  let icons = null;
  let lastRead = Number(sessionStorage.getItem(`${key}:read`) ?? Math.max(0, ...(sections.messages ?? []).map((/** @type {{id: number}} */ each) => each.id)));
  const link = { state: "connecting", banner: false, young: true, last: Date.now() };
  const mounts = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-draw]"))];
  for (const mount of mounts) mount.replaceChildren();

  // ── The line ─────────────────────────────────────────────────
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let bannerTimer = setTimeout(lineIsDown, BANNER_AFTER);
  /** @type {ReturnType<typeof connect>} */
  let line;

  function lineIsDown() {
    link.young = false;
    link.banner = link.state !== "live";
    draw();
  }

  /**
   * @param {"live" | "connecting" | "offline" | "ended"} state
   * @param {string} [reason]
   */
  function onState(state, reason) {
    if (ended) return;
    if (state === "ended") return end(reason ?? "");
    const was = link.state;
    link.state = state;
    if (state === "live") {
      clearTimeout(bannerTimer);
      bannerTimer = undefined;
      link.banner = link.young = false;
      if (was !== "live") book?.retry();
    } else if (was === "live") {
      link.last = line.serverNow();
      clearTimeout(bannerTimer);
      bannerTimer = setTimeout(lineIsDown, BANNER_AFTER);
    }
    draw();
  }

  /**
   * @param {string[]} changed
   * @param {import("./model.js").Sections} next
   * @param {number} revision
   */
  function onSections(changed, next, revision) {
    if (ended) return;
    const before = sections;
    sections = next;
    if (!own) notice(changed, before);
    follow();
    if (changed.includes("messages") && messagesSeen()) markRead();
    book?.take(sections.notes ?? {});
    stamp(revision);
    draw();
  }

  /** @param {number} revision */
  function stamp(revision) {
    root.dataset.roomRevision = String(revision);
    root.dataset.roomDigest = digest(sections);
  }

  /**
   * What somebody else did is shown for a moment and told to those who listen.
   * @param {string[]} changed
   * @param {import("./model.js").Sections} before
   */
  function notice(changed, before) {
    if (changed.includes("agenda") && before.agenda?.current !== sections.agenda?.current) {
      glow("agenda", "place");
      const now = arrange(sections.agenda).current;
      if (now) announce(fill(gettext("The room is now at item %(number)s: %(title)s"), { number: now.number, title: now.title }));
    }
    if (changed.includes("floor") && sections.floor?.speaking?.seat === me.seat && before.floor?.speaking?.seat !== me.seat) announce(gettext("You have the floor"));
    if (changed.includes("stage") && digest(before.stage) !== digest(sections.stage)) glow("stage", "place");
    if (changed.includes("meeting") && before.meeting?.state !== sections.meeting.state) {
      if (sections.meeting.state === "live") announce(gettext("The meeting has begun"));
      if (sections.meeting.state === "closed") announce(gettext("The meeting is over"));
    }
    if (changed.includes("messages")) {
      const known = new Set((before.messages ?? []).map((/** @type {{id: number}} */ each) => each.id));
      for (const message of sections.messages ?? []) if (!known.has(message.id) && message.seat !== me.seat) glow(`message ${message.id}`);
    }
  }

  /** @param {string[]} names */
  function glow(...names) {
    for (const name of names) fresh.add(name);
    setTimeout(() => {
      for (const name of names) fresh.delete(name);
      draw();
    }, FRESH_FOR);
  }

  /** @param {string} sentence */
  function announce(sentence) {
    const region = found("[data-announce]");
    if (region) region.textContent = sentence;
  }

  // ── Reading ──────────────────────────────────────────────────
  const paperPlace = found("[data-viewer]");
  const paperReader = paperPlace ? reader(paperPlace, files, me.role === "chair" ? "page" : "width", (page) => act.browsePage(page)) : null;
  const hall = found("[data-hall-page]") ? hallPage(/** @type {HTMLElement} */ (found("[data-hall-page]")), files) : null;

  function follow() {
    const plan = arrange(sections.agenda);
    view = settle(view, plan, sections.papers ?? [], sections.stage ?? {});
    if (picked !== null && !plan.flat.some((item) => item.id === picked)) picked = null;
    if (book && (book.item === null || !plan.flat.some((item) => item.id === book.item))) {
      book.open(plan.current?.id ?? plan.flat[0]?.id ?? null);
    }
  }

  /** @param {number} id of any item */
  function browseItem(id) {
    const plan = arrange(sections.agenda);
    const own = (sections.papers ?? []).find((/** @type {{item: number}} */ paper) => paper.item === id);
    const first = own ?? papersOf(plan, sections.papers ?? [], id)[0];
    view = browse(view, { item: id, paper: first?.id ?? null, page: first ? pages.get(first.id) ?? 1 : 1 });
  }

  function backToChair() {
    view = settle({ ...start, item: null }, arrange(sections.agenda), sections.papers ?? [], sections.stage ?? {});
    picked = null;
  }

  // ── Acts ─────────────────────────────────────────────────────
  /**
   * @param {string} name
   * @param {Record<string, string | number>} fields
   */
  async function command(name, fields = {}) {
    const why = model().quiet(name);
    if (why) return void announce(why);
    busy = name;
    toast = "";
    draw();
    try {
      answered(await send(name, fields));
      if (name === "go_to_item") backToChair();
    } catch (error) {
      if (error instanceof Refused) answered(error.answer);
      toast = error instanceof Refused ? error.message : gettext("The server did not answer. Look at what the room shows, then press again.");
    }
    busy = "";
    draw();
  }

  /** @param {{revision?: number, sections?: import("./model.js").Sections}} answer */
  function answered(answer) {
    if (ended || answer.revision === undefined || !answer.sections) return;
    own = true;
    line.apply({ revision: answer.revision, sections: answer.sections });
    own = false;
  }

  const act = {
    check: () => line.check(),
    hideToast: () => redraw(() => (toast = "")),
    toggleDrawer: () => openDrawer(!drawer),
    backToChair: () => redraw(backToChair),
    /** @param {number} id */
    browseItem(id) {
      const plan = arrange(sections.agenda);
      const here = sections.meeting.state === "live" && (id === plan.current?.id || id === plan.top?.id);
      redraw(() => (here ? backToChair() : browseItem(id)));
      openDrawer(false);
    },
    /** @param {number} page */
    browsePage(page) {
      redraw(() => {
        view = browse(view, { page });
        if (view.paper !== null) pages.set(view.paper, page);
      });
    },
    /** @param {number} id */
    openPaper(id) {
      const paper = sections.papers.find((/** @type {{id: number}} */ each) => each.id === id);
      redraw(() => (view = browse(view, { item: paper.item, paper: id, page: pages.get(id) ?? 1 })));
      closeDialog("papers");
      found("[data-viewer] [tabindex]")?.focus();
    },
    /** @param {number} id */
    pick(id) {
      const plan = arrange(sections.agenda);
      if (id === picked || id === plan.current?.id) return act.unpick();
      redraw(() => {
        browseItem(id);
        picked = id;
      });
    },
    unpick: () => redraw(backToChair),
    openMeeting: () => command("open_meeting"),
    /** @param {number} id */
    goTo: (id) => command("go_to_item", { item: id, expected_item: sections.agenda.current ?? "" }),
    /**
     * @param {number} paper
     * @param {number} page
     */
    showPage: (paper, page) => command("show_page", { paper, page }),
    stopShowing: () => command("stop_showing"),
    ...floorActs(command, () => sections.floor?.speaking?.id ?? ""),
    askClose() {
      const why = model().quiet("close_meeting");
      if (why) announce(why);
      else openDialog("confirm-close");
    },
    /** @param {number} id */
    openNote(id) {
      redraw(() => {
        book?.open(id);
        browseItem(id);
      });
    },
    /** @param {"mine" | "theirs" | "both"} choice */
    decide: (choice) => book?.decide(choice),
    /** @param {KeyboardEvent} event */
    tabKey(event) {
      const tops = arrange(sections.agenda).tops;
      const at = tops.findIndex((top) => top === topOf({ ...arrange(sections.agenda), tops }, book?.item ?? null));
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step || !tops.length) return;
      event.preventDefault();
      const next = tops[(at + step + tops.length) % tops.length];
      act.openNote(next.id);
      flush();
      document.getElementById(`tab-${next.id}`)?.focus();
    },
  };

  /** @param {() => unknown} change */
  function redraw(change) {
    change();
    draw();
  }

  // ── Panels ───────────────────────────────────────────────────
  const messageList = found("[data-draw=messages]");
  const inSheet = messageList?.closest("dialog") !== null;

  function messagesSeen() {
    return Boolean(messageList) && !document.hidden && (inSheet ? isOpen("messages") : (messageList?.offsetParent ?? null) !== null);
  }

  function markRead() {
    lastRead = Math.max(lastRead, ...(sections.messages ?? []).map((/** @type {{id: number}} */ each) => each.id));
    sessionStorage.setItem(`${key}:read`, String(lastRead));
    const list = messageList?.closest("[data-scroll]") ?? messageList;
    queueMicrotask(() => list?.scrollTo({ top: list.scrollHeight }));
  }

  /** @param {boolean} open */
  function openDrawer(open) {
    if (drawer === open) return;
    drawer = open;
    found("#agenda")?.classList.toggle("is-open", open);
    found("[data-drawer-scrim]")?.toggleAttribute("hidden", !open);
    for (const part of document.querySelectorAll("#reader, .thumbbar")) part.toggleAttribute("inert", open);
    draw();
    found(open ? "#agenda [data-drawer-close]" : ".current__open")?.focus();
  }

  watchDialogs((id, open) => {
    if (id === "messages" && open) markRead();
    draw();
  });
  found("[data-drawer-close]")?.addEventListener("click", () => openDrawer(false));
  found("[data-drawer-scrim]")?.addEventListener("click", () => openDrawer(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer) openDrawer(false);
  });
  found("[data-confirm-close]")?.addEventListener("click", () => {
    closeDialog("confirm-close");
    void command("close_meeting");
  });
  watchThemeSwitch();

  // ── Writing ──────────────────────────────────────────────────
  const form = /** @type {HTMLFormElement | null} */ (found("[data-composer]"));
  const writer = form ? composer(form, {
    key: `${key}:message`,
    may: () => model().online && !model().writingWhy,
    answered,
    refused: (sentence) => redraw(() => (toast = sentence)),
    changed: () => draw(),
  }) : null;
  const noteField = /** @type {HTMLTextAreaElement | null} */ (found("[data-note]"));
  const book = noteField ? notebook(noteField, {
    key: `${key}:note`,
    may: () => model().online && ["live", "closed"].includes(sections.meeting.state),
    answered,
    changed: () => draw(),
  }) : null;

  // ── Drawing ──────────────────────────────────────────────────
  /** @returns {import("./model.js").Model} */
  function model() {
    return build({
      sections, me, zone, home, files, hasReader: paperReader !== null, link, busy, toast, fresh, view, picked, drawer, lastRead, act,
      now: line ? line.serverNow() : Date.now(),
      composer: writer?.state ?? { busy: false, failed: false, blank: true },
      notebook: book,
    });
  }

  let waiting = false;

  /** How often the time on the screen moves, in ms: every second while somebody speaks. */
  function pace() {
    return sections.floor?.speaking ? 1_000 : 5_000;
  }

  function draw() {
    if (waiting || ended) return;
    waiting = true;
    queueMicrotask(flush);
  }

  function flush() {
    waiting = false;
    if (ended) return;
    const m = model();
    drawn = Math.floor(m.now / pace());
    for (const mount of mounts) render(SCREENS[mount.dataset.draw ?? ""](m), mount);
    for (const bar of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-value]"))) bar.style.setProperty("--value", bar.dataset.value ?? "0");
    root.dataset.roomState = m.meeting.state;
    document.body.classList.toggle("is-showing", m.place.shown);
    if (noteField) noteField.disabled = book?.item === null || !["live", "closed"].includes(m.meeting.state);
    paperReader?.show(m.reading.paper, view.page);
    hall?.show(m.place.shown ? m.reading.paper : null, m.place.page);
  }

  /**
   * The seat is lost: nothing of the meeting stays on this device.
   * @param {string} reason
   */
  function end(reason) {
    ended = true;
    clearInterval(clockTimer);
    clearTimeout(bannerTimer);
    line.close();
    writer?.forget();
    book?.forget();
    paperReader?.close();
    hall?.close();
    sessionStorage.removeItem(`${key}:read`);
    sections = {};
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

  line = connect({ kind: "meeting", ref: snapshot.sections.meeting.ref, snapshot, onSections, onState });
  const clockTimer = setInterval(() => {
    if (Math.floor(line.serverNow() / pace()) !== drawn) draw();
  }, 500);
  addEventListener("visibilitychange", () => {
    if (!document.hidden && messagesSeen()) markRead();
  });
  book?.take(sections.notes ?? {});
  follow();
  stamp(snapshot.revision);
  flush();
  if (messagesSeen()) markRead();
  void bringIcons().then((brought) => {
    icons = brought;
    draw();
  });
}

enter();
