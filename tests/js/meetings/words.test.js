import assert from "node:assert/strict";
import { test } from "node:test";
import "./words_in_english.js";
import { canonical, digest } from "../../../static/meetings/js/digest.js";
import { draft } from "../../../static/meetings/js/drafts.js";
import { clock, day } from "../../../static/meetings/js/time.js";
import { duration, fill, initials, timeLeft } from "../../../static/meetings/js/words.js";

test("values are put in and unknown names are left", () => {
  assert.equal(fill("%(a)s of %(b)s", { a: 1 }), "1 of %(b)s");
  assert.equal(fill("%(a)s", { a: "%(a)s" }), "%(a)s");
});

test("durations are said in hours from an hour on", () => {
  assert.equal(duration(18), "18 minutes");
  assert.equal(duration(60), "1 hour");
  assert.equal(duration(125), "2 hours 5 minutes");
  assert.equal(timeLeft({ left: -5 }), "5 minutes over");
});

test("the clock is the meeting's, whatever the tablet's zone", () => {
  const moment = Date.UTC(2026, 10, 23, 17, 4);
  assert.equal(clock(moment, "Asia/Ho_Chi_Minh"), "00:04");
  assert.equal(day(moment, "Asia/Ho_Chi_Minh"), "24/11/2026");
  assert.equal(clock(null, "Asia/Ho_Chi_Minh"), "");
});

test("the round sign takes what tells a post from others", () => {
  assert.equal(initials("Trưởng phòng Văn hóa - Xã hội"), "VX");
  assert.equal(initials("Trưởng phòng Kinh tế, Phòng Kinh tế"), "KT");
  assert.equal(initials("Trưởng Công an xã, Công an xã"), "CA");
  assert.equal(initials("Chủ tịch Ủy ban nhân dân xã, UBND xã"), "CT");
  assert.equal(initials("Phó Chủ tịch Ủy ban nhân dân xã"), "PCT");
  assert.equal(initials("Chánh Văn phòng HĐND và UBND"), "VP");
  assert.equal(initials("Đại biểu 05"), "ĐB");
  assert.equal(initials(""), "");
});

test("equal states have equal digests whatever the order of names", () => {
  assert.equal(canonical({ b: 1, a: [{ d: null, c: "x" }] }), '{"a":[{"c":"x","d":null}],"b":1}');
  assert.equal(digest({ b: 1, a: 2 }), digest({ a: 2, b: 1 }));
  assert.notEqual(digest({ a: 1 }), digest({ a: 2 }));
});

test("a draft outlives storage that refuses it", () => {
  const broken = /** @type {any} */ ({ getItem() { throw new Error(); }, setItem() { throw new Error(); }, removeItem() { throw new Error(); } });
  const kept = draft(broken, "k");
  kept.keep("half a", "id");
  assert.deepEqual(kept.read(), { text: "half a", command: "id" });
  kept.forget();
  assert.equal(kept.read(), null);
});
