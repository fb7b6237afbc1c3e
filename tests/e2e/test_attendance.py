"""Attendance: a tablet becomes a seat by card and PIN, people arrive by tap and by hand, a quorum is lost."""

import re

from playwright.sync_api import Browser, expect

from meetings import actions
from meetings.models import Attendance, Meeting, Seat
from tests.e2e.browser import Open, assert_accessible
from tests.e2e.room_parts import enter, press

PIN = "402718"


def test_card_and_pin_make_a_tablet_a_seat_and_a_lost_quorum_is_seen(tablet: Open, meeting: Meeting) -> None:
    from meetings import rules

    seats = {
        seat.person.username: seat for seat in Seat.objects.filter(meeting=meeting).select_related("person")
    }
    actions.make_cards(seats["thuky"])
    actions.choose_pin(seats["daibieu02"].person, pin=PIN)
    seats["daibieu02"].refresh_from_db()
    chair = enter(tablet("chutich"), meeting)
    secretary = enter(tablet("thuky"), meeting)
    press(chair, "^Bắt đầu họp")
    expect(chair.locator("[data-alarm=quorum]").first).to_be_visible()

    browser: Browser | None = chair.context.browser
    assert browser is not None
    context = browser.new_context(base_url=re.sub(r"/hop/.*", "", chair.url), has_touch=True)
    table = context.new_page()
    table.goto(f"/hop/the/{rules.card_token(seats['daibieu02'].card.number)}/")
    assert_accessible(table)
    table.get_by_label("Mã PIN").fill("111222")
    table.get_by_role("button", name="Vào phòng họp").click()
    expect(table.get_by_role("alert")).to_contain_text("Thẻ hoặc mã PIN không đúng")
    table.get_by_label("Mã PIN").fill(PIN)
    table.get_by_role("button", name="Vào phòng họp").click()
    expect(table.locator(".topbar__who")).to_contain_text("Đại biểu 02")
    table.goto("/hop-thu/")
    expect(table).to_have_url(re.compile("/phong/$"))

    one = enter(tablet("daibieu01"), meeting)
    one.get_by_role("button", name="Tôi có mặt").click()
    expect(one.locator(".arrival")).to_have_count(0)
    rows = secretary.locator("[data-draw=attendance]")
    for name in ("daibieu01", "daibieu02"):
        expect(rows.locator(f"[data-seat='{seats[name].pk}']")).to_have_attribute("data-standing", "here")
    chair.get_by_role("button", name="Tôi có mặt").click()
    expect(chair.locator("[data-alarm=quorum]")).to_have_count(0)
    assert_accessible(secretary)

    secretary.get_by_role("tab", name=re.compile("^Điểm danh")).click()
    row = rows.locator(f"[data-seat='{seats['daibieu02'].pk}']")
    row.get_by_role("button", name=re.compile("^Ghi .* rời phòng họp")).click()
    expect(row).to_have_attribute("data-standing", "left")
    press_again = rows.locator(f"[data-seat='{seats['daibieu01'].pk}']")
    press_again.get_by_role("button", name=re.compile("^Ghi .* rời phòng họp")).click()
    for page in (chair, secretary):
        expect(page.locator("[data-alarm=quorum]").first).to_be_visible()
    assert_accessible(chair)
    stays = Attendance.objects.filter(meeting=meeting).order_by("pk")
    assert [stay.arrival_noted for stay in stays] == ["card", "tap", "tap"]
    assert [stay.leaving_noted for stay in stays] == ["clerk", "clerk", ""]
    context.close()
