"""Rehearsals: who may start one, what it leaves behind (nothing), and who sees it (nobody)."""

import datetime
import uuid
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from intranet.organization import queries as organization
from intranet.organization.models import Person
from mailbox import queries as mailbox
from meetings import actions, queries, rules
from meetings.models import Meeting, Rehearsal, Role, State
from tests.factories.meetings import MeetingFactory
from tests.meetings.conftest import Room

HERE = "http://127.0.0.1:8000"


def start(room: Room, role: str = Role.SECRETARY, **changes: Any) -> Rehearsal:
    facts = {
        "meeting": room.meeting,
        "tablets": 6,
        "most": 12,
        "address": HERE,
        "is_confirmed": False,
        "command": uuid.uuid4(),
    }
    return actions.start_rehearsal(room.seats[role].person, **facts | changes)


def with_room(row: Rehearsal) -> Meeting:
    """A rehearsal under way, with its room and two tablets."""
    from meetings.actions import rehearsal

    Rehearsal.objects.filter(pk=row.pk).update(state=Rehearsal.State.RUNNING)
    row.refresh_from_db()
    made, _facts = rehearsal._open_room(row)
    rehearsal._seat_tablets(made, row, first=1, last=2)
    row.refresh_from_db()
    return made


def left_behind() -> tuple[int, int, int]:
    """Rooms, lent accounts and sessions that are still there."""
    return (
        Meeting.objects.filter(is_rehearsal=True).count(),
        Person.objects.filter(is_stand_in=True).count(),
        Session.objects.filter(session_key__startswith="dientap").count(),
    )


def test_secretary_starts_one_in_the_background_and_it_is_logged(room: Room) -> None:
    row = start(room)
    assert (row.state, row.is_open, row.tablets) == ("waiting", True, 6)
    queued = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert {"meetings.tasks.rehearse", "meetings.tasks.clear_rehearsals"} <= queued
    entry = Entry.objects.get(chain=f"meeting:{room.meeting.pk}")
    assert (entry.action, entry.facts["tablets"]) == ("meetings.rehearse", 6)


def test_pressing_twice_starts_one(room: Room) -> None:
    command = uuid.uuid4()
    assert start(room, command=command).pk == start(room, command=command).pk
    assert Rehearsal.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SECRETARY])
def test_other_seats_may_not(room: Room, role: str) -> None:
    with pytest.raises(RuleBroken):
        start(room, role)
    assert room.client(role).get(f"/hop/{room.meeting.ref}/dien-tap/").status_code == 404


def test_one_at_a_time_on_the_whole_server(room: Room) -> None:
    first = start(room)
    with pytest.raises(RuleBroken):
        start(room)
    actions.stop_rehearsal(room.seats[Role.SECRETARY].person, first)
    first.refresh_from_db()
    assert (first.state, first.is_open) == ("cancelled", False)
    assert start(room).pk != first.pk


def test_meeting_in_session_is_disturbed_only_when_confirmed(room: Room) -> None:
    MeetingFactory(state=State.LIVE, opened_at=timezone.now())
    with pytest.raises(RuleBroken):
        start(room)
    assert start(room, is_confirmed=True).is_open


def test_meeting_that_is_over_is_not_rehearsed(room: Room) -> None:
    room.at(State.CLOSED)
    with pytest.raises(RuleBroken):
        start(room)


@pytest.mark.parametrize(("tablets", "most"), [(0, 5), (6, 5), (10, 2001)])
def test_numbers_are_bounded(room: Room, tablets: int, most: int) -> None:
    with pytest.raises(RuleBroken):
        start(room, tablets=tablets, most=most)


@pytest.mark.parametrize(
    "address",
    [
        "http://evil.example",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://evil.example#127.0.0.1",
        "http://127.0.0.1:80\\@evil.example",
        "http://127.0.0.1/tep/",
        "http://127.0.0.1\r\nHost: evil",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "//127.0.0.1",
        "http://",
        "",
    ],
)
def test_only_the_sites_own_address_is_called(address: str) -> None:
    with pytest.raises(RuleBroken):
        rules.check_own_address(address, ["dinh.local", "*"])


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:24000",
        "http://localhost",
        "https://dinh.local:8443",
        "http://[::1]:80",
        "http://DINH.local",
    ],
)
def test_own_addresses_are_called(address: str) -> None:
    rules.check_own_address(address, ["dinh.local"])


def test_room_is_removed_with_its_sessions_and_accounts(room: Room) -> None:
    row = start(room)
    with_room(row)
    assert left_behind() == (1, 3, 3)
    Rehearsal.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=61))
    actions.clear_rehearsals()
    row.refresh_from_db()
    assert left_behind() == (0, 0, 0)
    assert (row.state, row.trouble, row.is_open, row.room_id) == ("failed", "killed", False, None)
    assert Entry.objects.filter(action="meetings.end_rehearsal").count() == 1


def test_next_start_clears_what_a_killed_one_left(room: Room) -> None:
    with_room(start(room))
    Rehearsal.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=2))
    assert start(room).is_open
    assert left_behind() == (0, 0, 0)


def test_one_under_way_is_not_cleared(room: Room) -> None:
    with_room(start(room))
    actions.clear_rehearsals()
    assert left_behind() == (1, 3, 3)


def test_where_nobody_answers_it_says_so_and_leaves_nothing(room: Room) -> None:
    row = start(room, address="http://127.0.0.1:9", in_background=False)
    actions.rehearse(row.pk)
    row.refresh_from_db()
    assert (row.state, row.trouble, row.is_open) == ("failed", "unreachable", False)
    assert left_behind() == (0, 0, 0)


def test_held_twice_it_is_held_once(room: Room) -> None:
    row = start(room, address="http://127.0.0.1:9")
    actions.rehearse(row.pk)
    actions.rehearse(row.pk)
    assert Entry.objects.filter(action="meetings.end_rehearsal").count() == 1


def test_stopped_before_its_turn_it_is_never_held(room: Room) -> None:
    row = start(room)
    actions.stop_rehearsal(room.seats[Role.SECRETARY].person, row)
    actions.rehearse(row.pk)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert left_behind() == (0, 0, 0)


def test_room_and_tablets_are_seen_by_nobody(room: Room) -> None:
    made = with_room(start(room))
    tablet = Person.objects.filter(is_stand_in=True).first()
    assert tablet is not None
    for seat in room.seats.values():
        assert made.ref not in [other.meeting.ref for other in queries.seats_of(seat.person)]
        assert room.client(seat.role).get(f"/hop/{made.ref}/").status_code == 404
    assert tablet not in organization.people_matching("")
    assert tablet not in organization.active_people([tablet.pk])
    assert queries.find_people("dientap", meeting=room.meeting) == []
    assert mailbox.suggestions(room.seats[Role.SECRETARY].person, "dientap") == []
    assert not queries.is_any_live()


def test_sessions_of_tablets_open_their_room_and_nothing_else(room: Room) -> None:
    from django.conf import settings

    made = with_room(start(room))
    session = Session.objects.filter(session_key__startswith="dientap").order_by("expire_date").last()
    assert session is not None
    assert session.expire_date < timezone.now() + datetime.timedelta(minutes=11)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert client.get(f"/hop/{made.ref}/phong/").status_code == 200
    assert client.get(f"/hop/{room.meeting.ref}/phong/").status_code == 404
    assert client.get("/admin/").status_code == 302


def test_page_starts_shows_and_stops(room: Room) -> None:
    client, path = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/dien-tap/"
    assert client.get(path).context["form"].initial["tablets"] == 6
    answer = client.post(path, {"command": str(uuid.uuid4()), "tablets": 5, "most": 10})
    assert answer.status_code == 302
    row = Rehearsal.objects.get()
    assert (row.address, row.tablets, row.most) == ("http://testserver", 5, 10)
    page = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in page
    assert "<html" not in page
    assert client.post(f"{path}dung/").status_code == 302
    row.refresh_from_db()
    assert not row.is_open
    assert "hx-trigger" not in client.get(path).content.decode()
    assert client.get(path, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_page_says_why_it_was_refused(room: Room) -> None:
    client, path = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/dien-tap/"
    answer = client.post(path, {"command": str(uuid.uuid4()), "tablets": "nhiều", "most": 10})
    assert answer.status_code == 400
    assert Rehearsal.objects.count() == 0


def test_preparation_leads_there_only_who_may(room: Room) -> None:
    link = f"/hop/{room.meeting.ref}/dien-tap/"
    assert link in room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/chuan-bi/").content.decode()
    assert link not in room.client(Role.CHAIR).get(f"/hop/{room.meeting.ref}/chuan-bi/").content.decode()
