// Where everything stands on the consoles: one list for each named place. A noun of the room joins a place by one line
// here; docs/live-room.md ("How a panel gets onto a console") says which place is for what.
import * as attendance from "./attendance.js";
import * as ballot from "./ballot.js";
import * as chair from "./chair.js";
import * as consent from "./consent.js";
import * as floor from "./floor.js";
import * as hall from "./hall.js";
import * as motions from "./motions.js";
import * as news from "./paper_news.js";
import * as order from "./order.js";
import * as people from "./people.js";
import * as polls from "./polls.js";
import * as reader from "./reader.js";
import * as signals from "./signals.js";
import * as sites from "./sites.js";

/**
 * @typedef {import("../model.js").Model} Model
 *
 * @typedef {object} Panel one tab of the chair's and the secretary's side
 * @property {string} name
 * @property {string} icon
 * @property {() => string} title one or two words
 * @property {string[]} roles
 * @property {"phone" | "narrow"} [column] it has a column of its own (data-column in the template) where there is room
 * and is a tab only on a phone, or on anything narrower than a desk
 * @property {(m: Model) => number} [news] what waits there, as the figure on the tab
 * @property {(m: Model) => unknown} [draw] without it the template brings <section data-panel="name">
 *
 * @typedef {object} Next an act that whoever leads may do now
 * @property {string} name of the command, also data-act
 * @property {number} rank the smaller, the likelier: 10 begin or leave, 20 the item picked, 30 close the vote, 40 publish it,
 * 50 call who waits, 60 open the vote prepared here, 70 next item, 80 end the meeting; 90 never the big button
 * @property {string} sign icon
 * @property {string} title on the big button: verb first, naming whom or what
 * @property {string} [sub] on the big button: what else happens
 * @property {string} [short] on the small button; without it the act is only ever the big one
 * @property {string} [shortSub]
 * @property {string} [href] it leads somewhere else instead of doing something
 * @property {() => void} [press]
 *
 * @typedef {object} Stage something that may take the middle of a screen
 * @property {string} name also the class is-<name> of the body
 * @property {(m: Model) => string} when what it is about, or "" when it has nothing to show
 * @property {(m: Model) => unknown} draw
 */

/** The side of chair and secretary, in the order of the tabs. @type {Panel[]} */
export const PANELS = [
  { name: "show", icon: "screen", title: () => gettext("Page"), roles: ["chair"], column: "phone" },
  { name: "notes", icon: "note", title: () => gettext("Notes"), roles: ["secretary"], column: "phone" },
  { name: "plan", icon: "list", title: () => gettext("Agenda"), roles: ["chair"], column: "phone" },
  { name: "floor", icon: "mic", title: () => gettext("The floor"), roles: ["chair", "secretary"], news: (m) => m.floor.queue?.length ?? 0, draw: floor.drawFloorDesk },
  { name: "polls", icon: "ballot", title: () => gettext("Votes"), roles: ["chair", "secretary"], news: (m) => m.polls.open.length, draw: polls.drawPollsDesk },
  { name: "people", icon: "users", title: () => gettext("Attendance"), roles: ["chair"], news: sites.cutOff, draw: people.drawPeopleDesk },
  { name: "attendance", icon: "users", title: () => gettext("Attendance"), roles: ["secretary"], column: "narrow" },
  { name: "motions", icon: "gavel", title: () => gettext("Decisions"), roles: ["chair", "secretary"], news: motions.toDecide, draw: (m) => motions.withMotions(m, consent.drawConsent(m)) },
  { name: "order", icon: "pause", title: () => gettext("Order"), roles: ["chair", "secretary"], news: (m) => (m.order.break || m.order.closed ? 1 : 0) },
  { name: "signals", icon: "bell", title: () => gettext("Signs"), roles: ["chair", "secretary"], news: signals.news },
  { name: "messages", icon: "message", title: () => gettext("Messages"), roles: ["chair", "secretary"], news: (m) => m.unread || m.messages.filter((message) => message.held).length },
];

/** What must be seen whatever tab is open: above the page of the chair, above the tabs of the secretary. */
export const STRIPS = [order.drawDoors, order.drawBreak, signals.drawMood, attendance.drawQuorumAlarm, attendance.drawMyArrival, floor.drawTurn, polls.drawPollStrip, news.drawPaperNews];

/** What chair and secretary may do next: the likeliest is the big button of the dock, two more stand beside it. */
export const NEXT = [order.orderNext, chair.conductNext, consent.consentNext, floor.floorNext, polls.pollNext];

/** What takes the page's place on the chair's console while it lasts; the first that has something to show. @type {Stage[]} */
export const LEADS = [{ name: "deciding", when: polls.pollLead, draw: polls.drawPollLead }];

/** The delegate's bar of the thumb, from the left. Each gives a button or nothing. */
export const THUMB = [reader.drawPapersButton, floor.drawAskButton, ballot.drawVoteButton, polls.drawResultButton, reader.drawFollowButton, reader.drawMessagesButton, reader.drawMoreButton];

/** Rows of the delegate's sheet "More": what is needed once a meeting, not once a minute. */
export const MORE = [signals.drawCallRow, signals.drawPrivateRow, motions.drawMotionsRow, sites.drawSiteRow, people.drawPeopleRow, polls.drawProxyRow, polls.drawResultsRow];

/** What fills the hall screen; the first that has something to show. @type {Stage[]} */
export const HALL = [
  { name: "closed", when: order.doorsClosed, draw: order.drawHallClosed },
  { name: "break", when: order.onBreak, draw: order.drawHallBreak },
  { name: "consent", when: consent.hallConsent, draw: consent.drawHallConsent },
  { name: "waiting", when: hall.notRunning, draw: hall.drawWaiting },
  { name: "deciding", when: polls.hallVote, draw: polls.drawHallVote },
  { name: "showing", when: (m) => (m.place.shown ? String(m.place.paper) : ""), draw: hall.drawItem },
  { name: "item", when: () => "item", draw: hall.drawItem },
];

/**
 * @param {Stage[]} stages
 * @param {Model} m
 */
export function leading(stages, m) {
  for (const stage of stages) {
    const about = stage.when(m);
    if (about) return { ...stage, about };
  }
  return null;
}
