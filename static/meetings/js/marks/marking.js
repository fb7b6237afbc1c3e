// Drawing on the papers of the room: wires the tools, the pages and the book of marks.
import { newId } from "../commands.js";
import { closeDialog, openDialog } from "../dialogs.js";
import { draft } from "../drafts.js";
import { book } from "./book.js";
import { PageLayer } from "./page_layer.js";
import { steps } from "./steps.js";
import { between, placeAt } from "./text_range.js";

/**
 * @typedef {import("./shapes.js").Mark} Mark
 * @typedef {{page: number, at: number[], quote: string, mark: Mark | null}} Writing a note being written, or an old one
 */

/** Colours of each tool, the first is chosen at the start. @type {Record<string, string[]>} */
export const COLOURS = { pen: ["blue", "red", "green", "black"], highlight: ["yellow", "green", "rose", "blue"], note: ["yellow"], stamp: ["red", "blue"], eraser: [] };
export const WIDTHS = [0.9, 1.6, 3.2];
export const STAMPS = ["read", "ask", "agree", "check"];

/**
 * @param {import("../model.js").Room} room
 * @param {object} parts
 * @param {ReturnType<typeof import("../reader.js").reader> | null} parts.reader
 * @param {(sentence: string) => void} parts.announce
 * @param {(page: number) => void} parts.turnTo
 */
export function marking(room, { reader, announce, turnTo }) {
  const address = room.me.urls?.marks ?? "";
  if (!address || !reader) return null;
  const pages = book({ room: room.key, address, changed });
  const past = steps(newId);
  /** @type {Map<number, PageLayer>} */
  const layers = new Map();
  /** @type {Map<number, Promise<any[]>>} */
  let texts = new Map();
  /** @type {import("../follow.js").Paper | null} */
  let paper = null;
  let seen = "";
  let news = -1;

  const hand = { tool: "", colour: "", width: WIDTHS[1], stamp: STAMPS[0], fingers: true, penAt: -Infinity };
  const colours = Object.fromEntries(Object.entries(COLOURS).map(([tool, names]) => [tool, names[0] ?? "blue"]));
  /** @type {Writing | null} */
  let writing = null;
  const kept = draft(sessionStorage, `${room.key}:mark-note`);
  const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("[data-mark-text]"));

  const parts = {
    hand,
    isOpen: false,
    reach: "me",
    /** @type {number | null} */
    to: null,
    get paper() {
      return paper;
    },
    get writing() {
      return writing;
    },
    get unsent() {
      return pages.unsent;
    },
    get isLaid() {
      return pages.isLaid;
    },
    get isSafe() {
      return pages.isSafe;
    },
    get why() {
      return pages.why;
    },
    get own() {
      return paper ? pages.own(paper.id, paper.file) : [];
    },
    get shared() {
      return paper ? pages.shared(paper.id) : [];
    },
    get left() {
      return paper ? pages.left(paper.id) : [];
    },
    get canUndo() {
      return past.canUndo;
    },
    get canRedo() {
      return past.canRedo;
    },
    /** After every draw of the room. @param {import("../follow.js").Paper | null} open */
    follow(open) {
      const signs = room.sections.signals?.news?.[room.me.sign ?? ""] ?? 0;
      if (open?.id !== paper?.id || open?.file !== paper?.file) {
        paper = open;
        texts = new Map();
        past.forget();
        parts.reach = "me";
        parts.to = null;
      }
      const sign = paper && paper.state === "ready" ? `${paper.id}/${paper.file}/${room.sections.marks?.[String(paper.id)] ?? 0}` : "";
      if (sign && (sign !== seen || signs !== news)) void pages.look(/** @type {import("../follow.js").Paper} */ (paper).id);
      seen = sign;
      news = signs;
      refresh();
    },
    /** Own marks on these papers, to be there without the network too. @param {number[]} papers */
    async fetchAll(papers) {
      for (const id of papers) await pages.look(id);
    },
    /** The line is back. */
    back: () => {
      seen = "";
      pages.wake();
    },
    forget: () => {
      kept.forget();
      return pages.forget();
    },
    act: {
      toggleMarks() {
        parts.isOpen = !parts.isOpen;
        if (!parts.isOpen) hand.tool = "";
        changed();
      },
      /** @param {string} tool @param {MouseEvent} event */
      chooseTool(tool, event) {
        const picked = selection();
        if (picked && (tool === "highlight" || tool === "note")) return useSelection(tool, picked);
        // By the keyboard there is no place to point at: the note goes to the page's margin.
        if (tool === "note" && event.detail === 0) return write(currentPage(), [freeCorner(), 24], "");
        hand.tool = hand.tool === tool ? "" : tool;
        hand.colour = colours[hand.tool] ?? "";
        changed();
      },
      /** @param {string} colour */
      chooseColour(colour) {
        hand.colour = colours[hand.tool] = colour;
        changed();
      },
      /** @param {number} width */
      chooseWidth(width) {
        hand.width = width;
        changed();
      },
      /** @param {string} stamp @param {MouseEvent} event */
      chooseStamp(stamp, event) {
        hand.stamp = stamp;
        if (event.detail === 0) made([{ id: newId(), page: currentPage(), kind: "stamp", colour: hand.colour || "red", stamp, at: [freeCorner() - 80, 24] }]);
        changed();
      },
      /** @param {boolean} draw */
      letFingersDraw(draw) {
        hand.fingers = draw;
        changed();
      },
      undoMark: () => apply(past.undo()),
      redoMark: () => apply(past.redo()),
      /** @param {string} reach @param {number | null} to */
      chooseReach(reach, to) {
        parts.reach = reach;
        parts.to = to;
        changed();
      },
      /** All own marks on this paper, from now on. */
      shareAll() {
        pages.share(parts.own.map((mark) => mark.id), parts.reach, parts.to);
        announce(gettext("Done."));
      },
      /** @param {Mark} mark */
      openMark(mark) {
        closeDialog("marks");
        turnTo(mark.page);
        if (mark.kind === "note") openNote(mark);
      },
      /** @param {Mark[]} marks */
      eraseMarks: (marks) => erased(marks.map((mark) => mark.id)),
      saveNote,
      eraseNote() {
        if (writing?.mark) erased([writing.mark.id]);
        endWriting();
      },
    },
  };

  function changed() {
    refresh();
    room.draw();
  }

  function refresh() {
    for (const layer of layers.values()) layer.update();
  }

  function currentPage() {
    return reader?.viewer?.page ?? 1;
  }

  /** In points, near the right edge of the page that is read. */
  function freeCorner() {
    return Math.max((reader?.viewer?.facts?.pages[currentPage() - 1]?.[0] ?? 595) - 48, 0);
  }

  /** @param {Mark[]} marks */
  function made(marks) {
    if (!paper) return;
    const shared = marks.map((mark) => ({ ...mark, reach: parts.reach, to: parts.to }));
    past.note({ added: shared, erased: [] });
    void pages.add(paper.id, paper.file, shared);
  }

  /** @param {string[]} ids */
  function erased(ids) {
    past.note({ added: [], erased: parts.own.filter((mark) => ids.includes(mark.id)) });
    void pages.erase(ids);
  }

  /** @param {{add: Mark[], erase: string[]} | null} step */
  function apply(step) {
    if (!step || !paper) return;
    void pages.erase(step.erase);
    void pages.add(paper.id, paper.file, step.add);
  }

  /** @param {number} page @param {number[]} at @param {string} quote */
  function write(page, at, quote) {
    writing = { page, at, quote, mark: null };
    if (field) {
      field.value = kept.read()?.text ?? "";
      field.readOnly = false;
    }
    room.draw();
    openDialog("mark-note");
    field?.focus();
  }

  /** @param {Mark} mark */
  function openNote(mark) {
    writing = { page: mark.page, at: mark.at ?? [0, 0], quote: mark.quote ?? "", mark };
    if (field) {
      field.value = mark.text ?? "";
      field.readOnly = Boolean(mark.by);
    }
    room.draw();
    openDialog("mark-note");
  }

  function saveNote() {
    const text = field?.value.trim() ?? "";
    if (!writing || !text || writing.mark?.by) return endWriting();
    const { page, at, quote, mark } = writing;
    if (mark?.text !== text && paper) {
      // Another text is another mark: the old one goes in the same step.
      const fresh = { id: newId(), page, kind: /** @type {const} */ ("note"), colour: mark?.colour ?? "yellow", at, quote, text, reach: mark?.reach ?? parts.reach, to: mark ? mark.to ?? null : parts.to };
      past.note({ added: [fresh], erased: mark ? [mark] : [] });
      void pages.add(paper.id, paper.file, [fresh]);
      if (mark) void pages.erase([mark.id]);
    }
    kept.forget();
    endWriting();
  }

  function endWriting() {
    writing = null;
    closeDialog("mark-note");
    changed();
  }

  /** What is selected on a page: the page and two places in its text. */
  function selection() {
    const picked = getSelection();
    if (!picked || picked.isCollapsed || picked.rangeCount === 0) return null;
    const range = picked.getRangeAt(0);
    const sheet = (range.startContainer.parentElement ?? null)?.closest("[data-sheet]");
    if (!(sheet instanceof HTMLElement) || !sheet.contains(range.endContainer)) return null;
    return { page: Number(sheet.dataset.sheet), boxes: [...range.getClientRects()].filter((box) => box.width > 1), words: picked.toString() };
  }

  /** @param {string} tool @param {NonNullable<ReturnType<typeof selection>>} picked */
  async function useSelection(tool, picked) {
    const layer = layers.get(picked.page);
    const { boxes } = picked;
    if (!layer || !boxes.length) return;
    const lines = await linesOf(picked.page).catch(() => []);
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    const from = placeAt(lines, ...layer.pointAt(first.left + 1, first.top + first.height / 2));
    const to = placeAt(lines, ...layer.pointAt(last.right - 1, last.top + last.height / 2));
    if (!from || !to) return;
    const { rects, quote } = between(lines, from, to);
    if (!rects.length) return;
    getSelection()?.removeAllRanges();
    if (tool === "note") return write(picked.page, [freeCorner(), rects[0][1]], quote);
    made([{ id: newId(), page: picked.page, kind: "highlight", colour: colours.highlight, rects, quote }]);
    announce(gettext("Highlighted."));
  }

  /** @param {number} page */
  function linesOf(page) {
    let lines = texts.get(page);
    if (!lines) {
      lines = reader?.viewer?.source?.getText(page) ?? Promise.resolve([]);
      texts.set(page, lines);
      lines.catch(() => texts.delete(page));
    }
    return lines;
  }

  reader.addLayer({
    onSheet(n, element, place) {
      let layer = layers.get(n);
      if (layer && layer.box.parentElement !== element) {
        layer.remove();
        layer = undefined;
      }
      if (!layer) {
        layer = new PageLayer(n, element, {
          hand,
          marks: (page) => [...parts.own, ...parts.shared].filter((mark) => mark.page === page),
          made,
          erased,
          write,
          open: openNote,
          lines: linesOf,
          penSeen: () => {
            hand.fingers = false;
            changed();
          },
        });
        layers.set(n, layer);
      }
      layer.put(place);
    },
    onSheetGone(n) {
      layers.get(n)?.remove();
      layers.delete(n);
    },
  });

  field?.addEventListener("input", () => {
    if (!writing?.mark) kept.keep(field.value, "");
  });
  document.getElementById("mark-note")?.addEventListener("close", () => {
    if (!writing) return;
    writing = null;
    changed();
  });
  addEventListener("keydown", (event) => {
    const inText = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (inText || !(event.ctrlKey || event.metaKey) || !parts.isOpen || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) parts.act.redoMark();
    else parts.act.undoMark();
  });
  return parts;
}
