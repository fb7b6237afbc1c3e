"""The gate: numbers without gaps, in the order of the commits, whoever writes at the same time."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection

from intranet.audit.models import Entry
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries, revisions
from meetings.models import AgendaItem, Command, Message, Revision, Role, Seat, State
from tests.meetings.conftest import Room


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in threads that begin together; the result of each, or what it raised."""
    barrier = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_numbers_are_gap_free_under_twelve_writers(room: Room) -> None:
    room.at(State.LIVE)
    seats = [room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE)] * 4

    def write(place: int, seat: Seat) -> Callable[[], Any]:
        fresh = Seat.objects.select_related("person").get(pk=seat.pk)
        return lambda: [actions.post_message(fresh, text=f"{place}-{turn}") for turn in range(3)]

    results = at_once([write(place, seat) for place, seat in enumerate(seats)])
    assert not [result for result in results if isinstance(result, Exception)]
    room.meeting.refresh_from_db()
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 37))
    assert room.meeting.revision == 36
    assert Message.objects.count() == 36
    logged = Entry.objects.filter(chain=f"meeting:{room.meeting.pk}").order_by("number")
    assert [entry.facts["revision"] for entry in logged] == numbers


@pytest.mark.django_db(transaction=True)
def test_two_who_press_next_at_once_move_the_agenda_one_item(room: Room) -> None:
    room.at(State.LIVE)
    first, second, third, _sub = room.items
    actions.go_to_item(room.seats[Role.CHAIR], item=first.pk, expected_item=None)
    chair, secretary = (
        Seat.objects.select_related("person").get(pk=room.seats[role].pk)
        for role in (Role.CHAIR, Role.SECRETARY)
    )
    results = at_once(
        [
            lambda: actions.go_to_item(chair, item=second.pk, expected_item=first.pk),
            lambda: actions.go_to_item(secretary, item=third.pk, expected_item=first.pk),
        ]
    )
    assert [type(result) for result in results if result is not None] == [RuleBroken]
    assert AgendaItem.objects.filter(state="current").count() == 1
    assert AgendaItem.objects.filter(state="done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_command_sent_five_times_at_once_is_done_once(room: Room) -> None:
    room.at(State.LIVE)
    command = uuid.uuid4()

    def send() -> dict[str, Any]:
        seat = queries.seat_for(room.seats[Role.DELEGATE].person, room.meeting.ref)
        return actions.once(
            seat,
            command=command,
            act="post_message",
            content={"text": "một"},
            run=lambda: actions.post_message(seat, text="một"),
        )

    answers = at_once([send] * 5)
    assert all(answer == answers[0] for answer in answers), answers
    assert (Message.objects.count(), Command.objects.count(), Revision.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_convening_twice_at_once_makes_one_meeting(room: Room) -> None:
    person = room.meeting.convened_by
    person.is_superuser = True
    person.save(update_fields=["is_superuser"])
    command = uuid.uuid4()

    def convene() -> str:
        return actions.convene(
            person,
            title="Họp",
            place="Hội trường",
            office=room.meeting.office,
            starts_at=room.meeting.starts_at,
            ends_at=room.meeting.ends_at,
            command=command,
        ).ref

    refs = at_once([convene] * 3)
    assert len(set(refs)) == 1
    assert isinstance(refs[0], str)


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_inside_an_act_leaves_neither_the_act_nor_its_answer(room: Room) -> None:
    seat = room.at(State.LIVE).seats[Role.DELEGATE]
    command = uuid.uuid4()

    def die() -> None:
        actions.post_message(seat, text="nửa chừng")
        raise SystemExit

    def send(run: Callable[[], Any]) -> dict[str, Any]:
        return actions.once(seat, command=command, act="post_message", content={}, run=run)

    with pytest.raises(SystemExit):
        send(die)
    room.meeting.refresh_from_db()
    assert (room.meeting.revision, Message.objects.count(), Command.objects.count()) == (0, 0, 0)
    assert send(lambda: actions.post_message(seat, text="lại"))["revision"] == 1


def test_a_seat_lost_a_moment_ago_may_nothing_under_the_lock(room: Room) -> None:
    seat = room.at(State.LIVE).seats[Role.DELEGATE]
    Seat.objects.filter(pk=seat.pk).delete()
    with pytest.raises(Absent):
        actions.post_message(seat, text="muộn")
    room.meeting.refresh_from_db()
    assert room.meeting.revision == 0


def test_a_role_lowered_a_moment_ago_is_the_one_that_counts(room: Room) -> None:
    seat = room.at(State.LIVE).seats[Role.SECRETARY]
    Seat.objects.filter(pk=seat.pk).update(role=Role.OBSERVER)
    with pytest.raises(RuleBroken):
        actions.close_meeting(seat)


def test_a_revision_from_the_future_or_dropped_is_not_known(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, chair = room.at(State.LIVE).meeting.ref, room.seats[Role.CHAIR]
    assert queries.sections_since(ref, 0) == set()
    assert queries.sections_since(ref, 1) is None
    monkeypatch.setattr(revisions, "KEPT", 10)
    for number in range(101):
        actions.post_message(chair, text=str(number))
    assert queries.sections_since(ref, 100) == {"messages"}
    assert queries.sections_since(ref, 90) == {"messages"}
    assert queries.sections_since(ref, 89) is None


def test_presence_is_numbered_only_when_somebody_comes_or_goes(room: Room) -> None:
    ref, chair = room.meeting.ref, room.seats[Role.CHAIR]
    actions.note_presence(ref, "p1", [chair.person_id, 999_999])
    actions.note_presence(ref, "p1", [chair.person_id])
    actions.note_presence(ref, "p2", [])
    room.meeting.refresh_from_db()
    assert room.meeting.revision == 1
    assert queries.present_seats(room.meeting.pk) == {chair.pk}
    actions.note_presence(ref, "p1", [])
    room.meeting.refresh_from_db()
    assert room.meeting.revision == 2
    assert queries.present_seats(room.meeting.pk) == set()
    assert not Entry.objects.exists()


def test_what_a_killed_process_said_runs_out(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from meetings.actions import presence

    ref, chair, delegate = room.meeting.ref, room.seats[Role.CHAIR], room.seats[Role.DELEGATE]
    actions.note_presence(ref, "killed", [delegate.person_id])
    monkeypatch.setattr(presence, "GONE_AFTER", datetime.timedelta(seconds=-1))
    actions.note_presence(ref, "alive", [chair.person_id])
    assert queries.present_seats(room.meeting.pk) == {chair.pk}
