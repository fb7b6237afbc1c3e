// Every part of a screen, by the name an element asks for it with data-draw.
import { drawTaken } from "../offline/screen.js";
import * as agendaScreen from "./agenda.js";
import * as attendanceScreen from "./attendance.js";
import * as bannerScreen from "./banner.js";
import * as chairScreen from "./chair.js";
import * as consoles from "./consoles.js";
import * as floorScreen from "./floor.js";
import * as hallScreen from "./hall.js";
import * as marksScreen from "./marks.js";
import * as messagesScreen from "./messages.js";
import * as motionsScreen from "./motions.js";
import * as newsScreen from "./paper_news.js";
import * as orderScreen from "./order.js";
import * as peopleScreen from "./people.js";
import { PANELS } from "./places.js";
import * as ballotScreen from "./ballot.js";
import * as pollScreen from "./polls.js";
import * as readerScreen from "./reader.js";
import * as seatmapScreen from "./seatmap.js";
import * as signalsScreen from "./signals.js";
import * as sitesScreen from "./sites.js";
import * as secretaryScreen from "./secretary.js";
import * as tabletsScreen from "./tablets.js";
import * as timesScreen from "./times.js";
import * as topbarScreen from "./topbar.js";

/** @type {Record<string, (m: import("../model.js").Model) => unknown>} */
export const SCREENS = {
  state: topbarScreen.drawState,
  clock: topbarScreen.drawClock,
  presence: topbarScreen.drawPresence,
  "me-sign": topbarScreen.drawSign,
  agenda: agendaScreen.drawAgenda,
  current: agendaScreen.drawCurrent,
  banner: bannerScreen.drawBanner,
  toast: bannerScreen.drawToast,
  "reader-bar": readerScreen.drawReaderBar,
  "reader-empty": readerScreen.drawReaderEmpty,
  "paper-news": newsScreen.drawPaperNews,
  papers: readerScreen.drawPapers,
  taken: (m) => drawTaken(m.taken, m.zone, { take: m.act.takeAlong, remove: m.act.leaveBehind }),
  "marks-tools": marksScreen.drawTools,
  "marks-sheet": marksScreen.drawMarksSheet,
  "mark-note-head": marksScreen.drawNoteHead,
  "mark-note-foot": marksScreen.drawNoteFoot,
  messages: messagesScreen.drawMessages,
  composer: messagesScreen.drawComposer,
  motions: motionsScreen.drawMotions,
  order: orderScreen.drawOrder,
  "order-desk": orderScreen.drawOrderDesk,
  "doors-desk": orderScreen.drawDoorsDesk,
  "my-signals": signalsScreen.drawMySignals,
  calls: signalsScreen.drawCalls,
  letters: signalsScreen.drawLetters,
  "private-letters": signalsScreen.drawOwnLetters,
  "mood-desk": signalsScreen.drawMoodDesk,
  people: peopleScreen.drawPeople,
  attendance: attendanceScreen.drawAttendance,
  sites: sitesScreen.drawSites,
  tablets: tabletsScreen.drawTablets,
  "tablets-button": tabletsScreen.drawTabletsButton,
  "my-site": sitesScreen.drawMySite,
  quorum: attendanceScreen.drawQuorumButton,
  "quorum-alarm": attendanceScreen.drawQuorumAlarm,
  "my-arrival": attendanceScreen.drawMyArrival,
  "my-leaving": attendanceScreen.drawMyLeaving,
  stays: attendanceScreen.drawStays,
  "hall-map": seatmapScreen.drawLiveMap,
  "hall-board": seatmapScreen.drawHallBoard,
  "my-turn": floorScreen.drawMyTurn,
  ask: floorScreen.drawAsk,
  "add-speaker": floorScreen.drawAddSpeaker,
  "budget-desk": timesScreen.drawBudgetDesk,
  facts: peopleScreen.drawFacts,
  plan: chairScreen.drawPlan,
  stage: chairScreen.drawStage,
  show: chairScreen.drawShow,
  "show-empty": chairScreen.drawShowEmpty,
  tabs: consoles.drawTabs,
  strips: consoles.drawStrips,
  lead: consoles.drawLead,
  dock: consoles.drawDock,
  acts: consoles.drawThumb,
  more: consoles.drawMore,
  hall: consoles.drawHall,
  "item-tabs": secretaryScreen.drawTabs,
  "note-head": secretaryScreen.drawNoteHead,
  "note-foot": secretaryScreen.drawNoteFoot,
  conflict: secretaryScreen.drawConflict,
  conduct: secretaryScreen.drawConduct,
  pace: secretaryScreen.drawPace,
  "hall-top": hallScreen.drawHallTop,
  "hall-foot": hallScreen.drawHallFoot,
  ballot: ballotScreen.drawBallotSheet,
  "open-poll": pollScreen.drawOpening,
  roll: pollScreen.drawRoll,
  proxies: pollScreen.drawProxies,
  "my-proxy": pollScreen.drawMyProxy,
  "early-poll": pollScreen.drawEarly,
  results: pollScreen.drawResults,
  "hall-caption": hallScreen.drawHallCaption,
  ...Object.fromEntries(PANELS.flatMap((panel) => (panel.draw ? [[`panel-${panel.name}`, panel.draw]] : []))),
};
