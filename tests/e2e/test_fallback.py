"""What remains of the room where sockets are refused, scripts do not run or the clock is wrong."""

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from meetings.models import Meeting, Message
from tests.e2e.browser import PHONE, PORTRAIT, Open, Watch, assert_accessible
from tests.e2e.room_parts import assert_same_state, convened, item_named

QUARTER = 15 * 60 * 1000


@pytest.fixture
def meeting(rows: None) -> Meeting:
    """A published meeting nobody else uses."""
    return convened()


def enter(page: Page, meeting: Meeting) -> Page:
    page.goto(f"/hop/{meeting.ref}/phong/")
    expect(page.locator("html")).to_have_attribute("data-room-digest", re.compile(r"\w{8}"))
    return page


def press(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=re.compile(name)).first
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()


class Gate:
    """A proxy that lets no socket through until it is opened."""

    def __init__(self, page: Page) -> None:
        self.is_open = False
        self.sockets: list[WebSocketRoute] = []
        self.polls = 0
        page.route_web_socket("**/live/**", self._asked)
        page.on("request", self._seen)

    def _asked(self, socket: WebSocketRoute) -> None:
        if self.is_open:
            self.sockets.append(socket.connect_to_server())
        else:
            socket.close(code=1011, reason="refused")

    def _seen(self, request: Any) -> None:
        self.polls += "/events?" in request.url


def test_room_works_through_the_long_poll_and_returns_to_a_socket(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect("WebSocket connection to .* failed")
    chair = enter(tablet("chutich"), meeting)
    page = tablet("daibieu01", server=1)
    gate = Gate(page)
    enter(page, meeting)
    press(chair, "^Bắt đầu họp")
    expect(page.locator("html")).to_have_attribute("data-room-state", "live", timeout=15_000)
    assert gate.polls > 0
    assert gate.sockets == []
    press(chair, "^Sang mục 1: Khai mạc")
    expect(page.locator(".now__title")).to_have_text("Khai mạc, thông qua chương trình")
    page.get_by_role("button", name=re.compile("^Tin nhắn")).click()
    page.fill("#message-text", "Gửi khi không có kết nối trực tiếp.")
    press(page, "^Gửi")
    expect(chair.locator("[data-draw=messages]")).to_contain_text("Gửi khi không có")
    page.keyboard.press("Escape")
    expect(page.locator(".room__banner")).to_have_count(0)
    assert_same_state(page, enter(tablet("daibieu01"), meeting))

    gate.is_open = True
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)
    polls = gate.polls
    press(chair, "^Sang mục 2.1")
    expect(page.locator(".now__title")).to_contain_text("Dự toán thu, chi ngân sách")
    assert len(gate.sockets) == 1
    assert gate.polls == polls
    assert Message.objects.filter(meeting=meeting).count() == 1


@pytest.mark.parametrize("size", [PHONE, PORTRAIT], ids=["phone", "tablet"])
def test_room_can_be_read_without_scripts(tablet: Open, meeting: Meeting, size: Any) -> None:
    chair = enter(tablet("chutich"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 2.1|^Sang mục 1")
    press(chair, "^Trình chiếu trang 1")
    expect(chair.locator(".show__state")).to_contain_text("Đang trình chiếu")
    page = tablet("daibieu01", java_script_enabled=False, viewport=size)
    page.goto(f"/hop/{meeting.ref}/phong/")
    expect(page.locator(".plain__now h2")).to_have_text("Khai mạc, thông qua chương trình")
    expect(page.locator(".agenda__title").first).to_be_visible()
    image = page.locator(".plain__page")
    assert page.request.get(image.get_attribute("src") or "").headers["content-type"] == "image/webp"
    link = page.get_by_role("link", name="Tờ trình dự toán ngân sách", exact=True)
    assert page.request.get(link.get_attribute("href") or "").ok
    page.locator(".plain__paper summary").nth(1).click()
    one = page.get_by_role("link", name="Trang 2 của Tờ trình dự toán ngân sách")
    assert page.request.get(one.get_attribute("href") or "").headers["content-type"] == "image/webp"
    press(chair, "^Sang mục 2.1")
    expect(chair.locator(".stage")).to_contain_text("2.1")
    page.get_by_role("link", name="Tải lại").click()
    expect(page.locator(".plain__now h2")).to_have_text("Trình bày tờ trình")
    expect(page.locator("header.topbar")).to_be_hidden()


def test_chair_conducts_without_scripts(tablet: Open, meeting: Meeting) -> None:
    page = tablet("chutich", java_script_enabled=False)
    page.goto(f"/hop/{meeting.ref}/phong/")
    page.get_by_role("button", name="Bắt đầu họp").click()
    expect(page.locator(".plain__lead")).to_contain_text("Đang họp")
    late = page.context.new_page()
    late.goto(f"/hop/{meeting.ref}/phong/")
    first = item_named(meeting, "Khai mạc")
    page.get_by_role("button", name=re.compile("Khai mạc, thông qua")).click()
    expect(page.locator(".plain__now h2")).to_have_text(first.title)
    late.get_by_role("button", name=re.compile("Kết luận phiên họp")).click()
    expect(late.get_by_role("alert")).to_contain_text("vừa được người khác chuyển")
    expect(late.locator(".plain__now h2")).to_have_text(first.title)
    assert Meeting.objects.get(pk=meeting.pk).state == "live"


def test_room_stays_plain_when_its_scripts_do_not_arrive(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect("ERR_FAILED")
    page = tablet("daibieu01")
    page.route("**/meetings/js/follow.js", lambda route: route.abort())
    page.goto(f"/hop/{meeting.ref}/phong/")
    expect(page.locator(".plain")).to_be_visible()
    expect(page.locator("header.topbar")).to_be_hidden()
    expect(page.get_by_role("link", name="Tờ trình dự toán ngân sách", exact=True)).to_be_visible()
    assert_accessible(page)
    page.unroute("**/meetings/js/follow.js")
    page.get_by_role("link", name="Tải lại").click()
    expect(page.locator("header.topbar")).to_be_visible()
    expect(page.locator(".plain")).to_be_hidden()


@pytest.mark.parametrize("skew", [QUARTER, -QUARTER], ids=["fast", "slow"])
def test_clock_is_right_from_the_first_picture_whatever_the_device_says(
    tablet: Open, meeting: Meeting, watch: Watch, skew: int
) -> None:
    watch.expect("WebSocket connection to .* failed|ERR_FAILED")
    page = tablet("daibieu01")
    page.add_init_script(f"const real = Date.now; Date.now = () => real() + {skew};")
    page.route_web_socket("**/live/**", lambda socket: socket.close(code=1011))
    page.route("**/events?*", lambda route: route.abort())
    with page.expect_response(f"**/hop/{meeting.ref}/phong/") as answer:
        enter(page, meeting)
    brought = re.search(r'id="room-snapshot"[^>]*>(.*?)</script>', answer.value.text(), re.DOTALL)
    assert brought
    before = time.time() * 1000
    shown = page.evaluate(
        """async (now) => {
          const room = document.querySelector('script[src$="/meetings/js/room.js"]').src;
          const { ServerClock, pageCameAt } = await import(new URL('../../live/js/clock.js', room).href);
          return new ServerClock(undefined, { now, at: pageCameAt() }).now();
        }""",
        json.loads(brought[1])["now"],
    )
    after = time.time() * 1000
    assert before - 250 <= shown <= after + 250
    told = page.locator(".topbar__clock").inner_text()
    moments = (before - 6000, before, after)
    minutes = {time.strftime("%H:%M", time.gmtime(moment / 1000 + 7 * 3600)) for moment in moments}
    assert any(minute in told for minute in minutes), (told, minutes)
