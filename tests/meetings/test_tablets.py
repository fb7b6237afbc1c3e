"""How the tablets are, for who helps; and a screen that is asked to load its page anew."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.lib.errors import Absent
from meetings import actions, queries
from meetings.live import projection
from meetings.models import Meeting, Role, Seat, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


def told(room: Room, role: str = Role.SECRETARY) -> Any:
    return room.client(role).get(f"/hop/{room.meeting.ref}/may-tinh-bang/")


def connect(room: Room, *roles: str, process: str = "p1") -> None:
    actions.note_presence(room.meeting.ref, process, [room.seats[role].person_id for role in roles])


@pytest.mark.parametrize("role", Role.values)
def test_only_those_who_lead_are_told_how_the_tablets_are(room: Room, role: str) -> None:
    assert told(room, role).status_code == (200 if role in (Role.CHAIR, Role.SECRETARY) else 404)


def test_after_the_meeting_nobody_is_told(room: Room) -> None:
    assert told(room.at(State.CLOSED)).status_code == 404


def test_every_seat_is_there_with_its_line_and_since_when(room: Room) -> None:
    connect(room, Role.DELEGATE, Role.HALL)
    connect(room, Role.HALL)
    rows = {row["seat"]: row for row in told(room).json()["tablets"]}
    assert rows.keys() == {seat.pk for seat in room.seats.values()}
    states = {
        role: (rows[seat.pk]["connected"], rows[seat.pk]["since"] is not None)
        for role, seat in room.seats.items()
    }
    assert states == dict.fromkeys(room.seats, (False, False)) | {
        Role.DELEGATE: (False, True),
        Role.HALL: (True, True),
    }
    assert all(row["lines"] == [] for row in rows.values())


def test_since_when_changes_only_when_the_seat_comes_or_goes(room: Room) -> None:
    seat = room.seats[Role.DELEGATE]
    connect(room, Role.DELEGATE)
    seat.refresh_from_db()
    since = seat.line_at
    connect(room, Role.DELEGATE, process="p2")
    connect(room, process="p1")
    connect(room, Role.DELEGATE, Role.CHAIR, process="p2")
    seat.refresh_from_db()
    assert seat.line_at == since
    connect(room, process="p2")
    seat.refresh_from_db()
    assert seat.line_at is not None and since is not None and seat.line_at > since


def test_keeping_the_lines_known_writes_no_seat(room: Room) -> None:
    connect(room, Role.DELEGATE, Role.CHAIR)
    with CaptureQueriesContext(connection) as asked:
        connect(room, Role.DELEGATE, Role.CHAIR)
    assert not [query for query in asked if 'UPDATE "meetings_seat"' in query["sql"]]
    assert Meeting.objects.get(pk=room.meeting.pk).revision == 1


def test_the_answer_costs_the_same_for_every_size(room: Room) -> None:
    told(room)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            told(room)
        costs.append(len(asked))
        SeatFactory.create_batch(3, meeting=room.meeting)
    assert costs[0] == costs[1]


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.OBSERVER, Role.HALL])
def test_a_screen_finds_under_its_own_sign_that_it_is_to_load_anew(room: Room, role: str) -> None:
    seat, key = room.seats[role], str(role)
    assert "load" not in projection.project_now(room.meeting.ref, key, {"signals"})[1]["signals"]
    actions.ask_to_load(room.seats[Role.SECRETARY], target=seat.pk)
    revision, sections = projection.project_now(room.meeting.ref, key, {"signals"})
    assert sections["signals"]["load"] == {queries.sign_of(seat.pk): revision}
    assert queries.sections_since(room.meeting.ref, revision - 1) == {"signals"}


def test_no_seat_of_another_meeting_is_asked(room: Room) -> None:
    other = SeatFactory()
    with pytest.raises(Absent):
        actions.ask_to_load(room.seats[Role.SECRETARY], target=other.pk)
    assert not Seat.objects.filter(load_from__gt=0).exists()
