import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { snapped, WIDTHS } from "../../../static/files/js/page_source.js";
import { placed } from "../../../static/files/js/text_layer.js";
import {
  arranged, boundedPage, boundedZoom, fittingScale, inSight, MAX_PIXELS, MAX_ZOOM, partInSight, pointOf, together, turned, underPoint, wanted, WIDEST,
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

/** @type {fc.Arbitrary<[number, number]>} */
const size = fc.tuple(length, length);
const paper = fc.array(size, { minLength: 1, maxLength: 40 });
const room = fc.record({ width: fc.integer({ min: 60, max: 2000 }), height: fc.integer({ min: 60, max: 1500 }) });
const way = fc.record({
  layout: fc.constantFrom(...(/** @type {const} */ (["single", "two", "flow"]))), fit: fc.constantFrom(...(/** @type {const} */ (["width", "page"]))),
  turn: fc.integer({ min: 0, max: 3 }), page: fc.integer({ min: 1, max: 40 }),
});

test("what is under the fingers stays on the same spot of the same page when the paper grows", () => {
  fc.assert(fc.property(paper, room, way, fc.double({ min: 0, max: 1, noNaN: true }), (pages, space, how, where) => {
    const page = Math.min(how.page, pages.length);
    const before = arranged({ ...how, pages, page, room: space, zoom: 1 });
    const after = arranged({ ...how, pages, page, room: space, zoom: 2.5 });
    const under = underPoint(before.places, before.width * where, before.height * where);
    const now = pointOf(after.places, under);
    const again = underPoint(after.places, now.x, now.y);
    const inside = under.u >= 0 && under.u <= 1 && under.v >= 0 && under.v <= 1;
    if (inside) assert.ok(again.n === under.n && Math.abs(again.u - under.u) < 1e-6 && Math.abs(again.v - under.v) < 1e-6);
  }));
});

test("in a flow never more than three pages are in sight, whatever their shape and wherever one is", () => {
  fc.assert(fc.property(paper, room, fc.integer({ min: 0, max: 3 }), fc.double({ min: 1, max: 5, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (pages, space, turn, zoom, at) => {
    const { places, width, height } = arranged({ pages, page: 1, layout: "flow", fit: "width", zoom, turn, room: space });
    const seen = inSight(places, at * height, space.height);
    assert.ok(seen.length <= 3, `${seen.length}`);
    for (const place of places) assert.ok(place.left >= -1e-6 && place.left + place.width <= width + 1e-6);
    for (let i = 1; i < places.length; i += 1) assert.ok(places[i].top >= places[i - 1].top + places[i - 1].height);
    const brute = places.filter((place) => place.top + place.height > at * height && place.top < at * height + space.height).map((place) => place.n);
    assert.deepEqual([...seen].sort((a, b) => a - b), brute);
  }));
});

test("two pages side by side fit the room together, and are always the same pair", () => {
  fc.assert(fc.property(paper, room, fc.integer({ min: 1, max: 40 }), (pages, space, n) => {
    const page = Math.min(n, pages.length);
    const pair = together(page, pages.length, "two");
    assert.ok(pair.includes(page) && pair.length <= 2 && pair[0] % 2 === 1);
    for (const other of pair) assert.deepEqual(together(other, pages.length, "two"), pair);
    const { width } = arranged({ pages, page, layout: "two", fit: "width", zoom: 1, turn: 0, room: space });
    assert.ok(width <= Math.max(space.width, 50 + 12) + 1e-6);
  }));
});

test("the sharp cut holds all of a page that is in sight, and no more than an image may", () => {
  fc.assert(fc.property(size, fc.integer({ min: 0, max: 3 }), fc.double({ min: 1, max: 5, noNaN: true }), room, fc.double({ min: 0, max: 1, noNaN: true }), (points, turn, scale, space, at) => {
    const [wide, high] = turned(points, turn);
    const place = { n: 1, left: 0, top: 0, width: wide * scale, height: high * scale, scale };
    const sight = { left: at * place.width * 0.9, top: at * place.height * 0.9, width: space.width / 2, height: space.height / 2 };
    const part = partInSight(place, points, turn, sight, 1);
    assert.ok(part);
    assert.ok(part.x >= -1e-6 && part.y >= -1e-6 && part.x + part.width <= points[0] + 1e-6 && part.y + part.height <= points[1] + 1e-6);
    assert.ok(part.width * part.height * scale * scale <= MAX_PIXELS * 1.7);
    // The middle of what is seen, put back into the unturned page, lies in the part.
    const x = Math.min(sight.left + sight.width / 2, place.width - 1e-6) / scale;
    const y = Math.min(sight.top + sight.height / 2, place.height - 1e-6) / scale;
    const [px, py] = [[x, y], [y, points[1] - x], [points[0] - x, points[1] - y], [points[0] - y, x]][turn];
    assert.ok(px >= part.x - 1e-6 && px <= part.x + part.width + 1e-6 && py >= part.y - 1e-6 && py <= part.y + part.height + 1e-6);
  }));
});

test("never more than three pages are worth holding, those in sight first, all of them real", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.constantFrom(1, -1), fc.integer({ min: 1, max: 3 }), (page, count, way, many) => {
    const seen = [0, 1, 2].slice(0, many).map((more) => Math.min(page, count) + more).filter((n) => n <= count);
    const kept = wanted(seen, count, /** @type {1|-1} */ (way));
    assert.deepEqual(kept.slice(0, seen.length), seen);
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
