// The record while the session goes on: facts come anew from the server, what is being written stays in its field.
import { connect } from "../../live/js/transport.js";
import { notebook } from "./notebook.js";
import { clock } from "./time.js";
import { fill } from "./words.js";

const PAUSE = 1_000;

/** @param {string} id */
function embedded(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/** Fetches the page and puts its facts into this one; a changed list of items waits until nothing is half written. */
async function refresh() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer) return;
  if (answer.status === 404 || answer.redirected) return void location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const names = (/** @type {ParentNode} */ root) => [...root.querySelectorAll("[data-item]")].map((each) => /** @type {HTMLElement} */ (each).dataset.item).join();
  if (names(fresh) !== names(document) && !pending()) return void location.reload();
  for (const old of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-facts]"))) {
    const now = fresh.querySelector(`[data-facts="${old.dataset.facts}"]`);
    if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
  }
}

/** @type {ReturnType<typeof notebook>[]} */
const books = [];

function pending() {
  return books.some((book) => book.unsaved.size > 0);
}

function open() {
  const snapshot = embedded("record-snapshot");
  const me = embedded("record-me");
  const { ref } = snapshot.sections.meeting;
  const zone = document.documentElement.dataset.timeZone ?? "Asia/Ho_Chi_Minh";
  let online = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll("[data-note]"))) {
    const item = Number(field.dataset.note);
    const said = /** @type {HTMLElement} */ (document.querySelector(`[data-note-said="${item}"]`));
    const place = /** @type {HTMLElement} */ (document.querySelector(`[data-note-conflict="${item}"]`));
    const book = notebook(field, { key: `dinh-room:${ref}:${me.seat}:note`, may: () => online, answered: () => {}, changed: () => tell() });
    const tell = () => {
      const { note } = book;
      if (!note) return;
      /** @type {Record<string, string>} */
      const words = {
        same: note.base.at ? fill(gettext("Saved at %(time)s"), { time: clock(note.base.at, zone) }) : "",
        edited: online ? gettext("Will be saved in a moment…") : gettext("Kept on this device; saved when the connection is back."),
        saving: gettext("Saving…"),
        conflict: gettext("Not saved: somebody else has changed this note."),
      };
      said.textContent = book.why || words[note.state];
      said.dataset.noteState = note.state;
      if (note.state === "conflict") conflict(place, book);
      else place.replaceChildren();
    };
    book.take(snapshot.sections.notes ?? {});
    book.open(item);
    books.push(book);
    tell();
  }

  connect({
    kind: "meeting",
    ref,
    snapshot,
    onSections: (changed, next) => {
      if (changed.includes("notes")) for (const book of books) book.take(next.notes ?? {});
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), PAUSE);
    },
    onState: (state) => {
      online = state === "live";
      if (state === "ended") location.reload();
      if (online) for (const book of books) book.retry();
    },
  });
}

/**
 * Both texts, and the writer decides.
 * @param {HTMLElement} place
 * @param {ReturnType<typeof notebook>} book
 */
function conflict(place, book) {
  const box = document.createElement("div");
  box.className = "record__conflict";
  box.setAttribute("role", "alert");
  const title = document.createElement("p");
  title.textContent = gettext("Somebody else has changed this note");
  const text = document.createElement("p");
  text.className = "record__text";
  text.textContent = book.note?.theirs?.text ?? "";
  const acts = document.createElement("div");
  acts.className = "plan__acts";
  for (const [choice, words] of /** @type {["mine" | "theirs" | "both", string][]} */ ([["both", gettext("Keep both")], ["mine", gettext("Keep mine")], ["theirs", gettext("Take theirs")]])) {
    const button = document.createElement("button");
    button.className = "button";
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => book.decide(choice));
    acts.append(button);
  }
  box.append(title, text, acts);
  place.replaceChildren(box);
}

open();
