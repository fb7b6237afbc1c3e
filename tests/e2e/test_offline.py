"""Journeys of a meeting taken along: read without the server, taken back, left on a shared tablet."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from meetings import actions
from meetings.models import Mark, Meeting, Pack, Seat
from tests.e2e.browser import PHONE, PORTRAIT, TABLET, Open, Watch, assert_accessible
from tests.e2e.room_parts import enter
from tests.e2e.test_marks import pen, stroke

LEFT = """async () => {
    const rows = (name, table) => new Promise((done) => {
        const wish = indexedDB.open(name);
        wish.onupgradeneeded = () => wish.transaction.abort();
        wish.onerror = () => done(0);
        wish.onsuccess = () => {
            if (!wish.result.objectStoreNames.contains(table)) return done(0);
            const count = wish.result.transaction(table).objectStore(table).count();
            count.onsuccess = () => { wish.result.close(); done(count.result); };
        };
    });
    return {
        packs: await rows("dinh-packs", "packs"),
        keys: await rows("dinh-packs", "keys"),
        parts: await rows("dinh-packs", "parts"),
        caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        room: Object.keys(localStorage).concat(Object.keys(sessionStorage))
            .filter((name) => name.startsWith("dinh-room:")).length,
    };
}"""
"""What of a meeting lies in the browser."""
NOTHING = {"packs": 0, "keys": 0, "parts": 0, "caches": 0, "workers": 0, "room": 0}


def take_along(page: Page, meeting: Meeting) -> None:
    """From the sheet of papers, until everything is there and the service worker stands."""
    enter(page, meeting)
    page.locator("[data-open=papers]").first.click()
    page.locator("#papers [data-act=take_along]").click()
    expect(page.locator("#papers [data-taken=ready]")).to_contain_text("3/3", timeout=40_000)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.locator("#papers [data-close]").first.click()


def seat_of(meeting: Meeting, name: str) -> Seat:
    return Seat.objects.get(meeting=meeting, person__username=name)


def read(page: Page, title: str) -> None:
    """Choose a paper from the sheet; its page and its words are there."""
    page.locator("[data-open=papers]").last.click()
    page.locator("#papers .list__row", has_text=title).click()
    expect(page.locator(".reader__name strong")).to_have_text(title)
    expect(page.locator("[data-viewer]")).to_contain_text("Trang 1")
    expect(page.locator("[data-viewer] canvas").first).to_be_visible()


@pytest.mark.once
def test_a_meeting_taken_along_is_read_and_marked_without_the_server(tablet: Open, meeting: Meeting) -> None:
    page = tablet("daibieu01", service_workers="allow")
    take_along(page, meeting)
    pack = Pack.objects.get(seat=seat_of(meeting, "daibieu01"))
    assert (pack.ready, pack.total, pack.checked_at is not None) == (3, 3, True)

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-away", "pack")
    expect(page.locator("[data-away-since]")).to_contain_text("Mất kết nối từ")
    expect(page.locator("h1")).to_have_text(meeting.title)
    read(page, "Phụ lục nội bộ")
    read(page, "Tờ trình dự toán ngân sách")
    device = pen(page)
    box = page.locator(".pagemarks").first.bounding_box()
    assert box
    stroke(device, box["x"] + 60, box["y"] + 120)
    expect(page.locator(".drawn--ink[data-mark]")).to_have_count(1)
    for size in (PORTRAIT, TABLET, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_accessible(page)

    assert Mark.objects.filter(meeting=meeting).count() == 0

    page.context.set_offline(False)
    expect(page.locator("html")).to_have_attribute("data-room-digest", re.compile(r"\w{8}"), timeout=40_000)
    until = time.monotonic() + 20
    while not Mark.objects.filter(meeting=meeting).exists() and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert Mark.objects.filter(meeting=meeting, kind="ink").count() == 1
    assert page.evaluate(LEFT)["packs"] == 1


@pytest.mark.once
def test_a_seat_lost_while_away_is_wiped_on_return(tablet: Open, meeting: Meeting, watch: Watch) -> None:
    watch.expect("404")
    page = tablet("daibieu02", service_workers="allow")
    take_along(page, meeting)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-away", "pack")
    assert page.evaluate(LEFT)["parts"] > 3

    actions.unseat(seat_of(meeting, "thuky"), target=seat_of(meeting, "daibieu02").pk)
    page.context.set_offline(False)
    expect(page.locator("html:not([data-away])")).to_be_attached(timeout=40_000)
    left: dict[str, Any] = page.evaluate(LEFT)
    assert (left["packs"], left["keys"], left["parts"]) == (0, 0, 0)
    expect(page.locator("body")).not_to_contain_text(meeting.title)


@pytest.mark.once
def test_signing_out_leaves_nothing_on_a_shared_tablet(tablet: Open, meeting: Meeting) -> None:
    page = tablet("daibieu03", anew=True, service_workers="allow")
    take_along(page, meeting)
    page.goto("/ban-lam-viec/")
    page.locator("summary.rail__me:visible").click()
    page.locator("form[action*=logout] button:visible").click()
    page.wait_for_url("**/accounts/login/")
    assert page.evaluate(LEFT) == NOTHING
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(f"/hop/{meeting.ref}/phong/")
