"""Journeys of deciding: items without debate, amendments, the record."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.models import Meeting
from tests.e2e.browser import PHONE, Open, Watch, assert_accessible
from tests.e2e.room_parts import convened, enter, item_named, press
from tests.factories.meetings import ItemFactory


@pytest.fixture
def meeting(rows: None) -> Meeting:
    """With an item nobody is expected to object to."""
    meeting = convened()
    ItemFactory.create(meeting=meeting, title="Biên bản phiên họp trước", kind="consent", minutes=0)
    return meeting


HALL = {"width": 1920, "height": 1080}


def tab(page: Page, name: str) -> None:
    """A tab at the side of chair or secretary."""
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def test_item_without_debate_is_ticked_on_a_phone_and_adopted_at_the_opening(
    tablet: Open, meeting: Meeting
) -> None:
    phone = tablet("daibieu01", viewport=PHONE)
    phone.goto(f"/hop/{meeting.ref}/")
    phone.get_by_role("button", name=re.compile("^Không có ý kiến khác")).click()
    expect(phone.locator(".consent__own")).to_contain_text("Bạn không có ý kiến khác")
    assert_accessible(phone)
    for name in ("daibieu02", "daibieu03"):
        page = enter(tablet(name), meeting)
        page.get_by_role("button", name=re.compile("^Tôi có mặt")).click()
    chair = enter(tablet("chutich"), meeting)
    chair.get_by_role("button", name=re.compile("^Tôi có mặt")).click()
    press(chair, "^Bắt đầu họp")
    wall = enter(tablet("manhinh", viewport=HALL, has_touch=False), meeting)
    expect(wall.locator("[data-consent=proposed]")).to_contain_text("Biên bản phiên họp trước")
    assert_accessible(wall)
    button = chair.locator('.dock [data-act="adopt_consent"]')
    expect(button).to_contain_text("Thông qua 1 nội dung không thảo luận")
    button.click()
    expect(button).to_have_count(0)
    expect(wall.locator("[data-consent=adopted]")).to_contain_text("3/4 người có quyền biểu quyết có mặt")
    assert_accessible(wall)
    press(chair, "^Sang mục 1")
    expect(wall.locator(".hall__title")).to_contain_text("Khai mạc")
    enter(phone, meeting)
    phone.get_by_role("button", name="Chương trình", exact=True).click()
    expect(phone.locator(".consents__row")).to_contain_text("Đã thông qua lúc")
    assert_accessible(phone)


def test_amendment_is_proposed_its_difference_seen_and_the_record_taken_home(
    tablet: Open, meeting: Meeting, tmp_path: Path
) -> None:
    secretary = enter(tablet("thuky"), meeting)
    chair = enter(tablet("chutich"), meeting)
    delegate = enter(tablet("daibieu01"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    tab(secretary, "Quyết định")
    secretary.get_by_role("button", name=re.compile("^Dự thảo và đề xuất sửa đổi")).click()
    sheet = secretary.get_by_role("dialog")
    sheet.get_by_role("button", name="Trình dự thảo").click()
    sheet.get_by_label("Tiêu đề").fill("Nghị quyết về dự toán")
    sheet.get_by_label("Nội dung, mỗi dòng một khoản").fill("Thông qua dự toán.\nGiao Ủy ban thực hiện.")
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet.locator(".clause")).to_have_count(2)
    assert_accessible(secretary)

    delegate.get_by_role("button", name=re.compile("^Dự thảo và đề xuất sửa đổi")).first.click()
    mine = delegate.get_by_role("dialog")
    mine.get_by_role("button", name="Đề xuất sửa 1").click()
    mine.get_by_label("Nội dung đề xuất").fill("Thông qua dự toán năm 2027.")
    # Something happens in the room meanwhile: what is being written stays.
    press(chair, "^Sang mục 2")
    expect(delegate.locator(".now__title").first).to_contain_text("Dự toán thu, chi")
    expect(mine.get_by_label("Nội dung đề xuất")).to_have_value("Thông qua dự toán năm 2027.")
    mine.get_by_role("button", name="Gửi đề xuất sửa đổi").click()
    expect(mine.locator(".amendment ins")).to_contain_text("năm 2027")
    expect(mine.locator(".amendment [data-motion-state=submitted]")).to_be_visible()
    assert_accessible(delegate)

    amendment = sheet.locator(".amendment")
    expect(amendment.locator("ins")).to_contain_text("năm 2027")
    amendment.get_by_role("button", name="Tiếp nhận").click()
    expect(mine.locator(".amendment [data-motion-state=proposed]")).to_be_visible()
    amendment.get_by_role("button", name="Cơ quan trình tiếp thu").click()
    expect(sheet.locator(".clause").first).to_contain_text("Thông qua dự toán năm 2027.")

    secretary.goto(f"/hop/{meeting.ref}/bien-ban/")
    field = secretary.locator(f'[data-note="{item_named(meeting, "Khai mạc").pk}"]')
    field.fill("Chủ trì tuyên bố lý do.")
    expect(secretary.locator("[data-note-state=same]").first).to_contain_text("Đã lưu")
    press(chair, "^Sang mục 2.1|^Sang mục 2.2|^Sang mục 3")
    assert_accessible(secretary)
    with secretary.expect_download() as waiting:
        secretary.get_by_role("link", name="XLSX").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    assert target.suffix == ".xlsx" and target.stat().st_size > 4000
    secretary.get_by_role("link", name="Bản in").click()
    expect(secretary.locator(".sheet")).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    expect(secretary.locator(".sheet")).to_contain_text("Chủ trì tuyên bố lý do.")
    assert_accessible(secretary)


def test_a_members_motion_comes_back_with_a_reason_and_is_admitted_the_second_time(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect(r"status of 409 .*/add_motion/")  # a text the server refuses is part of the journey
    author, other = enter(tablet("daibieu01"), meeting), enter(tablet("daibieu02"), meeting)
    secretary = enter(tablet("thuky"), meeting)

    def opened(page: Page) -> Locator:
        page.get_by_role("button", name=re.compile("^Dự thảo và đề xuất sửa đổi")).first.click()
        return page.locator("#motions")

    def written(sheet: Locator) -> tuple[Locator, Locator]:
        return sheet.get_by_label("Tiêu đề"), sheet.get_by_label("Nội dung, mỗi dòng một khoản")

    mine = opened(author)
    mine.get_by_role("button", name="Gửi kiến nghị, dự thảo").click()
    title, text = written(mine)
    title.fill("Kiến nghị về đường liên thôn")
    text.fill("x" * 4001)
    mine.get_by_role("button", name="Gửi kiến nghị", exact=True).click()
    expect(author.locator("body")).to_contain_text("Có khoản quá dài")
    expect(title).to_have_value("Kiến nghị về đường liên thôn")
    text.fill("Đề nghị giám sát.")
    author.reload()
    mine = opened(author)
    mine.get_by_role("button", name="Gửi kiến nghị, dự thảo").click()
    title, text = written(mine)
    expect(title).to_have_value("Kiến nghị về đường liên thôn")
    expect(text).to_have_value("Đề nghị giám sát.")
    assert_accessible(author)
    mine.get_by_role("button", name="Gửi kiến nghị", exact=True).click()
    expect(mine.locator("[data-motion-state=submitted]")).to_be_visible()

    theirs = opened(other)
    tab(secretary, "Quyết định")
    desk = opened(secretary)
    expect(desk.locator(".motion")).to_contain_text("Kiến nghị về đường liên thôn")
    expect(theirs.locator(".motion")).to_have_count(0)
    desk.get_by_role("button", name="Trả lại", exact=True).click()
    desk.get_by_label("Lý do trả lại").fill("Chưa nêu căn cứ.")
    assert_accessible(secretary)
    desk.get_by_role("button", name="Trả lại cho người gửi").click()
    expect(mine.locator(".motion")).to_contain_text("Chưa nêu căn cứ.")
    mine.get_by_role("button", name="Viết lại để gửi").click()
    title, text = written(mine)
    expect(title).to_have_value("Kiến nghị về đường liên thôn")
    text.fill("Căn cứ Luật Đường bộ, đề nghị giám sát.")
    mine.get_by_role("button", name="Gửi kiến nghị", exact=True).click()
    desk.get_by_role("button", name="Tiếp nhận").click()
    expect(theirs.locator(".motion")).to_contain_text("Căn cứ Luật Đường bộ")
    expect(mine.locator("[data-motion-state=proposed]")).to_be_visible()
    expect(other.locator("body")).not_to_contain_text("Chưa nêu căn cứ")
