"""Several sites: a clerk notes the own people, those who lead see each site; a tablet is seen and helped."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings import actions
from meetings.models import Meeting, Seat
from tests.e2e.browser import PHONE, Open, assert_accessible
from tests.e2e.room_parts import Line, enter, panel, press

FAR = "Điểm cầu thôn Đông"


@pytest.fixture
def seats(meeting: Meeting) -> dict[str, Seat]:
    rows = Seat.objects.filter(meeting=meeting).select_related("person")
    return {seat.person.username: seat for seat in rows}


def test_a_clerk_of_a_site_and_a_tablet_that_is_helped(
    tablet: Open, meeting: Meeting, seats: dict[str, Seat]
) -> None:
    secretary = tablet("thuky")
    lay_out(secretary, meeting, seats)
    for name in ("daibieu02", "daibieu03"):
        actions.place_seat(seats["thuky"], target=seats[name].pk, site=site_of(seats["daibieu01"]))
    page, chair = tablet("daibieu01", viewport=PHONE), enter(tablet("chutich"), meeting)
    line = Line(page)
    clerk, screen = enter(page, meeting), enter(tablet("manhinh"), meeting)
    enter(secretary, meeting)
    press(chair, "^Bắt đầu họp")

    clerk.locator("[data-open=more]").click()
    clerk.get_by_role("button", name=re.compile(f"Điểm danh: {FAR}")).click()
    sheet = clerk.get_by_role("dialog", name="Điểm danh điểm cầu")
    expect(sheet.locator("[data-seat]")).to_have_count(3)
    sheet.get_by_role("button", name=re.compile("^Ghi .*02 có mặt")).click()
    expect(sheet.locator(f"[data-seat='{seats['daibieu02'].pk}']")).to_have_attribute("data-standing", "here")
    assert_accessible(clerk)
    for console in (chair, secretary):
        panel(console, "^Điểm danh")
        row = console.locator("[data-site]:visible", has_text=FAR)
        expect(row).to_contain_text("1/3")
        expect(row).to_have_attribute("data-lines", "1")
    expect(screen.locator(".hall__foot")).to_contain_text("1/2 điểm cầu")
    chair.locator("[data-site]:visible", has_text=FAR).click()
    expect(chair.locator("#panel-people .person")).to_have_count(3)
    assert_accessible(chair)
    clerk.keyboard.press("Escape")

    secretary.get_by_role("button", name=re.compile("^Máy tính bảng:")).click()
    own = secretary.locator(f"[data-tablet='{seats['daibieu01'].pk}']")
    expect(own).to_have_attribute("data-health", "well")
    expect(own).to_contain_text("đã cập nhật")
    assert_accessible(secretary)
    line.cut()
    expect(own).to_have_attribute("data-health", "off", timeout=15_000)
    expect(own).to_contain_text("mất kết nối từ")
    expect(chair.locator("[data-site].is-cut-off")).to_contain_text("chưa có máy kết nối")
    line.mend()
    expect(own).to_have_attribute("data-health", "well", timeout=20_000)
    clerk.evaluate("document.documentElement.dataset.old = 1")
    own.click()
    press(secretary, "^Tải lại màn hình này")
    expect(clerk.locator("html:not([data-old])")).to_have_attribute("data-room-digest", re.compile(r"\w{8}"))
    secretary.get_by_role("button", name="Nhắn riêng").click()
    expect(secretary.locator("[data-private-answer]")).to_contain_text("Đại biểu 01")


def lay_out(page: Page, meeting: Meeting, seats: dict[str, Seat]) -> None:
    """In preparation: two sites, and a clerk of the second."""
    page.goto(f"/hop/{meeting.ref}/chuan-bi/")
    page.locator("summary", has_text="Nhiều điểm cầu").click()
    for name in ("Hội trường", FAR):
        page.get_by_label("Tên điểm cầu").last.fill(name)
        page.get_by_role("button", name="Thêm điểm cầu").click()
        expect(page.locator(".sites__name", has_text=name)).to_be_visible()
    line = page.locator(f"#seat-{seats['daibieu01'].pk}")
    line.locator("summary").click()
    line.get_by_label("Điểm cầu", exact=True).select_option(FAR)
    line.get_by_label(re.compile("^Cán bộ điểm cầu")).check()
    line.get_by_role("button", name="Lưu điểm cầu").click()
    expect(page.locator(f"#seat-{seats['daibieu01'].pk}")).to_contain_text("cán bộ điểm cầu")
    assert_accessible(page)
    seats["daibieu01"].refresh_from_db()


def site_of(seat: Seat) -> int:
    assert seat.site_id is not None
    return seat.site_id
