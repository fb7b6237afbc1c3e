"""Drawing on papers with a pen: nothing is lost with the browser, and what is shared is seen at once."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from meetings import actions, queries
from meetings.models import Mark, Meeting, Role
from tests.e2e.browser import PHONE, PORTRAIT, TABLET, Open, Watch, assert_accessible, sign_in
from tests.e2e.conftest import Site
from tests.e2e.room_parts import enter, item_named
from tools.parts import find_chromium

STROKES = 500
BY_HAND = 12
"""Of them through the browser's own input; the others as the events such input makes, which is quicker."""
DRAW = """([left, top, from, until]) => {
    const page = document.querySelector('.pagemarks');
    page.setPointerCapture = () => undefined;
    for (let number = from; number < until; number += 1) {
        const [x, y] = [left + 12 + (number % 20) * 30, top + 12 + Math.floor(number / 20) * 20];
        const pen = {pointerId: 7, pointerType: 'pen', pressure: 0.5, buttons: 1};
        const facts = {...pen, bubbles: true, cancelable: true};
        for (const [kind, part] of [['down', 0], ['move', 0.5], ['move', 1], ['up', 1]]) {
            const at = {clientX: x + 20 * part, clientY: y + 6 * part};
            page.dispatchEvent(new PointerEvent('pointer' + kind, {...facts, ...at}));
        }
    }
}"""
Start = Callable[[], BrowserContext]


@pytest.fixture
def live(meeting: Meeting) -> Meeting:
    """In session, at the item with the papers."""
    chair = queries.seat_for(meeting.seats.get(role=Role.CHAIR).person, meeting.ref)
    actions.open_meeting(chair)
    actions.go_to_item(chair, item=item_named(meeting, "Dự toán").pk, expected_item=None)
    return meeting


@pytest.fixture
def own_browser(browser: Browser, site: Site, watch: Watch, tmp_path: Path) -> Iterator[Start]:
    """Starts a browser with a profile of its own, the same one every time."""
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            viewport=PORTRAIT,
            has_touch=True,
            locale="vi-VN",
            base_url=site.addresses[0],
        )
        context.set_default_timeout(20_000)
        watch.follow(context)
        started.append(context)
        return context

    yield start
    kill(tmp_path / "profile")


def kill(profile: Path) -> None:
    """End every process of the browser with this profile at once, as a flat battery does."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words:
            os.kill(int(folder.name), signal.SIGKILL)


def signed_in(context: BrowserContext, name: str) -> Page:
    from intranet.config.demo.loaders.organization import PASSWORD

    page = context.pages[0] if context.pages else context.new_page()
    page.goto("/hop/")
    if "/accounts/login/" in page.url:
        sign_in(page, name, PASSWORD)
    return page


def pen(page: Page) -> CDPSession:
    """Choose the pen; what draws with it."""
    expect(page.locator(".viewer__text").first).to_contain_text("Trang")
    page.get_by_role("button", name="Đánh dấu").click()
    page.get_by_role("button", name="Bút", exact=True).click()
    return page.context.new_cdp_session(page)


def stroke(device: CDPSession, x: float, y: float, *, long: float = 30, kind: str = "pen") -> None:
    """From (x, y) to the right, pressed harder and harder."""
    facts: dict[str, Any] = {"button": "left", "pointerType": kind, "clickCount": 1}
    device.send("Input.dispatchMouseEvent", {"type": "mousePressed", "x": x, "y": y, "force": 0.2} | facts)
    for part in (0.5, 1.0):
        move = {"type": "mouseMoved", "x": x + long * part, "y": y + 6 * part, "force": 0.2 + part / 2}
        device.send("Input.dispatchMouseEvent", move | facts | {"buttons": 1})
    end = {"type": "mouseReleased", "x": x + long, "y": y + 6}
    device.send("Input.dispatchMouseEvent", end | facts)


def unsent(page: Page) -> Any:
    return page.locator("[data-marks-unsent]")


def test_five_hundred_strokes_survive_a_killed_browser(
    live: Meeting, own_browser: Start, watch: Watch, tmp_path: Path
) -> None:
    watch.expect(r"WebSocket connection to .* failed|Failed to load resource")
    context = own_browser()
    page = enter(signed_in(context, "daibieu01"), live)
    device = pen(page)
    box = page.locator(".pagemarks").first.bounding_box()
    assert box
    context.set_offline(True)
    for number in range(BY_HAND):
        stroke(device, box["x"] + 12 + number * 30, box["y"] + 12, long=20)
    page.evaluate(DRAW, [box["x"], box["y"], BY_HAND, STROKES])
    expect(page.locator(".drawn--ink[data-mark]")).to_have_count(STROKES)
    expect(unsent(page)).to_have_attribute("data-marks-unsent", str(STROKES))
    assert Mark.objects.filter(meeting=live).count() == 0
    expect(unsent(page)).to_have_attribute("data-marks-laid", "true")
    kill(tmp_path / "profile")

    again = own_browser()
    page = enter(signed_in(again, "daibieu01"), live)
    expect(page.locator(".drawn--ink[data-mark]")).to_have_count(STROKES)
    until = time.monotonic() + 20
    while Mark.objects.filter(meeting=live).count() < STROKES and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert Mark.objects.filter(meeting=live, kind="ink", erased_at=None).count() == STROKES
    assert len({tuple(mark.shape["points"][:2]) for mark in Mark.objects.filter(meeting=live)}) == STROKES
    page.get_by_role("button", name="Đánh dấu").click()
    expect(unsent(page)).to_have_text("Đã lưu")
    page.reload()
    expect(page.locator(".drawn--ink[data-mark]")).to_have_count(STROKES)


def test_two_share_what_they_draw_and_a_third_sees_nothing(tablet: Open, live: Meeting) -> None:
    one = enter(tablet("daibieu01", viewport=PORTRAIT), live)
    two = enter(tablet("daibieu02", server=1, viewport=TABLET), live)
    third = enter(tablet("quansat01", viewport=PHONE), live)
    device = pen(one)
    box = one.locator(".pagemarks").first.bounding_box()
    assert box
    stroke(device, box["x"] + 60, box["y"] + 200)
    expect(one.locator(".drawn--ink[data-mark]")).to_have_count(1)
    expect(unsent(one)).to_have_text("Đã lưu")

    # Private until it says otherwise; then the next stroke is seen at once.
    one.get_by_role("button", name="Chỉ tôi").click()
    one.get_by_label("Ai thấy đánh dấu mới của tôi").select_option("item")
    assert_accessible(one)
    one.locator("#marks").get_by_role("button", name="Đóng").click()
    stroke(device, box["x"] + 60, box["y"] + 260)
    expect(two.locator(".drawn--shared")).to_have_count(1)
    one.get_by_role("button", name="Tô", exact=True).click()
    text = one.locator(".viewer__text > span").first.bounding_box()
    assert text
    stroke(device, text["x"] + 3, text["y"] + text["height"] / 2 - 2, long=text["width"] - 6)
    expect(two.locator(".drawn--shared.drawn--highlight")).to_have_count(1)

    # A finger turns the page while the pen draws; undone is undone for both.
    one.get_by_role("button", name="Hoàn tác").click()
    expect(two.locator(".drawn--shared.drawn--highlight")).to_have_count(0)
    expect(third.locator("[data-mark]")).to_have_count(0)

    # By the keyboard alone: a note, found again under "My notes".
    one.get_by_role("button", name="Ghi chú", exact=True).focus()
    one.keyboard.press("Enter")
    one.locator("[data-mark-text]").fill("Hỏi lại dự toán thu tiền sử dụng đất")
    one.get_by_role("button", name="Lưu ghi chú").click()
    expect(one.locator(".pagemarks__note")).to_have_count(1)
    expect(unsent(one)).to_have_text("Đã lưu")
    for page in (one, two, third):
        assert_accessible(page)
    one.goto("/hop/ghi-chu/?tim=du+toan")
    expect(one.get_by_role("link", name=re.compile("Hỏi lại dự toán"))).to_have_count(1)
    assert_accessible(one)
    one.get_by_role("link", name=re.compile("Hỏi lại dự toán")).click()
    expect(one.locator(".pagemarks__note")).to_have_count(1)
