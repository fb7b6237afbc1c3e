import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { applyAnswer, applyFrame, emptyStore } from "../../../static/live/js/store.js";

const names = ["agenda", "notes", "people", "messages"];

/** A server with gap-free revisions: what it holds after each, and which sections each touched. */
class Server {
  constructor() {
    this.states = [{}];
    this.touched = [[]];
  }

  get revision() {
    return this.states.length - 1;
  }

  change(sections) {
    this.states.push({ ...this.states.at(-1), ...sections });
    this.touched.push(Object.keys(sections));
  }

  snapshot(revision = this.revision) {
    return { t: "snapshot", epoch: "e", revision, sections: this.states[revision] };
  }

  /** What a server sends to one who has `since`, read when it stood at `revision`. */
  changes(since, revision = this.revision) {
    const changed = new Set(this.touched.slice(since + 1, revision + 1).flat());
    const sections = Object.fromEntries([...changed].map((name) => [name, this.states[revision][name]]));
    return { t: "changes", epoch: "e", since, revision, sections };
  }

  /** The answer to the command that made `revision`, its sections read when the server stood at `read`. */
  answer(revision, read) {
    const sections = Object.fromEntries(this.touched[revision].map((name) => [name, this.states[read][name]]));
    return { revision: read, sections };
  }
}

const change = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const step = fc.oneof(
  change.map((sections) => ({ act: "change", sections })),
  fc.record({ act: fc.constant("answer"), back: fc.nat(3), late: fc.nat(3) }),
  fc.record({ act: fc.constant("frame"), behind: fc.nat(3), overlap: fc.nat(4) }),
  fc.record({ act: fc.constant("repeat"), which: fc.nat() }),
);

test("whatever arrives, in whatever order, resuming ends equal to a fresh snapshot", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const server = new Server();
      let store = emptyStore(server.snapshot());
      const sent = [];
      for (const one of steps) {
        if (one.act === "change") server.change(one.sections);
        if (one.act === "answer" && server.revision > 0) {
          const revision = Math.max(1, server.revision - one.back);
          const read = Math.min(server.revision, revision + one.late);
          store = applyAnswer(store, server.answer(revision, read)).store;
        }
        if (one.act === "frame") {
          const revision = Math.max(0, server.revision - one.behind);
          sent.push(server.changes(Math.max(0, Math.min(revision, store.revision - one.overlap)), revision));
          store = applyFrame(store, sent.at(-1)).store;
        }
        if (one.act === "repeat" && sent.length > 0) store = applyFrame(store, sent[one.which % sent.length]).store;
      }
      const resumed = applyFrame(store, server.changes(store.revision));
      assert.equal(resumed.hole, false);
      assert.deepEqual(resumed.store.sections, server.snapshot().sections);
      assert.equal(resumed.store.revision, server.revision);
    }),
    { numRuns: 500 },
  );
});

test("a section never goes back to an older value", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ revision: fc.nat(20), own: fc.boolean() })), (arrivals) => {
      let store = emptyStore({ epoch: "e", revision: 0, sections: { n: 0 } });
      for (const { revision, own } of arrivals) {
        const frame = { t: "changes", epoch: "e", since: 0, revision, sections: { n: revision } };
        const before = store.sections.n;
        store = (own ? applyAnswer(store, frame) : applyFrame(store, frame)).store;
        assert.ok(store.sections.n >= before);
      }
    }),
  );
});

test("changed names are exactly those whose value differs, and the old store is left alone", () => {
  fc.assert(
    fc.property(change, change, fc.boolean(), (first, second, whole) => {
      const store = emptyStore({ epoch: "e", revision: 3, sections: first });
      const before = structuredClone(store);
      const frame = whole
        ? { t: "snapshot", epoch: "e", revision: 4, sections: second }
        : { t: "changes", epoch: "e", since: 3, revision: 4, sections: second };
      const { store: after, changed } = applyFrame(store, frame);
      assert.deepEqual(store, before);
      for (const name of names) {
        const differs = JSON.stringify(sorted(store.sections[name])) !== JSON.stringify(sorted(after.sections[name]));
        assert.equal(changed.includes(name), differs, name);
      }
    }),
  );
});

test("a snapshot takes away what it does not name, whatever its revision", () => {
  const store = emptyStore({ epoch: "e", revision: 9, sections: { agenda: 1, secret: 2 } });
  for (const revision of [3, 9, 12]) {
    const { store: after, changed } = applyFrame(store, { t: "snapshot", epoch: "e", revision, sections: { agenda: 1 } });
    assert.deepEqual(after.sections, { agenda: 1 });
    assert.deepEqual(changed, ["secret"]);
    assert.equal(after.revision, revision);
  }
});

test("changes that build on what is missing, or on another epoch, are a hole", () => {
  const store = emptyStore({ epoch: "e", revision: 5, sections: { agenda: 1 } });
  for (const frame of [
    { t: "changes", epoch: "e", since: 6, revision: 7, sections: { agenda: 2 } },
    { t: "changes", epoch: "f", since: 5, revision: 6, sections: { agenda: 2 } },
  ]) {
    const applied = applyFrame(store, frame);
    assert.equal(applied.hole, true);
    assert.equal(applied.store, store);
  }
  assert.equal(applyFrame(emptyStore(), { t: "changes", epoch: "e", since: 0, revision: 1, sections: {} }).hole, true);
});

test("an own answer is shown without claiming the revisions before it", () => {
  const server = new Server();
  const store = emptyStore(server.snapshot());
  server.change({ messages: ["theirs"] });
  server.change({ notes: "mine" });
  const shown = applyAnswer(store, server.answer(2, 2));
  assert.equal(shown.store.sections.notes, "mine");
  assert.equal(shown.store.revision, 0);
  const pushed = applyFrame(shown.store, server.changes(0));
  assert.deepEqual(pushed.changed, ["messages"]);
  assert.deepEqual(pushed.store.sections, server.snapshot().sections);
});

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}
