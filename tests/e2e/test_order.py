"""Closed doors, a recess, small signs: on the screens of everybody they concern, and on no other."""

import re
from typing import Any

from playwright.sync_api import Page, WebSocket, expect

from meetings import actions
from meetings.models import Letter, Meeting, Role, Seat, ServiceCall
from tests.e2e.browser import PHONE, Open, Watch, assert_accessible
from tests.e2e.room_parts import enter, item_named, press

HALL = {"width": 1920, "height": 1080}
SECRET = "Việc chỉ bàn sau cửa đóng"


def frames_of(page: Page) -> list[str]:
    """Everything this screen's sockets are sent from now on."""
    heard: list[str] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(str(frame)))

    page.on("websocket", opened)
    return heard


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def seconds(page: Page) -> int:
    """What the countdown to the end of the recess shows."""
    shown = page.locator("[data-return]").first.get_attribute("data-return") or ""
    minutes, rest = shown.lstrip("+").split(":")
    return int(minutes) * 60 + int(rest)


def seat_of(meeting: Meeting, role: str) -> Seat:
    return Seat.objects.select_related("person").filter(meeting=meeting, role=role)[0]


def test_closed_doors_blank_outsiders_first_and_a_recess_counts_down_everywhere(
    tablet: Open, meeting: Meeting, watch: Watch
) -> None:
    watch.expect(r"status of 404 .*/tep/")  # what a screen was about to fetch is not there for it any more
    hall = tablet("manhinh", viewport=HALL, has_touch=False)
    observer = tablet("quansat01", viewport=PHONE)
    heard = {page: frames_of(page) for page in (hall, observer)}
    chair, one = enter(tablet("chutich"), meeting), enter(tablet("daibieu01", server=1), meeting)
    secretary = enter(tablet("thuky"), meeting)
    for page in (hall, observer):
        enter(page, meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    expect(hall.locator(".hall__title")).to_contain_text("Khai mạc")
    tab(chair, "Điều hành")
    chair.locator("[data-act=begin_closed_session]").click()
    chair.get_by_role("dialog").get_by_role("button", name="Họp kín").click()
    expect(hall.locator(".hall__blank")).to_contain_text("Đang họp kín")
    expect(observer.locator("body")).to_contain_text("Đang họp kín")
    expect(observer.locator("body")).not_to_contain_text("Khai mạc", use_inner_text=True)
    expect(one.locator("[data-doors]")).to_be_visible()
    # Only now is there something to hide: what is typed and taken up behind closed doors.
    second = item_named(meeting, "Kết luận")
    leads: Any = seat_of(meeting, Role.SECRETARY)
    actions.edit_item(leads, item=second.pk, title=SECRET)
    actions.go_to_item(leads, item=second.pk, expected_item=item_named(meeting, "Khai mạc").pk)
    for page in (one, secretary):
        expect(page.locator("body")).to_contain_text(SECRET)
    for page in (hall, observer):
        expect(page.locator("body")).not_to_contain_text(SECRET)
        answers = [
            page.request.get(f"/live/meeting/{meeting.ref}/events?wait=0"),
            page.request.get(f"/hop/{meeting.ref}/phong/"),
            page.request.get(f"/hop/{meeting.ref}/"),
        ]
        assert [answer.status for answer in answers] == [200, 200, 200]
        assert not [answer.url for answer in answers if SECRET in answer.text()]
    assert_accessible(chair)
    assert_accessible(hall)
    chair.locator("[data-doors] [data-act=end_closed_session]").click()
    expect(one.locator("[data-doors]")).to_have_count(0)
    expect(hall.locator(".hall__blank")).to_have_count(0)
    chair.locator("[data-act=call_recess]").nth(1).click()
    for page in (chair, one, observer, hall, secretary):
        expect(page.locator("[data-return]").first).to_be_visible()
    shown = [seconds(page) for page in (chair, one, observer, hall, secretary)]
    assert 14 * 60 <= min(shown) <= max(shown) <= 16 * 60
    assert max(shown) - min(shown) <= 2, shown
    assert_accessible(observer)
    chair.locator(".dock [data-act=resume_meeting]").click()
    for page in (one, hall):
        expect(page.locator("[data-return]")).to_have_count(0)
    for page in (hall, observer):
        expect(page.locator("body")).not_to_contain_text(SECRET)
        assert heard[page], "no frame was heard: the trial proves nothing"
        assert not [frame for frame in heard[page] if SECRET in frame or SECRET.encode().decode() in frame]


def test_small_signs_reach_those_they_are_for(tablet: Open, meeting: Meeting) -> None:
    chair, secretary = enter(tablet("chutich"), meeting), enter(tablet("thuky"), meeting)
    one, two = enter(tablet("daibieu01", server=1), meeting), enter(tablet("daibieu02"), meeting)
    press(chair, "^Bắt đầu họp")
    press(chair, "^Sang mục 1")
    one.get_by_role("button", name=re.compile("^Thêm")).click()
    water = one.locator("[data-service=water]")
    water.click()
    expect(water).to_have_attribute("aria-pressed", "true")
    tab(secretary, "Tín hiệu")
    call = secretary.locator("[data-call=water]")
    expect(call).to_contain_text("Chức vụ daibieu01")
    call.locator("[data-act=take_call]").click()
    expect(water).to_contain_text("đang đến")
    assert_accessible(secretary)
    call.locator("[data-act=finish_call]").click()
    expect(water).to_have_attribute("aria-pressed", "false")
    assert ServiceCall.objects.filter(meeting=meeting).count() == 1

    one.locator("[data-open=private]").click()
    form = one.locator("[data-private]")
    form.locator("select").select_option("chair")
    form.locator("textarea").fill("Thưa chủ tọa, tôi xin về sớm.")
    form.get_by_role("button", name="Gửi riêng").click()
    tab(chair, "Tín hiệu")
    expect(chair.locator("#panel-signals")).to_contain_text("xin về sớm")
    chair.locator("#panel-signals").get_by_role("button", name=re.compile("^Trả lời")).click()
    chair.locator("#answer-text").fill("Đồng ý.")
    chair.locator("[data-private-answer]").get_by_role("button", name="Gửi riêng").click()
    expect(one.locator("#private .talk")).to_contain_text("Đồng ý.")
    assert_accessible(one)
    for page in (secretary, two):
        expect(page.locator("body")).not_to_contain_text("xin về sớm")
    assert Letter.objects.filter(meeting=meeting).count() == 2
    one.locator("#private [data-close]").click()

    tab(chair, "Điều hành")
    chair.locator("[data-talk=held]").click()
    expect(chair.locator("[data-talk=held]")).to_have_attribute("aria-pressed", "true")
    one.get_by_role("button", name=re.compile("^Tin nhắn")).click()
    one.locator("#message-text").fill("Đề nghị bổ sung phụ lục")
    one.get_by_role("button", name="Gửi tin").click()
    tab(secretary, "Tin nhắn")
    expect(secretary.locator(".talk")).to_contain_text("bổ sung phụ lục")
    expect(two.locator("body")).not_to_contain_text("bổ sung phụ lục")
    secretary.locator("[data-act=release_message]").click()
    two.get_by_role("button", name=re.compile("^Tin nhắn")).click()
    expect(two.locator("#messages .talk")).to_contain_text("bổ sung phụ lục")
    secretary.locator("[data-act=remove_message]").click()
    expect(two.locator("#messages")).not_to_contain_text("bổ sung phụ lục")
    one.locator("#messages [data-close]").click()

    one.get_by_role("button", name=re.compile("^Xin phát biểu")).click()
    one.get_by_role("dialog").get_by_role("button", name=re.compile("^Phát biểu")).click()
    chair.locator(".dock [data-act=give_floor]").click()
    one.locator("[data-act=ask_more_time]").click()
    expect(chair.locator(".turn")).to_contain_text("xin thêm giờ")
    chair.locator(".turn").get_by_role("button", name="2 phút").click()
    expect(one.locator(".floor")).to_contain_text("7 phút")
    chair.locator(".turn [data-act=pause_speech]").click()
    expect(chair.locator(".turn [data-act=resume_speech]")).to_be_visible()
    stands = one.locator(".floor [data-countdown]").get_attribute("data-countdown")
    one.wait_for_timeout(2_000)
    assert one.locator(".floor [data-countdown]").get_attribute("data-countdown") == stands
    assert_accessible(chair)
