"""The map of the hall: chairs, who sits on them, and the drawing of an earlier meeting."""

from typing import Any

import pytest

from intranet.lib.errors import RuleBroken
from meetings import actions
from meetings.live import projection
from meetings.models import HallPlace, Role, Seat, State
from tests.factories.meetings import MeetingFactory, SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def hall(room: Room) -> Room:
    """Two rows of two chairs with an aisle between."""
    actions.draw_hall(room.seats[Role.SECRETARY], rows=2, columns=3, aisles=[2])
    return room


def sitting(room: Room) -> dict[int, tuple[int, int]]:
    rows = HallPlace.objects.filter(meeting=room.meeting, seat__isnull=False)
    return {seat: (row, column) for seat, row, column in rows.values_list("seat_id", "row", "column")}


def give(room: Room, seat: Seat, row: int | None, column: int | None) -> None:
    actions.give_chair(room.seats[Role.SECRETARY], target=seat.pk, row=row, column=column)


def test_a_hall_is_drawn_in_blocks_and_redrawn_around_its_people(hall: Room) -> None:
    assert list(HallPlace.objects.values_list("row", "column")) == [(1, 1), (1, 3), (2, 1), (2, 3)]
    chair, delegate = hall.seats[Role.CHAIR], hall.seats[Role.DELEGATE]
    give(hall, chair, 1, 1)
    give(hall, delegate, 2, 3)
    actions.draw_hall(hall.seats[Role.SECRETARY], rows=1, columns=4)
    assert sitting(hall) == {chair.pk: (1, 1)}


def test_two_people_change_places_in_one_act(hall: Room) -> None:
    chair, delegate = hall.seats[Role.CHAIR], hall.seats[Role.DELEGATE]
    give(hall, chair, 1, 1)
    give(hall, delegate, 1, 3)
    give(hall, delegate, 1, 1)
    assert sitting(hall) == {chair.pk: (1, 3), delegate.pk: (1, 1)}
    give(hall, delegate, 1, 1)
    give(hall, chair, None, None)
    assert sitting(hall) == {delegate.pk: (1, 1)}


def test_nobody_sits_on_air_and_no_screen_on_a_chair(hall: Room) -> None:
    with pytest.raises(RuleBroken):
        give(hall, hall.seats[Role.CHAIR], 1, 2)
    with pytest.raises(RuleBroken):
        give(hall, hall.seats[Role.HALL], 1, 1)
    actions.set_chair(hall.seats[Role.SECRETARY], row=1, column=2, stands=True)
    give(hall, hall.seats[Role.CHAIR], 1, 2)
    actions.set_chair(hall.seats[Role.SECRETARY], row=1, column=2, stands=False)
    assert sitting(hall) == {}


def test_the_rest_is_seated_front_to_back_by_role(hall: Room) -> None:
    give(hall, hall.seats[Role.DELEGATE], 2, 3)
    actions.fill_hall(hall.seats[Role.SECRETARY])
    seats = hall.seats
    assert sitting(hall) == {
        seats[Role.CHAIR].pk: (1, 1),
        seats[Role.SECRETARY].pk: (1, 3),
        seats[Role.INVITED].pk: (2, 1),
        seats[Role.DELEGATE].pk: (2, 3),
    }


def test_the_drawing_of_the_last_meeting_here_is_taken_over_with_its_people(room: Room) -> None:
    secretary, delegate = room.seats[Role.SECRETARY], room.seats[Role.DELEGATE]
    with pytest.raises(RuleBroken):
        actions.take_over_hall(secretary)
    earlier = MeetingFactory(place=room.meeting.place, office=room.meeting.office)
    elsewhere = MeetingFactory(place="Nơi khác", office=room.meeting.office)
    same, other = SeatFactory(meeting=earlier, person=delegate.person), SeatFactory(meeting=earlier)
    HallPlace.objects.create(meeting=earlier, row=1, column=1, seat=same)
    HallPlace.objects.create(meeting=earlier, row=1, column=2, seat=other)
    HallPlace.objects.create(meeting=elsewhere, row=9, column=9)
    actions.take_over_hall(secretary)
    assert sitting(room) == {delegate.pk: (1, 1)}
    assert HallPlace.objects.filter(meeting=room.meeting).count() == 2


def test_everybody_sees_posts_on_the_map_and_nobody_a_name(hall: Room) -> None:
    hall.at(State.LIVE)
    give(hall, hall.seats[Role.DELEGATE], 1, 1)
    for key in ("chair", "delegate", "observer", "hall"):
        shown: dict[str, Any] = projection.project_now(hall.meeting.ref, key, {"seatmap"})[1]["seatmap"]
        assert (shown["rows"], shown["columns"], len(shown["places"])) == (2, 3, 4)
        assert shown["places"][0]["post"] == "Chức vụ delegate"
        assert "Tên" not in str(shown)


@pytest.mark.parametrize(("rows", "columns"), [(0, 3), (41, 3), (3, 0), (3, 41)])
def test_a_hall_has_a_size(room: Room, rows: int, columns: int) -> None:
    with pytest.raises(RuleBroken):
        actions.draw_hall(room.seats[Role.SECRETARY], rows=rows, columns=columns)
