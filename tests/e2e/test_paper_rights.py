"""Journeys with rights and versions: a right withdrawn while reading, a paper replaced as three read it."""

import re
from io import BytesIO

from playwright.sync_api import Page, expect

from intranet.files.actions import store
from meetings import actions
from meetings.models import Meeting, Paper, Seat
from tests.e2e.browser import PHONE, PORTRAIT, TABLET, Open, Watch, assert_accessible
from tests.e2e.room_parts import enter, press, sheets_of


def opened(page: Page, title: str, number: int) -> Page:
    """The reader has chosen this paper and turned to a page of it."""
    page.locator("[data-open=papers]").first.click()
    page.locator("dialog[open]").get_by_role("button", name=re.compile(title)).first.click()
    expect(page.locator(".reader__doc")).to_contain_text(title)
    for turned in range(2, number + 1):
        page.locator(".reader__pages").get_by_role("button", name="Trang sau").click()
        expect(page.locator("[data-page]")).to_have_text(str(turned))
    expect(page.locator(f'.viewer__paper[data-sheet="{number}"] canvas').first).to_be_visible(timeout=20_000)
    return page


def seats_of(meeting: Meeting) -> dict[str, Seat]:
    rows = Seat.objects.filter(meeting=meeting).select_related("person", "meeting")
    return {seat.person.username: seat for seat in rows}


def test_right_withdrawn_while_reading_takes_the_page_off_the_screen(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    seats, title = seats_of(meeting), "Phụ lục nội bộ"
    paper = Paper.objects.get(item__meeting=meeting, title=title)
    # A file of its own: that of the other journeys' meetings stays open to their people.
    paper.stored_file = store(seats["thuky"].person, file=BytesIO(sheets_of(title)), name="rieng.pdf")
    paper.save()
    own = enter(tablet("daibieu01", viewport=PORTRAIT), meeting)
    other = enter(tablet("daibieu02", viewport=PHONE), meeting)
    for page in (own, other):
        opened(page, title, 2)
    readers = [seats["daibieu02"].pk]
    actions.protect_paper(
        seats["thuky"], paper=paper.pk, level="restricted", named_only=True, readers=readers
    )
    expect(own.locator(".reader__doc")).not_to_contain_text(title)
    own.locator("[data-open=papers]").first.click()
    expect(own.locator("dialog[open]")).not_to_contain_text(title)
    assert title not in own.inner_text("body")
    expect(other.locator(".reader__doc")).to_contain_text("việc đọc được ghi lại")
    watch.expect("404")
    address = f"/tep/{paper.stored_file.ref}/trang/2.webp?w=620"
    ask = """async (path) => {
        const answer = await fetch(path);
        return [answer.status, answer.headers.get("Cache-Control")];
    }"""
    assert own.evaluate(ask, address)[0] == 404
    assert other.evaluate(ask, address) == [200, "private, no-store"]
    assert other.evaluate(ask, f"/tep/{paper.stored_file.ref}/xem.pdf")[0] == 404
    assert_accessible(other)


def test_paper_replaced_while_three_read_keeps_their_pages_and_says_what_changed(
    tablet: Open, meeting: Meeting
) -> None:
    from intranet.files.actions import store

    seats, title = seats_of(meeting), "Tờ trình dự toán ngân sách"
    paper = Paper.objects.get(item__meeting=meeting, title=title)
    chair = enter(tablet("chutich"), meeting)
    press(chair, "^Bắt đầu họp")
    screens = [
        enter(tablet(name, viewport=size), meeting)
        for name, size in (("daibieu01", PORTRAIT), ("daibieu02", TABLET), ("daibieu03", PHONE))
    ]
    for page in screens:
        opened(page, title, 3)
    data = sheets_of(title).replace(b"(Trang 2)", b"(Trang 8)")
    stored = store(seats["thuky"].person, file=BytesIO(data), name="ban-sua.pdf")
    actions.replace_paper(seats["thuky"], paper=paper.pk, stored_file=stored, expected_version=1)
    for page in screens:
        news = page.locator(f"[data-news='{paper.pk}']")
        expect(news).to_contain_text("Bản 2")
        expect(news).to_contain_text("trang 2", timeout=30_000)
        expect(page.locator("[data-page]")).to_have_text("3")
        expect(page.locator('.viewer__paper[data-sheet="3"] canvas').first).to_be_visible(timeout=20_000)
        assert_accessible(page)
    screens[0].get_by_role("button", name="Đến trang 2").click()
    expect(screens[0].locator("[data-page]")).to_have_text("2")
    screens[0].get_by_role("button", name="Đã rõ").click()
    expect(screens[0].locator("[data-news]")).to_have_count(0)
