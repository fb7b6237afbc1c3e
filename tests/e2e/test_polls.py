"""Votes in five hands: by name with a proxy, in secret over a line that breaks, and two who lead at once."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from meetings import actions
from meetings.models import Cast, Meeting, Poll, PollState, Seat, Urn
from tests.e2e.browser import PHONE, PORTRAIT, Open, Watch, assert_accessible
from tests.e2e.room_parts import Line, enter, panel, press

HALL = {"width": 1920, "height": 1080}
PEOPLE = ("Trần Thị Bình", "Lê Văn Cường", "Phạm Minh Dũng")
HALF = "Bổ sung kinh phí sửa chữa nhà văn hóa thôn Đông, lấy từ"


def seat_of(meeting: Meeting, name: str) -> Seat:
    """The seat of one of the demo's people."""
    return Seat.objects.select_related("person", "meeting").get(meeting=meeting, person__username=name)


@pytest.fixture
def session(meeting: Meeting) -> Meeting:
    """The meeting under way at its first item; everybody with a vote is here but the third delegate."""
    secretary = seat_of(meeting, "thuky")
    for name in ("chutich", "daibieu01", "daibieu02"):
        actions.note_arrival(secretary, target=seat_of(meeting, name).pk)
    actions.open_meeting(seat_of(meeting, "chutich"))
    first = meeting.items.order_by("pk").first()
    assert first is not None
    actions.go_to_item(seat_of(meeting, "chutich"), item=first.pk, expected_item=None)
    return meeting


def prepared(meeting: Meeting, title: str, **paper: Any) -> Poll:
    """A vote the secretary has prepared."""
    key = actions.add_poll(seat_of(meeting, "thuky"), title=title, **paper)["poll"]
    return Poll.objects.get(pk=key)


def open_vote(chair: Page, title: str) -> None:
    """From the chair's tab, through the sheet that says by which rules."""
    panel(chair, "Biểu quyết")
    chair.locator(".polls__row", has_text=title).get_by_role("button", name="Mở…").click()
    press(chair, "^Mở biểu quyết$")


def vote(page: Page, choice: str) -> None:
    """On the ballot on top, in an open vote."""
    sheet = page.locator("#ballot")
    sheet.get_by_label(choice, exact=True).check(force=True)
    sheet.get_by_role("button", name=f"Gửi biểu quyết: {choice}").click()


def test_named_vote_with_a_proxy_is_counted_and_shown_to_all(tablet: Open, session: Meeting) -> None:
    title = "Thông qua chương trình phiên họp"
    prepared(session, title)
    giver, holder = seat_of(session, "daibieu03"), seat_of(session, "daibieu01")
    actions.give_proxy(seat_of(session, "thuky"), giver=giver.pk, holder=holder.pk, basis="Giấy ủy quyền")
    chair = enter(tablet("chutich"), session)
    secretary = enter(tablet("thuky", server=1), session)
    one = enter(tablet("daibieu01", server=1, viewport=PORTRAIT), session)
    two = enter(tablet("daibieu02", viewport=PHONE), session)
    hall = enter(tablet("manhinh", server=1, viewport=HALL, has_touch=False), session)
    panel(chair, "Biểu quyết")
    chair.locator(".polls__row", has_text=title).get_by_role("button", name="Mở…").click()
    expect(chair.locator("#open-poll")).to_contain_text("Quá nửa tổng số người có quyền biểu quyết")
    expect(chair.locator("#open-poll")).to_contain_text("đủ điều kiện biểu quyết")
    assert_accessible(chair)
    press(chair, "^Mở biểu quyết$")
    for page in (one, two):
        expect(page.locator("#ballot")).to_contain_text(title)
        assert_accessible(page)
    vote(one, "Tán thành")
    expect(one.locator("#ballot .receipt__code strong")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    one.get_by_role("button", name="Tiếp: phiếu thay Đại biểu 03").click()
    expect(one.locator(".vote__proxy")).to_contain_text("Đại biểu 03")
    vote(one, "Không tán thành")
    expect(one.locator("#ballot .receipt__said")).to_contain_text("Phiếu thay Đại biểu 03")
    vote(two, "Tán thành")
    expect(chair.locator(".count__cast strong")).to_have_text("3")
    expect(hall.locator(".hall__count b")).to_have_text("3")
    chair.locator(".count").get_by_role("button", name="Phiếu của tôi").click()
    vote(chair, "Tán thành")
    chair.locator("#ballot [data-close]").first.click()
    expect(chair.locator(".count__cast strong")).to_have_text("4")
    for page in (chair, hall):
        assert_accessible(page)
    # Two who lead press at once: closed once, published once, nobody sees an error.
    expect(secretary.locator(".topbar__conduct button")).to_have_attribute("data-act", "close_poll")
    secretary.locator(".topbar__conduct button").dispatch_event("click")
    chair.locator(".dock [data-act=close_poll]").dispatch_event("click")
    expect(chair.locator(".dock__next")).to_have_attribute("data-act", "publish_poll")
    chair.locator(".dock__next").click()
    expect(hall.locator(".verdict")).to_contain_text("Đã thông qua")
    expect(hall.locator(".tally__count").first).to_contain_text("3")
    expect(two.locator(".thumbbar")).to_contain_text("Đã thông qua")
    expect(chair.locator(".count .seatvotes__seat")).to_have_count(4)
    expect(chair.locator(".toast")).to_have_count(0)
    expect(secretary.locator(".toast")).to_have_count(0)
    for page in (chair, secretary, two, hall):
        assert_accessible(page)
    poll = Poll.objects.get(meeting=session)
    assert (poll.state, poll.adopted, poll.counts) == (
        PollState.PUBLISHED,
        True,
        {"agree": 3, "disagree": 1, "none": 0},
    )


def test_secret_election_over_a_line_that_breaks_counts_each_ballot_once(
    tablet: Open, session: Meeting, watch: Watch
) -> None:
    watch.expect("WebSocket connection to .* failed|ERR_FAILED|Failed to load resource")
    title = "Bầu hai ủy viên"
    poll = prepared(
        session,
        title,
        kind="election",
        form="secret",
        options=PEOPLE,
        least=0,
        most=2,
        places=2,
        majority_base="cast",
    )
    chair = enter(tablet("chutich"), session)
    lost = tablet("daibieu01", viewport=PORTRAIT)
    line = Line(lost)
    enter(lost, session)
    two = enter(tablet("daibieu02", server=1), session)
    hall = enter(tablet("manhinh", viewport=HALL, has_touch=False), session)
    open_vote(chair, title)
    sheet = lost.locator("#ballot")
    expect(sheet.locator(".vote--secret")).to_contain_text("Chỉ ghi nhận là đại biểu đã bỏ phiếu")
    assert_accessible(lost)
    for name in PEOPLE[:2]:
        sheet.get_by_label(name).check(force=True)
    expect(sheet.locator(".vote__counter")).to_contain_text("Đã chọn 2/2")
    expect(sheet.get_by_label(PEOPLE[2])).to_be_disabled()
    sheet.get_by_role("button", name="Xem lại lựa chọn").click()
    expect(sheet.locator(".vote__checked li")).to_have_count(2)
    tries: list[str] = []

    def no_answer(route: Route) -> None:
        """The server hears it; the tablet does not hear the server."""
        tries.append(route.request.post_data or "")
        route.fetch()
        line.cut()
        route.abort()

    lost.route("**/lenh/cast_vote/", no_answer)
    sheet.get_by_role("button", name="Bỏ phiếu kín").click()
    expect(sheet.locator(".vote__hint")).to_contain_text("chỉ được tính một lần", timeout=25_000)
    expect(sheet.locator(".vote__checked li")).to_have_count(2)
    lost.unroute("**/lenh/cast_vote/", no_answer)
    line.mend()
    expect(sheet.locator(".receipt__code strong")).to_have_text(re.compile(r"^\w{4}-\w{4}$"), timeout=25_000)
    assert tries and len({text.split("&")[0] for text in tries}) == 1
    assert PEOPLE[0] not in sheet.inner_text()
    for page in (two, chair):
        if page is chair:
            chair.locator(".count").get_by_role("button", name="Phiếu của tôi").click()
        page.locator("#ballot").get_by_label(PEOPLE[0]).check(force=True)
        page.locator("#ballot").get_by_role("button", name="Xem lại lựa chọn").click()
        page.locator("#ballot").get_by_role("button", name="Bỏ phiếu kín").click()
        expect(page.locator("#ballot .receipt")).to_be_visible()
    chair.locator("#ballot [data-close]").first.click()
    expect(hall.locator(".hall__count b")).to_have_text("3")
    expect(chair.locator(".count .tally")).to_have_count(0)
    press(chair, "^Đóng biểu quyết")
    press(chair, "^Công bố kết quả")
    expect(hall.locator(".verdict")).to_contain_text(PEOPLE[0])
    poll.refresh_from_db()
    assert poll.counts == {"1": 3, "2": 1, "3": 0}
    assert Cast.objects.filter(poll=poll).count() == 3
    assert not Urn.objects.filter(poll=poll).exclude(sealed=b"").exists()


def test_what_is_half_done_survives_ten_updates_and_a_closed_vote_says_so(
    tablet: Open, session: Meeting
) -> None:
    poll = prepared(session, "Thông qua tờ trình")
    secretary = enter(tablet("thuky"), session)
    one = enter(tablet("daibieu01", server=1), session)
    panel(secretary, "Biểu quyết")
    secretary.get_by_role("button", name="Soạn").click()
    field = secretary.locator("#write-poll [name=title]")
    field.press_sequentially(HALF)
    secretary.locator("#write-poll [name=kind]").select_option("election")
    secretary.locator("#write-poll [name=options]").fill("\n".join(PEOPLE))
    chair = seat_of(session, "chutich")
    actions.open_poll(chair, poll=poll.pk)
    choice = one.locator("#ballot").get_by_label("Không có ý kiến", exact=True)
    choice.check(force=True)
    for number in range(5):
        actions.post_message(chair, text=f"Thông báo {number}")
        actions.ask_to_speak(chair, kind=["main", "reply", "question", "answer", "order"][number])
    expect(secretary.locator("#tab-floor .badge")).to_have_text("5")
    expect(field).to_have_value(HALF)
    expect(field).not_to_be_disabled()
    expect(choice).to_be_checked()
    assert_accessible(secretary)
    actions.close_poll(chair, poll=poll.pk)
    expect(one.locator("#ballot")).to_contain_text("Biểu quyết đã đóng trước khi phiếu được gửi")
    assert "Không có ý kiến" not in one.locator("#ballot").inner_text()
    # The sheet still lies there when the next vote is opened: the new ballot is on top, not what is over.
    following = prepared(session, "Thông qua biên bản")
    actions.open_poll(chair, poll=following.pk)
    expect(one.locator("#ballot .vote__question")).to_have_text("Thông qua biên bản")
    expect(one.locator("#ballot .vote__papers")).to_have_count(0)
    one.locator("#ballot").get_by_label("Tán thành", exact=True).check(force=True)
    secretary.locator("#write-poll").get_by_role("button", name="Lưu").click()
    expect(secretary.locator("#write-poll")).to_be_hidden()
    expect(secretary.locator(".polls__title", has_text=HALF)).to_be_visible()
    assert Poll.objects.get(meeting=session, title=HALF).options[1]["label"] == PEOPLE[1]
    assert not Cast.objects.filter(poll=poll).exists()


def test_an_absent_member_gives_a_proxy_takes_it_back_and_votes_beforehand(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect("Failed to load resource")  # The server refuses a list with nobody on it.
    title = "Thông qua chương trình phiên họp"
    prepared(meeting, title)
    away = tablet("daibieu03", viewport=PHONE)
    away.goto(f"/hop/{meeting.ref}/")
    away.locator("#vote summary").click()
    away.get_by_label("Người biểu quyết thay tôi").select_option(label="Đại biểu 01 · Chức vụ daibieu01")
    away.get_by_role("button", name="Ủy quyền", exact=True).click()
    expect(away.locator("#vote")).to_contain_text("Đại biểu 01 biểu quyết thay bạn khi bạn vắng mặt.")
    assert_accessible(away)
    enter(away, meeting)
    away.get_by_role("button", name="Thêm").click()
    away.get_by_role("button", name="Ủy quyền biểu quyết").click()
    away.get_by_role("button", name="Rút ủy quyền").click()
    expect(away.get_by_label("Người biểu quyết thay tôi")).to_be_visible()
    assert_accessible(away)
    away.locator("#my-proxy [data-close]").click()
    secretary = enter(tablet("thuky", server=1), meeting)
    panel(secretary, "Biểu quyết")
    secretary.get_by_role("button", name="Bỏ phiếu trước…").click()
    sheet = secretary.locator("#early-poll")
    sheet.get_by_role("button", name="Cho bỏ phiếu trước").click()
    expect(sheet.get_by_role("alert")).to_contain_text("có quyền biểu quyết")
    sheet.get_by_label("Đại biểu 03").check()
    assert_accessible(secretary)
    sheet.get_by_role("button", name="Cho bỏ phiếu trước").click()
    expect(secretary.locator(".polls__row")).to_contain_text("Phiếu bỏ trước: 0/1")
    expect(away.locator("#ballot")).to_contain_text("Bạn bỏ phiếu trước phiên họp")
    vote(away, "Tán thành")
    expect(away.locator("#ballot .receipt__said")).to_contain_text("đã được ghi nhận")
    expect(secretary.locator(".polls__row")).to_contain_text("Phiếu bỏ trước: 1/1")
    assert Cast.objects.get(poll__meeting=meeting).choice == {"agree": 1}
