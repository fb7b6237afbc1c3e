// What the screens draw from: the sections of the server and what only this device knows, put together once per draw.
import { arrange, forecast } from "./agenda.js";
import { isOutside } from "./order.js";
import { chairPlace, papersOf } from "./follow.js";
import { NO_POLLS } from "./polls.js";

/**
 * @typedef {{seat: number, role: string, name: string, post: string, sign?: string, commands: string[], urls?: Record<string, string>,
 *   reasons?: Record<string, string>}} Me
 * @typedef {{ref: string, title: string, place: string, office: string, state: "draft" | "published" | "live" | "closed" | "cancelled",
 *   starts_at: number | null, ends_at: number | null, opened_at: number | null, closed_at: number | null, chair: string,
 *   postponed_from?: number | null, reason?: string}} Meeting
 * @typedef {{id: number, seat: number | null, name: string, text: string, at: number, item: number | null, held?: boolean}} Message
 * @typedef {{id: number, name: string, role: string, post: string, present: boolean, votes?: boolean, weight?: number}} Seat
 * @typedef {{present?: number, total?: number, seats?: Seat[]}} People
 * @typedef {{state: string, banner: boolean, young: boolean, last: number}} Link
 * @typedef {Record<string, any>} Sections
 * @typedef {ReturnType<typeof build>} Model
 *
 * @typedef {object} Room what the activities of one screen share
 * @property {Me} me
 * @property {string} key under which this seat keeps what is half done
 * @property {Sections} sections
 * @property {string} busy the act being sent, or ""
 * @property {string} toast
 * @property {number | null} placing who is being put on a chair
 * @property {boolean} carving whether chairs are being put and taken away
 * @property {number | null} person whose times of attendance are open
 * @property {number | null} site whose people alone are listed
 * @property {(() => void) | null} undo takes back what the toast tells, where that is possible
 * @property {string} putAside
 * @property {number | null} pollAt the vote a sheet of the podium is about
 * @property {number} pollSeconds for how long the next vote is opened; 0: until it is closed
 * @property {import("./stances.js").Stances} stances what this seat said to consent items
 * @property {string} part the form of the motions that is open, or ""
 * @property {string} partBase the text it is about to change
 * @property {boolean} sides old and new text side by side
 * @property {{mood: number, answer: string} | null} moodAnswer what was tapped here; the server tells nobody
 * @property {number} moodAside the counted question this screen has put away
 * @property {boolean} ended
 * @property {() => void} draw soon, once for everything that changed
 */

/**
 * @param {object} device
 * @param {Sections} device.sections
 * @param {Me} device.me
 * @param {number} device.now server time
 * @param {string} device.zone
 * @param {string} device.home
 * @param {string} device.files address under which stored files are served
 * @param {boolean} device.hasReader false where papers open in a window of their own
 * @param {Link} device.link
 * @param {string} device.busy the act being sent, or ""
 * @param {string} device.toast
 * @param {(() => void) | null} device.undo
 * @param {number | null} device.placing who is being put on a chair
 * @param {boolean} device.carving
 * @param {number | null} device.person whose times of attendance are open
 * @param {number | null} device.site whose people alone are listed
 * @param {import("./stances.js").Stances} device.stances
 * @param {string} device.part
 * @param {string} device.partBase
 * @param {boolean} device.sides
 * @param {Set<string>} device.fresh what somebody else has just changed
 * @param {import("./follow.js").View} device.view
 * @param {Map<number, number>} device.known the version of each paper this screen knows
 * @param {number | null} device.picked the item the chair looks at before going there
 * @param {boolean} device.drawer
 * @param {{tabs: import("./screens/places.js").Panel[], open: string}} device.side
 * @param {ReturnType<typeof import("./voting.js").voting>} device.voting
 * @param {number | null} device.pollAt
 * @param {number} device.pollSeconds
 * @param {string} device.putAside what the chair has put aside of what takes the page's place
 * @param {number} device.lastRead id of the newest message read
 * @param {{busy: boolean, failed: boolean, blank: boolean}} device.composer
 * @param {{item: number | null, note: import("./note.js").Note | null, why: string, unsaved: Set<number>} | null} device.notebook
 * @param {{mood: number, answer: string} | null} device.moodAnswer
 * @param {number} device.moodAside
 * @param {ReturnType<typeof import("./marks/marking.js").marking>} device.marks what is drawn on papers; null where nothing can be
 * @param {import("./tablets.js").Tablets} device.tablets
 * @param {import("./signals.js").Own} device.own what the server keeps for this seat alone
 * @param {import("./offline/keeper.js").Taken} device.taken what of the meeting lies on this device
 * @param {Record<string, (...args: any[]) => any>} device.act
 */
export function build(device) {
  const { sections, me, link, view } = device;
  const plan = arrange(sections.agenda);
  const meeting = /** @type {Meeting} */ (sections.meeting);
  const papers = /** @type {import("./follow.js").Paper[]} */ (sections.papers ?? []);
  const messages = /** @type {Message[]} */ (sections.messages ?? []);
  const order = /** @type {import("./order.js").Order} */ (sections.order ?? {});
  const outside = isOutside(order, sections.agenda, me.role);
  const online = link.state === "live" || link.young;
  return {
    ...device,
    meeting,
    plan,
    papers,
    messages,
    online,
    people: /** @type {People} */ (sections.people ?? {}),
    seatmap: /** @type {import("./screens/seatmap.js").Seatmap} */ (sections.seatmap ?? {}),
    attendance: /** @type {import("./attendance.js").Attendance} */ (sections.attendance ?? {}),
    polls: /** @type {import("./polls.js").Polls} */ (sections.polls ?? NO_POLLS),
    sites: /** @type {import("./sites.js").Site[]} */ (sections.sites ?? []),
    consent: /** @type {import("./screens/consent.js").Consent} */ (sections.consent ?? {}),
    motions: /** @type {import("./screens/motions.js").Motion[]} */ (sections.motions ?? []),
    order,
    outside,
    signals: /** @type {import("./signals.js").Signals} */ (sections.signals ?? {}),
    floor: /** @type {import("./floor.js").Floor} */ (sections.floor ?? {}),
    place: chairPlace(plan, papers, sections.stage ?? {}),
    forecast: forecast(plan, meeting, device.now),
    reading: { paper: papers.find((paper) => paper.id === view.paper) ?? null, list: papersOf(plan, papers, view.item) },
    unread: messages.filter((message) => message.id > device.lastRead && message.seat !== me.seat).length,
    note: device.notebook?.note ?? null,
    noteItem: device.notebook?.item ?? null,
    noteWhy: device.notebook?.why ?? "",
    unsaved: device.notebook?.unsaved ?? new Set(),
    writingWhy: writingWhy(me, meeting, plan, order, outside),
    /** @param {string} act */
    can: (act) => me.commands.includes(act),
    /** @param {string} section */
    reads: (section) => section in sections && !(section === "messages" && me.role === "observer"),
    /**
     * Why a paper cannot be shown: frames carry a code, the page its sentences in the reader's language.
     * @param {import("./follow.js").Paper} paper
     */
    reason: (paper) => me.reasons?.[paper.reason ?? ""] ?? me.reasons?.broken ?? "",
    /**
     * Why a button that needs the server is quiet, or "".
     * @param {string} act
     */
    quiet: (act) => {
      if (!online) return gettext("Waits for the connection");
      return device.busy ? (device.busy === act ? gettext("Being sent…") : gettext("One moment…")) : "";
    },
  };
}

/**
 * Why a message cannot be sent now although the line is good, or "". The server decides; this only says it early.
 * @param {Me} me
 * @param {Meeting} meeting
 * @param {import("./agenda.js").Plan} plan
 * @param {import("./order.js").Order} order
 * @param {boolean} outside
 */
function writingWhy(me, meeting, plan, order, outside) {
  if (meeting.state === "closed") return gettext("The meeting is over: no more messages are taken.");
  if (meeting.state === "cancelled") return gettext("This meeting has been cancelled.");
  if (meeting.state !== "live") return gettext("Messages can be sent once the meeting has begun.");
  if (outside) return gettext("A closed session is being held without you.");
  if (order.talk === "off" && !["chair", "secretary"].includes(me.role)) return gettext("Messages to the room are switched off.");
  if (me.role === "invited" && (!plan.current || plan.current.hidden)) return gettext("Messages can be sent while your item is being discussed.");
  return "";
}
