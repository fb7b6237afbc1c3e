import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived, decided, failed, opened, saved, saving, typed } from "../../../static/meetings/js/note.js";

const first = { text: "a", version: 1, at: 1 };
const second = { text: "theirs", version: 2, at: 2 };

test("an untouched note takes what the server brings", () => {
  assert.equal(arrived(opened(first), second).text, "theirs");
});

test("an edited note is never replaced: both texts are kept", () => {
  const note = arrived(typed(opened(first), "mine"), second);
  assert.equal(note.state, "conflict");
  assert.equal(note.text, "mine");
  assert.deepEqual(note.theirs, second);
});

test("the own save coming back through the room is no conflict", () => {
  const note = saving(typed(opened(first), "mine"));
  const back = arrived(note, { text: "mine", version: 2, at: 2 });
  assert.equal(back.state, "same");
  assert.equal(back.base.version, 2);
});

test("what is typed while saving is still to be saved", () => {
  const note = typed(saving(typed(opened(first), "mine")), "mine and more");
  const after = saved(note, { text: "mine", version: 2, at: 2 });
  assert.equal(after.state, "edited");
  assert.equal(after.text, "mine and more");
  assert.equal(after.base.version, 2);
});

test("a refused save shows the other text", () => {
  assert.equal(failed(saving(typed(opened(first), "mine")), second).state, "conflict");
  assert.equal(failed(saving(typed(opened(first), "mine")), null).state, "edited");
});

test("the writer decides a conflict and nothing is lost", () => {
  const note = arrived(typed(opened(first), "mine"), second);
  assert.equal(decided(note, "theirs").text, "theirs");
  assert.equal(decided(note, "mine").text, "mine");
  assert.equal(decided(note, "mine").base.version, 2);
  assert.equal(decided(note, "both").text, "theirs\n\nmine");
  assert.equal(decided(note, "both").state, "edited");
});

test("an older note arriving late changes nothing", () => {
  const note = saved(opened(first), second);
  assert.equal(arrived(note, first), note);
});
