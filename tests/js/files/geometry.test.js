import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { snapped, WIDTHS } from "../../../static/files/js/page_source.js";
import { placed } from "../../../static/files/js/text_layer.js";
import {
  boundedPage, boundedZoom, fittingScale, keptUnder, MAX_ZOOM, wanted, WIDEST,
} from "../../../static/files/js/view_geometry.js";

const length = fc.double({ min: 20, max: 5000, noNaN: true });

test("a page fitted to the width never leaves the room sideways, fitted whole it leaves it nowhere", () => {
  fc.assert(fc.property(length, length, length, length, (w, h, width, height) => {
    const room = { width: Math.max(width, 50), height: Math.max(height, 50) };
    assert.ok(w * fittingScale([w, h], room, "width") <= room.width + 1e-6);
    assert.ok(Math.min(w, h) * fittingScale([w, h], room, "width") <= WIDEST + 1e-6);
    const whole = fittingScale([w, h], room, "page");
    assert.ok(w * whole <= room.width + 1e-6 && h * whole <= room.height + 1e-6);
  }));
});

test("what is under the fingers stays there when the page grows", () => {
  fc.assert(fc.property(length, length, fc.double({ min: 0.2, max: 5, noNaN: true }), (scroll, focus, ratio) => {
    const before = 16;
    const after = 24;
    const onPage = scroll + focus - before;
    const scrolled = keptUnder(scroll, focus, before, ratio, after);
    assert.ok(Math.abs(scrolled + focus - after - onPage * ratio) < 1e-6);
  }));
});

test("never more than three pages are worth holding, the one shown first, all of them real", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.constantFrom(1, -1), (page, count, way) => {
    const kept = wanted(Math.min(page, count), count, /** @type {1|-1} */ (way));
    assert.equal(kept[0], Math.min(page, count));
    assert.ok(kept.length <= 3 && new Set(kept).size === kept.length);
    assert.ok(kept.every((n) => n >= 1 && n <= count));
  }));
});

test("page numbers and zoom stay within bounds whatever is typed", () => {
  assert.deepEqual([0, 1, 7.4, 99, NaN, -3].map((n) => boundedPage(n, 10)), [1, 1, 7, 10, 1, 1]);
  assert.equal(boundedPage(5, 0), 1);
  assert.deepEqual([0.1, 1, 2.5, 99].map(boundedZoom), [1, 1, 2.5, MAX_ZOOM]);
});

test("the drawn width is the smallest nobody sees the difference of", () => {
  assert.equal(snapped(1640), 1654);
  assert.equal(snapped(1800), 1654);
  assert.equal(snapped(1240), 1240);
  assert.equal(snapped(1), WIDTHS[0]);
  assert.equal(snapped(9999), WIDTHS[WIDTHS.length - 1]);
});

test("a line stands at its corner and is stretched to its length, turned or not", () => {
  const width = () => 10;
  assert.deepEqual(placed([10, 20, 110, 30, "chữ", []], width), { left: 10, top: 20, size: 10, turn: 0, stretch: 1 });
  assert.deepEqual(placed([10, 20, 20, 220, "chữ", [], 1], width), { left: 20, top: 20, size: 10, turn: 1, stretch: 2 });
  assert.deepEqual(placed([10, 20, 20, 220, "chữ", [], 3], width), { left: 10, top: 220, size: 10, turn: 3, stretch: 2 });
  assert.equal(placed([0, 0, 10, 10, "", []], () => 0).stretch, 1);
});
