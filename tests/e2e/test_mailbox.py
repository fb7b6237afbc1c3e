"""Official mail between two people: written, sent, arriving live, read, receipted."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, Open, Watch, assert_accessible


def unread(page: Page) -> int:
    """The figure on the bell."""
    return int(page.locator(".rail__bell [data-badge=mailbox]").text_content() or 0)


def test_message_arrives_live_and_its_opening_is_told_to_the_sender(
    tablet: Open,
) -> None:
    reader = tablet("daibieu02", server=1)
    reader.goto("/ban-lam-viec/")
    before = unread(reader)

    writer = tablet("thuky")
    writer.goto("/hop-thu/")
    assert_accessible(writer)
    writer.get_by_role("button", name="Soạn thư").click()
    writer.get_by_label("Tìm người hoặc đơn vị").fill("dai bieu 02")
    writer.get_by_role("button", name=re.compile("^Đại biểu 02")).click()
    expect(writer.locator(".recipients__list")).to_contain_text("Đại biểu 02")
    writer.get_by_label("Tiêu đề").fill("Mời dự họp rà soát khai sinh")
    writer.get_by_label("Nội dung").fill("Đề nghị đồng chí dự họp lúc 14:00.")
    expect(writer.locator("#saved")).to_contain_text("Đã lưu nháp")
    writer.set_input_files(
        "#attach", {"name": "giấy mời.txt", "mimeType": "text/plain", "buffer": b"moi hop"}
    )
    expect(writer.locator("#files .attach")).to_contain_text("giấy mời.txt")
    assert_accessible(writer)
    writer.get_by_role("button", name="Gửi", exact=True).click()
    expect(writer).to_have_url(re.compile("/hop-thu/da-gui/"))

    expect(reader.locator(".rail__bell [data-badge=mailbox]")).to_have_text(str(before + 1), timeout=15_000)
    reader.goto("/hop-thu/?q=moi+du+hop+ra+soat")
    reader.get_by_role("link", name=re.compile("Mời dự họp rà soát")).click()
    expect(reader.locator(".letter__body")).to_contain_text("14:00")
    assert_accessible(reader)
    assert unread(reader) == before

    writer.goto("/hop-thu/da-gui/")
    writer.get_by_role("link", name=re.compile("Mời dự họp rà soát")).first.click()
    expect(writer.locator(".receipt__list")).to_contain_text("Đã mở")
    assert_accessible(writer)


def test_text_being_written_survives_a_lost_line_and_a_reload(tablet: Open, watch: Watch) -> None:
    watch.expect("htmx:(afterRequest|sendError)")
    page = tablet("daibieu03", viewport=PHONE)
    page.goto("/hop-thu/")
    page.get_by_role("button", name="Soạn thư").click()
    expect(page.get_by_label("Nội dung")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("Nội dung").fill("Đang viết dở thì mất mạng")
    expect(page.locator("#saved")).to_contain_text("Chưa lưu được")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Nội dung")).to_have_value("Đang viết dở thì mất mạng")
    expect(page.locator("#saved")).to_contain_text("Đã lưu nháp")
