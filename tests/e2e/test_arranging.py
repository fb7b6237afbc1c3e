"""Dragging the agenda and the seats of the hall: with a mouse, with a finger, and by keys alone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.models import Meeting, Seat
from tests.e2e.browser import Open, assert_accessible
from tests.e2e.room_parts import enter, panel

Point = tuple[float, float]


def middle(place: Locator) -> Point:
    """Where a hand would touch it."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(start: Point, end: Point) -> list[Point]:
    """A hand's way, in steps."""
    (x, y), (far, low) = start, end
    return [(x + (far - x) * step / 6, y + (low - y) * step / 6) for step in range(1, 7)]


def mouse(page: Page, start: Point, end: Point) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    for point in between(start, end):
        page.mouse.move(*point)
    page.mouse.up()


def finger(page: Page, start: Point, end: Point) -> None:
    """A real touch: what the browser does with a finger of its own, such as scrolling, happens too."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: Point) -> None:
        facts: dict[str, Any] = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        session.send("Input.dispatchTouchEvent", facts)

    touch("touchStart", start)
    for point in between(start, end):
        touch("touchMove", point)
    touch("touchEnd")
    session.detach()


@pytest.mark.once
def test_the_agenda_is_put_in_order_by_mouse_by_finger_and_by_keys(tablet: Open, meeting: Meeting) -> None:
    page = tablet("thuky")
    page.goto(f"/hop/{meeting.ref}/chuan-bi/")
    tops = page.locator("#agenda [data-item][data-parent='']")
    titles = tops.locator(".agenda__title")
    first, second, third = "Khai mạc", "Dự toán", "Kết luận"

    def grip(title: str) -> Locator:
        return tops.filter(has=page.locator(".agenda__title", has_text=title)).locator("[data-grip]")

    def above(title: str) -> Point:
        x, y = middle(grip(title))
        return x, y - 24

    def assert_order(*names: str) -> None:
        for place, name in enumerate(names):
            expect(titles.nth(place)).to_contain_text(name)

    assert_order(first, second, third)
    page.set_viewport_size({"width": 1180, "height": 1600})  # all of it is in sight: nothing scrolls away
    mouse(page, middle(grip(third)), above(first))
    assert_order(third, first, second)
    finger(page, middle(grip(second)), above(third))
    assert_order(second, third, first)
    grip(second).focus()
    page.keyboard.press("ArrowDown")
    assert_order(third, second, first)
    expect(grip(second)).to_be_focused()
    assert_accessible(page)


@pytest.mark.once
def test_people_are_put_on_chairs_by_mouse_by_finger_and_by_keys(tablet: Open, meeting: Meeting) -> None:
    page = enter(tablet("thuky"), meeting)
    seats = {
        seat.person.username: seat for seat in Seat.objects.filter(meeting=meeting).select_related("person")
    }
    panel(page, "^Điểm danh")
    page.locator("[data-open=hall-board]").first.click()
    board = page.locator("#hall-board")
    board.locator("#hall-rows").fill("2")
    board.locator("#hall-columns").fill("3")
    board.locator("[data-hall-form] button").click()

    def chair(row: int, column: int) -> Locator:
        return board.locator(f".seat[data-row='{row}'][data-column='{column}']")

    def person(name: str) -> Locator:
        return board.locator(f".board__people [data-drag='{seats[name].pk}']")

    def assert_sits(name: str, row: int, column: int) -> None:
        expect(chair(row, column)).to_have_attribute("data-place", str(seats[name].pk))

    expect(chair(2, 3)).to_be_visible()
    mouse(page, middle(person("daibieu01")), middle(chair(1, 1)))
    assert_sits("daibieu01", 1, 1)
    finger(page, middle(person("daibieu02")), middle(chair(1, 2)))
    assert_sits("daibieu02", 1, 2)
    # Two change places.
    finger(page, middle(chair(1, 2)), middle(chair(1, 1)))
    assert_sits("daibieu02", 1, 1)
    assert_sits("daibieu01", 1, 2)
    mouse(page, middle(chair(1, 1)), middle(chair(2, 3)))
    assert_sits("daibieu02", 2, 3)
    # Let go beside the chairs: nothing has happened, and nobody is picked.
    mouse(page, middle(chair(2, 3)), middle(board.locator(".seatmap__front")))
    assert_sits("daibieu02", 2, 3)
    expect(board.locator("[aria-pressed=true]")).to_have_count(0)
    person("daibieu03").focus()
    page.keyboard.press("Enter")
    chair(2, 1).focus()
    page.keyboard.press("Enter")
    assert_sits("daibieu03", 2, 1)
    assert_accessible(page)
