// What a person at this screen can do: commands to the server, and moves that concern this device alone.
import { arrange, topOf } from "./agenda.js";
import { attendanceActs } from "./attendance_acts.js";
import { seatmapActs } from "./seatmap_acts.js";
import { Refused, send } from "./commands.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { floorActs } from "./floor_acts.js";
import { motionActs } from "./motion_acts.js";
import { offlineActs } from "./offline/room.js";
import { orderActs } from "./order_acts.js";
import { signalActs } from "./signal_acts.js";
import { tabletActs } from "./tablet_acts.js";
import { timeActs } from "./time_acts.js";
import { found } from "./panels.js";
import { fill } from "./words.js";
import { pollActs } from "./poll_acts.js";

/** How long an act can be taken back, in ms. */
const UNDO_FOR = 8_000;

/**
 * Where the arrow keys lead in a list of tabs, or nothing.
 * @template T
 * @param {KeyboardEvent} event
 * @param {T[]} tabs
 * @param {number} at
 * @returns {T | undefined}
 */
function stepped(event, tabs, at) {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step || !tabs.length) return undefined;
  event.preventDefault();
  return tabs[(at + step + tabs.length) % tabs.length];
}

/**
 * @param {import("./model.js").Room} room
 * @param {object} parts
 * @param {ReturnType<typeof import("./reading_place.js").readingPlace>} parts.place
 * @param {ReturnType<typeof import("./panels.js").panels>} parts.panels
 * @param {ReturnType<typeof import("./side.js").side>} parts.side
 * @param {(sentence: string) => void} parts.announce
 * @param {(answer: {revision?: number, sections?: import("./model.js").Sections}) => void} parts.answered
 * @param {(act: string) => string} parts.quiet why an act cannot be sent now, or ""
 * @param {() => void} parts.check makes sure that what is shown is what there is
 * @param {() => void} parts.flush draws now
 * @param {() => number} parts.now server time
 * @param {import("./tablets.js").Tablets} parts.tablets
 * @param {ReturnType<typeof import("./offline/room.js").takenAlong>} parts.along
 * @param {() => ReturnType<typeof import("./notebook.js").notebook> | null} parts.book
 * @param {ReturnType<typeof import("./marks/marking.js").marking>} parts.marks
 */
export function acts(room, { place, panels, side, announce, answered, quiet, check, flush, book, now, tablets, along, marks }) {
  let held = "";

  /**
   * @param {string} name
   * @param {Record<string, string | number>} fields
   * @returns {Promise<boolean>} whether it was done
   */
  async function command(name, fields = {}) {
    const why = quiet(name);
    if (why) {
      announce(why);
      return false;
    }
    let done = false;
    room.busy = name;
    room.toast = "";
    room.undo = null;
    room.draw();
    try {
      answered(await send(name, fields));
      if (name === "go_to_item") place.backToChair();
      done = true;
    } catch (error) {
      if (error instanceof Refused) answered(error.answer);
      room.toast = error instanceof Refused ? error.message : gettext("The server did not answer. Look at what the room shows, then press again.");
    }
    room.busy = "";
    room.draw();
    return done;
  }

  /**
   * @param {string} sentence
   * @param {() => unknown} undo
   */
  function offerUndo(sentence, undo) {
    room.toast = sentence;
    room.undo = undo;
    room.draw();
    setTimeout(() => {
      if (room.undo !== undo) return;
      room.toast = "";
      room.undo = null;
      room.draw();
    }, UNDO_FOR);
  }

  /** @param {() => unknown} change */
  function redraw(change) {
    change();
    room.draw();
  }

  const signs = signalActs(command, room, { answered, quiet });
  const act = {
    check,
    hideToast: () =>
      redraw(() => {
        room.toast = "";
        room.undo = null;
      }),
    /** @param {string} name */
    openPanel: (name) => side.choose(name),
    /** @param {KeyboardEvent} event */
    panelKey(event) {
      const { tabs, open } = side;
      const next = stepped(event, tabs, tabs.findIndex((panel) => panel.name === open));
      if (!next) return;
      side.choose(next.name);
      flush();
      document.getElementById(`tab-${next.name}`)?.focus();
    },
    /** @param {import("./follow.js").Paper} paper whose news has been read */
    understood: (paper) => redraw(() => place.known.set(paper.id, paper.version)),
    /** @param {string} about */
    putAside: (about) => redraw(() => (room.putAside = about)),
    /** @param {import("./screens/places.js").Next} next what the big button said when the finger came down */
    holdNext: (next) => (held = next.title),
    /**
     * The big button changes its meaning: a second tap, or a change under the finger, presses nothing.
     * @param {MouseEvent} event
     * @param {import("./screens/places.js").Next} next
     */
    pressNext(event, next) {
      const meant = event.detail === 0 || (event.detail === 1 && (held === "" || held === next.title));
      held = "";
      if (meant) next.press?.();
    },
    toggleDrawer: () => panels.openDrawer(!panels.drawer),
    backToChair: () => redraw(() => place.backToChair()),
    /** @param {number} id */
    browseItem(id) {
      const plan = arrange(room.sections.agenda);
      const here = room.sections.meeting.state === "live" && (id === plan.current?.id || id === plan.top?.id);
      redraw(() => (here ? place.backToChair() : place.browseItem(id)));
      panels.openDrawer(false);
    },
    /** @param {number} page */
    browsePage: (page) => redraw(() => place.browsePage(page)),
    /** @param {number} id */
    openPaper(id) {
      redraw(() => place.browsePaper(id));
      closeDialog("papers");
      found("[data-viewer] [tabindex]")?.focus();
    },
    /** @param {number} id */
    pick(id) {
      const plan = arrange(room.sections.agenda);
      if (id === place.picked || id === plan.current?.id) return act.unpick();
      redraw(() => {
        place.browseItem(id);
        place.picked = id;
      });
    },
    unpick: () => redraw(() => place.backToChair()),
    openMeeting: () => command("open_meeting"),
    /** @param {number} id */
    async goTo(id) {
      const was = room.sections.agenda.current ?? null;
      const done = await command("go_to_item", { item: id, expected_item: was ?? "" });
      const item = arrange(room.sections.agenda).current;
      if (done && was !== null && item) offerUndo(fill(gettext("The room has moved to item %(number)s."), { number: item.number }), () => command("go_to_item", { item: was, expected_item: id }));
    },
    /**
     * @param {number} paper
     * @param {number} page
     */
    showPage: (paper, page) => command("show_page", { paper, page }),
    async stopShowing() {
      const { paper, page } = room.sections.stage ?? {};
      if ((await command("stop_showing")) && paper) offerUndo(gettext("The page is no longer shown."), () => command("show_page", { paper, page }));
    },
    ...attendanceActs(command, room),
    ...seatmapActs(command, room),
    ...pollActs(room, command, now),
    ...timeActs(room, command),
    ...motionActs(command, room),
    ...orderActs(command, now),
    ...signs,
    ...offlineActs(along),
    ...marks?.act,
    takeAlong() {
      along.take();
      void marks?.fetchAll((room.sections.papers ?? []).map((/** @type {{id: number}} */ paper) => paper.id));
    },
    ...tabletActs(command, room, { tablets, openPanel: side.choose, answerTo: signs.answerTo }),
    ...floorActs(command, () => room.sections.floor?.speaking?.id ?? ""),
    askClose() {
      const why = quiet("close_meeting");
      if (why) announce(why);
      else openDialog("confirm-close");
    },
    /** @param {number} id */
    openNote(id) {
      redraw(() => {
        book()?.open(id);
        place.browseItem(id);
      });
    },
    /** @param {"mine" | "theirs" | "both"} choice */
    decide: (choice) => book()?.decide(choice),
    /** @param {KeyboardEvent} event */
    tabKey(event) {
      const plan = arrange(room.sections.agenda);
      const next = stepped(event, plan.tops, plan.tops.findIndex((top) => top === topOf(plan, book()?.item ?? null)));
      if (!next) return;
      act.openNote(next.id);
      flush();
      document.getElementById(`tab-${next.id}`)?.focus();
    },
  };

  found("[data-confirm-close]")?.addEventListener("click", () => {
    closeDialog("confirm-close");
    void command("close_meeting");
  });
  return act;
}
