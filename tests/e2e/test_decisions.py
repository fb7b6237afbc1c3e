"""Journeys of deciding: items without debate, amendments, the record."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests.e2e.browser import PHONE, Open, assert_accessible
from tests.e2e.room_parts import convened, enter, item_named, press
from tests.factories.meetings import ItemFactory


@pytest.fixture
def meeting(rows: None) -> Meeting:
    """With an item nobody is expected to object to."""
    meeting = convened()
    ItemFactory.create(meeting=meeting, title="Biên bản phiên họp trước", kind="consent", minutes=0)
    return meeting


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
    button = chair.locator('.dock [data-act="adopt_consent"]')
    expect(button).to_contain_text("Thông qua 1 nội dung không thảo luận")
    button.click()
    expect(button).to_have_count(0)
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
    assert_accessible(delegate)

    amendment = sheet.locator(".amendment")
    expect(amendment.locator("ins")).to_contain_text("năm 2027")
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
