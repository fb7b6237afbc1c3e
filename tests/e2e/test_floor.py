"""The floor: asked for on one tablet, given on another, and the same clock on every screen."""

import re

from playwright.sync_api import Page, expect

from meetings.models import Meeting, Speech
from tests.e2e.browser import PHONE, Open, assert_accessible
from tests.e2e.room_parts import enter, press

HALL = {"width": 1920, "height": 1080}
WRONG_CLOCK = "const real = Date.now.bind(Date); Date.now = () => real() - 15 * 60_000;"


def ask(page: Page, kind: str) -> None:
    """Through the sheet behind the button of the thumb."""
    page.get_by_role("button", name=re.compile("^Xin phát biểu")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile(f"^{kind}")).click()
    expect(page.locator(".thumbbar")).to_contain_text("Đã đăng ký")


def seconds_left(page: Page) -> int:
    """What the first ring of the screen shows."""
    shown = page.locator("[data-countdown]").first.get_attribute("data-countdown") or ""
    minutes, seconds = shown.split(":")
    return int(minutes) * 60 + int(seconds)


def test_floor_goes_from_hand_to_hand_and_every_screen_shows_the_same_clock(
    tablet: Open, meeting: Meeting
) -> None:
    chair = enter(tablet("chutich"), meeting)
    hall = enter(tablet("manhinh", viewport=HALL, has_touch=False), meeting)
    one = enter(tablet("daibieu01", server=1), meeting)
    late = tablet("daibieu02", viewport=PHONE)
    late.context.add_init_script(WRONG_CLOCK)
    enter(late, meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    ask(one, "Phát biểu")
    ask(late, "Góp ý điều hành")
    expect(late.locator(".thumbbar")).to_contain_text("1 người trước bạn")
    expect(chair.locator(".queue__row")).to_have_count(2)
    chair.locator(".dock").get_by_role("button", name=re.compile("^Mời Chức vụ daibieu01")).click()
    expect(one.locator(".floor")).to_contain_text("Mời đại biểu phát biểu")
    expect(hall.locator(".hall__speaker")).to_contain_text("Chức vụ daibieu01")
    expect(hall.locator(".hall__speaker")).not_to_contain_text("Đại biểu 01")
    late.get_by_role("button", name="Chương trình", exact=True).click()
    expect(late.locator(".speaking [data-countdown]")).to_be_visible()
    shown = [seconds_left(page) for page in (chair, hall, one, late)]
    assert 280 <= min(shown) <= max(shown) <= 300
    assert max(shown) - min(shown) <= 2, shown
    for page in (chair, hall, one, late):
        assert_accessible(page)
    chair.locator(".turn").get_by_role("button", name="1 phút").click()
    expect(one.locator(".floor")).to_contain_text("6 phút")
    one.get_by_role("button", name="Kết thúc phát biểu").click()
    expect(one.locator(".floor")).to_have_count(0)
    expect(chair.locator(".turn")).to_have_count(0)
    late.locator("[data-drawer-close]").click()
    late.get_by_role("button", name=re.compile("^Đã đăng ký")).click()
    assert_accessible(late)
    late.get_by_role("dialog").get_by_role("button", name="Rút").click()
    expect(chair.locator(".queue__row")).to_have_count(0)
    states = Speech.objects.filter(meeting=meeting).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["done", "withdrawn"]


def test_secretary_puts_a_raised_hand_on_the_list(tablet: Open, meeting: Meeting) -> None:
    chair = enter(tablet("chutich"), meeting)
    secretary = enter(tablet("thuky"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    secretary.locator("#panel-floor").get_by_role("button", name="Thêm").click()
    row = secretary.get_by_role("dialog").locator(".list__row", has_text="Đại biểu 03")
    expect(row).to_contain_text("chưa phát biểu")
    row.get_by_role("button").click()
    expect(row).to_contain_text("Đã đăng ký")
    assert_accessible(secretary)
    expect(chair.locator(".queue__row")).to_contain_text("Chức vụ daibieu03")
