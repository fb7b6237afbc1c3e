"""The meeting room: everybody follows the chair, a lost tablet catches up, nothing half-written is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting, Message, Note
from tests.e2e.browser import DESKTOP, PHONE, PORTRAIT, TABLET, Open, Watch, assert_accessible
from tests.e2e.room_parts import Line, assert_same_state, enter, item_named, panel, press, state_of

HALL = {"width": 1920, "height": 1080}
HALF = "Đề nghị làm rõ căn cứ dự toán thu tiền sử dụng đất, vì"


def now(page: Page) -> str:
    """What a delegate's agenda says is going on."""
    return page.locator(".agenda__item--now").inner_text()


def test_room_follows_the_chair_and_a_lost_tablet_catches_up(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect("WebSocket connection to .* failed")
    chair = enter(tablet("chutich"), meeting)
    one = enter(tablet("daibieu01", server=1), meeting)
    lost = tablet("daibieu02")
    line = Line(lost)
    enter(lost, meeting)
    hall = enter(tablet("manhinh", server=1, viewport=HALL, has_touch=False), meeting)
    expect(hall.locator(".hall__blank h1")).to_have_text(meeting.title)

    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1: Khai mạc")
    for page in (one, lost):
        expect(page.locator(".now__title")).to_have_text("Khai mạc, thông qua chương trình")
        expect(page.locator(".reader__doc")).to_contain_text("Chương trình phiên họp")
        expect(page.locator(".viewer__text")).to_contain_text("Trang 1")
    expect(hall.locator(".hall__title")).to_have_text("Khai mạc, thông qua chương trình")

    lost.locator(".thumbbar [data-open=messages]").click()
    lost.get_by_label("Nhắn tin cho cả phòng họp").fill(HALF)
    line.cut()
    expect(lost.locator(".topbar__state")).to_contain_text("Mất kết nối", timeout=12_000)
    expect(lost.locator(".room__banner")).to_contain_text("Mất kết nối với phòng họp từ")
    expect(lost.get_by_role("button", name="Gửi tin")).to_have_attribute("aria-disabled", "true")
    before = now(lost)

    press(chair, "^Sang mục 2.1")
    expect(chair.locator(".show__doc")).to_contain_text("Tờ trình dự toán ngân sách")
    chair.locator(".show__pages").get_by_role("button", name="Trang sau").click()
    press(chair, "^Trình chiếu trang 2")
    panel(chair, "Tin nhắn")
    chair.get_by_label("Nhắn tin cho cả phòng họp").fill("Mời các đại biểu xem trang 2.")
    press(chair, "^Gửi tin")
    expect(one.locator(".agenda__item--now")).to_contain_text("Trình bày tờ trình")
    expect(one.locator("[data-page]")).to_have_text("2")
    expect(one.locator(".viewer__text")).to_contain_text("Trang 2")
    expect(hall.locator(".hall__caption")).to_contain_text("Tờ trình dự toán ngân sách")
    expect(hall.locator("canvas")).to_have_attribute("aria-label", "Tờ trình dự toán ngân sách")
    expect(one.locator(".act__badge")).to_have_text("1")
    assert now(lost) == before

    line.mend()
    lost.locator(".room__banner").get_by_role("button", name="Thử ngay").dispatch_event("click")
    expect(lost.locator(".topbar__state")).to_contain_text("Đã kết nối")
    expect(lost.locator(".agenda__item--now")).to_contain_text("Trình bày tờ trình")
    expect(lost.locator("[data-page]")).to_have_text("2")
    expect(lost.locator(".talk__text").last).to_have_text("Mời các đại biểu xem trang 2.")
    expect(lost.get_by_label("Nhắn tin cho cả phòng họp")).to_have_value(HALF)

    fresh = enter(tablet("daibieu02", server=1), meeting)
    assert_same_state(lost, fresh)
    for part in (".agenda__item--now", ".reader__doc", "[data-page]"):
        assert lost.locator(part).inner_text() == fresh.locator(part).inner_text()

    lost.reload()
    lost.locator(".thumbbar [data-open=messages]").click()
    field = lost.get_by_label("Nhắn tin cho cả phòng họp")
    expect(field).to_have_value(HALF)
    press(lost, "^Gửi tin")
    expect(field).to_have_value("")
    for page in (chair, one, fresh):
        expect(page.locator(".talk__text").last).to_have_text(HALF)
    assert Message.objects.filter(meeting=meeting, text=HALF).count() == 1


def test_free_reading_is_moved_by_nobody_and_returns_with_one_tap(tablet: Open, meeting: Meeting) -> None:
    chair = enter(tablet("chutich"), meeting)
    reader = enter(tablet("daibieu01"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    expect(reader.locator("[data-follow=follow]")).to_be_visible()
    reader.get_by_role("button", name="Trang sau").click()
    expect(reader.locator("[data-page]")).to_have_text("2")
    press(chair, "^Sang mục 2.1")
    expect(chair.locator(".show__doc")).to_contain_text("Tờ trình dự toán ngân sách")
    press(chair, "^Trình chiếu trang 1")
    expect(reader.locator("[data-follow=free]")).to_have_text("Về trang chủ trì (1)")
    expect(reader.locator(".reader__doc")).to_contain_text("Chương trình phiên họp")
    expect(reader.locator("[data-page]")).to_have_text("2")
    reader.locator("[data-follow=free]").click()
    expect(reader.locator(".reader__doc")).to_contain_text("Tờ trình dự toán ngân sách")
    expect(reader.locator("[data-page]")).to_have_text("1")
    press(chair, "^Dừng trình chiếu")
    expect(reader.locator(".speaking")).to_have_count(0)
    expect(reader.locator(".reader__doc")).to_contain_text("Tờ trình dự toán ngân sách")


def test_meeting_ends_after_one_question_that_names_it(tablet: Open, meeting: Meeting) -> None:
    chair = enter(tablet("chutich"), meeting)
    reader = enter(tablet("daibieu01"), meeting)
    hall = enter(tablet("manhinh", viewport=HALL, has_touch=False), meeting)
    press(chair, "^Bắt đầu họp")
    chair.locator(".plan__row", has_text="Kết luận phiên họp").click()
    press(chair, "^Sang mục 3: Kết luận phiên họp")
    expect(reader.locator(".now__title")).to_have_text("Kết luận phiên họp")
    press(chair, "^Kết thúc phiên họp")
    question = chair.get_by_role("dialog")
    expect(question).to_contain_text(meeting.title)
    question.get_by_role("button", name="Họp tiếp").click()
    expect(question).to_be_hidden()
    press(chair, "^Kết thúc phiên họp")
    question.get_by_role("button", name="Kết thúc phiên họp").click()
    expect(reader.locator(".room__banner")).to_contain_text("Phiên họp đã kết thúc lúc")
    expect(hall.locator(".hall__blank h1")).to_have_text("Phiên họp đã kết thúc")
    expect(chair.locator(".dock")).to_contain_text("Rời phòng họp")
    for page in (chair, reader, hall):
        assert_accessible(page)


def test_two_writers_of_one_note_lose_nothing(tablet: Open, meeting: Meeting, watch: Watch) -> None:
    watch.expect("WebSocket connection to .* failed")
    watch.expect("409 .*/take_note/")
    chair = enter(tablet("chutich"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    at_desk = enter(tablet("thuky", viewport=DESKTOP, has_touch=False), meeting)
    away = tablet("thuky")
    line = Line(away)
    enter(away, meeting)
    line.cut()
    away.locator("[data-note]").fill("Ghi khi mất mạng.")
    at_desk.locator("[data-note]").fill("Ghi tại bàn thư ký.")
    expect(at_desk.locator("[data-note-state]")).to_have_text(re.compile("^Đã lưu lúc"))
    line.mend()
    expect(away.locator(".conflict")).to_contain_text("Ghi tại bàn thư ký.", timeout=20_000)
    expect(away.locator("[data-note]")).to_have_value("Ghi khi mất mạng.")
    assert_accessible(away)
    away.get_by_role("button", name="Giữ cả hai").click()
    expect(away.locator("[data-note-state]")).to_have_text(re.compile("^Đã lưu lúc"))
    expect(at_desk.locator("[data-note]")).to_have_value("Ghi tại bàn thư ký.\n\nGhi khi mất mạng.")
    kept = Note.objects.get(item=item_named(meeting, "Khai mạc"))
    assert kept.text == "Ghi tại bàn thư ký.\n\nGhi khi mất mạng."


def test_signing_out_elsewhere_takes_the_meeting_off_the_screen(tablet: Open, meeting: Meeting) -> None:
    page = enter(tablet("daibieu03", anew=True), meeting)
    expect(page.locator(".topbar__title h1")).to_have_text(meeting.title)
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("form[action*=logout] [type=submit], form[method=post] [type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất", timeout=20_000)
    assert meeting.title not in page.content()
    assert meeting.title not in page.title()


SCREENS = [
    ("daibieu01", TABLET),
    ("daibieu01", PORTRAIT),
    ("daibieu01", PHONE),
    ("khachmoi01", TABLET),
    ("quansat01", PORTRAIT),
    ("chutich", TABLET),
    ("chutich", PORTRAIT),
    ("chutich", PHONE),
    ("thuky", DESKTOP),
    ("thuky", TABLET),
    ("thuky", PORTRAIT),
    ("manhinh", HALL),
]


@pytest.mark.once
def test_every_screen_is_accessible_fits_and_keeps_its_secrets(tablet: Open, meeting: Meeting) -> None:
    chair = enter(tablet("chutich"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    press(chair, "^Sang mục 2.1")
    press(chair, "^Trình chiếu trang 1")
    seen: set[str] = set()
    for name, size in SCREENS:
        page = enter(tablet(name, viewport=size, has_touch=size not in (DESKTOP, HALL)), meeting)
        page.wait_for_timeout(600)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
        for tab in page.locator(".tabs [role=tab]").all():
            tab.click()
            expect(tab).to_have_attribute("aria-selected", "true")
            assert_accessible(page)
        if name in ("khachmoi01", "quansat01", "manhinh"):
            assert "Phụ lục nội bộ" not in page.content()
        if name == "khachmoi01":
            assert "Dự toán thu, chi" not in page.content()
        if name in seen:
            page.context.close()
            continue
        seen.add(name)
        for opener in page.locator("[data-open]:visible").all():
            opener.click()
            dialog = page.locator("dialog[open]")
            expect(dialog).to_be_visible()
            page.wait_for_timeout(400)
            assert_accessible(page)
            dialog.locator("[data-close]").first.click()
            expect(dialog).to_have_count(0)
        page.context.close()
    assert state_of(chair)[0] != ""


@pytest.mark.once
def test_small_screens_find_the_agenda_behind_the_current_item(tablet: Open, meeting: Meeting) -> None:
    page = enter(tablet("daibieu01", viewport=PORTRAIT), meeting)
    page.get_by_role("button", name="Chương trình", exact=True).click()
    expect(page.locator("#agenda")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#agenda")).to_be_hidden()
    page.get_by_role("button", name="Chương trình", exact=True).click()
    page.locator(".agenda__row", has_text="Dự toán thu, chi").click()
    expect(page.locator("#agenda")).to_be_hidden()
    expect(page.locator(".reader__doc")).to_contain_text("Tờ trình dự toán ngân sách")
