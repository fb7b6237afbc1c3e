"""Attendance: stays that never overlap, corrected times, and the quorum that follows for any minute."""

import datetime
import itertools
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from intranet.lib.errors import RuleBroken
from meetings import actions, queries, rules
from meetings.live import projection
from meetings.models import Attendance, Meeting, Noted, Role, Seat, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

BEGAN = datetime.timedelta(hours=2)


@pytest.fixture
def session(room: Room) -> Room:
    """In session for two hours."""
    room.at(State.LIVE)
    room.meeting.opened_at = timezone.now() - BEGAN
    room.meeting.save(update_fields=["opened_at"])
    return room


def minutes_ago(minutes: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(minutes=minutes)


def shown(room: Room, key: str = "secretary") -> dict[str, Any]:
    section: dict[str, Any] = projection.project_now(room.meeting.ref, key, {"attendance"})[1]["attendance"]
    return section


def test_coming_going_and_returning_are_two_stays(session: Room) -> None:
    delegate = session.seats[Role.DELEGATE]
    for act in (actions.arrive, actions.arrive, actions.leave, actions.leave, actions.arrive):
        act(delegate)
    first, second = queries.stays_of(delegate)
    assert first.left_at is not None
    assert (first.left_at <= second.arrived_at, second.left_at) == (True, None)
    assert (first.arrival_noted, first.leaving_noted) == (Noted.TAP, Noted.TAP)


def test_the_secretary_notes_and_corrects_times(session: Room) -> None:
    secretary, delegate = session.seats[Role.SECRETARY], session.seats[Role.DELEGATE]
    actions.note_arrival(secretary, target=delegate.pk)
    actions.note_arrival(secretary, target=delegate.pk, at=minutes_ago(50))
    actions.note_leaving(secretary, target=delegate.pk)
    actions.note_leaving(secretary, target=delegate.pk, at=minutes_ago(30))
    actions.note_arrival(secretary, target=delegate.pk, at=minutes_ago(10))
    lengths = [(stay.arrived_at, stay.left_at) for stay in queries.stays_of(delegate)]
    assert len(lengths) == 2
    for minutes, here in [(55, False), (45, True), (20, False), (5, True)]:
        assert (delegate.pk in queries.attending(session.meeting, minutes_ago(minutes))) == here


@pytest.mark.parametrize(
    ("act", "minutes"),
    [
        ("note_arrival", -5),
        ("note_arrival", 60 * 30),
        ("note_arrival", 45),
        ("note_leaving", 65),
        ("note_leaving", -5),
    ],
)
def test_times_that_cannot_be_are_refused(session: Room, act: str, minutes: int) -> None:
    secretary, delegate = session.seats[Role.SECRETARY], session.seats[Role.DELEGATE]
    actions.note_arrival(secretary, target=delegate.pk, at=minutes_ago(60))
    actions.note_leaving(secretary, target=delegate.pk, at=minutes_ago(40))
    before = list(Attendance.objects.values())
    with pytest.raises(RuleBroken):
        getattr(actions, act)(secretary, target=delegate.pk, at=minutes_ago(minutes))
    assert list(Attendance.objects.values()) == before


def test_a_time_in_the_minute_of_the_arrival_is_the_arrival(session: Room) -> None:
    secretary, delegate = session.seats[Role.SECRETARY], session.seats[Role.DELEGATE]
    actions.arrive(delegate)
    stay = Attendance.objects.get()
    whole = stay.arrived_at.replace(second=0, microsecond=0)
    actions.note_leaving(secretary, target=delegate.pk, at=whole)
    stay.refresh_from_db()
    assert stay.left_at == stay.arrived_at


def test_an_arrival_noted_by_mistake_has_never_been(session: Room) -> None:
    secretary, delegate = session.seats[Role.SECRETARY], session.seats[Role.DELEGATE]
    actions.note_arrival(secretary, target=delegate.pk)
    for _press in range(2):
        actions.cancel_arrival(secretary, target=delegate.pk)
    assert not Attendance.objects.exists()
    with pytest.raises(RuleBroken):
        actions.note_leaving(secretary, target=delegate.pk)


def test_nobody_comes_before_the_doors_open(room: Room) -> None:
    delegate = room.seats[Role.DELEGATE]
    room.meeting.starts_at = timezone.now() + rules.DOORS_OPEN + datetime.timedelta(minutes=1)
    room.meeting.ends_at = room.meeting.starts_at + BEGAN
    room.meeting.save()
    with pytest.raises(RuleBroken):
        actions.arrive(delegate)
    room.meeting.starts_at -= datetime.timedelta(minutes=2)
    room.meeting.save()
    actions.arrive(delegate)
    assert queries.attending(room.meeting) == {delegate.pk}


def test_a_hall_screen_is_not_a_person(session: Room) -> None:
    with pytest.raises(RuleBroken):
        actions.note_arrival(session.seats[Role.SECRETARY], target=session.seats[Role.HALL].pk)


def test_the_database_keeps_one_open_stay_for_a_seat(session: Room) -> None:
    row = {"meeting": session.meeting, "seat": session.seats[Role.DELEGATE], "name": "x"}
    Attendance.objects.create(arrived_at=minutes_ago(5), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(arrived_at=minutes_ago(1), **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(arrived_at=minutes_ago(1), left_at=minutes_ago(2), **row)


def test_the_end_of_the_meeting_ends_every_stay_and_the_log_remains(session: Room) -> None:
    chair, delegate = session.seats[Role.CHAIR], session.seats[Role.DELEGATE]
    actions.arrive(chair)
    actions.arrive(delegate)
    during = timezone.now()
    actions.close_meeting(chair)
    assert queries.attending(session.meeting) == set()
    assert queries.attending(session.meeting, during) == {chair.pk, delegate.pk}
    assert {stay.leaving_noted for stay in Attendance.objects.all()} == {Noted.CLOSE}


def test_taking_the_seat_away_ends_the_stay_and_keeps_the_name(session: Room) -> None:
    delegate = session.seats[Role.DELEGATE]
    actions.arrive(delegate)
    actions.unseat(session.seats[Role.SECRETARY], target=delegate.pk)
    stay = Attendance.objects.get()
    assert (stay.seat, stay.name, stay.left_at is None) == (None, "Tên Đại Biểu", False)


@pytest.mark.parametrize(
    ("share", "of", "need"),
    [
        *[("half", 10, 6), ("half", 11, 6), ("half", 1, 1), ("half", 0, 1)],
        *[("two_thirds", 9, 6), ("two_thirds", 10, 7), ("two_thirds", 1, 1)],
        *[("three_quarters", 11, 9), ("all", 7, 7)],
    ],
)
def test_the_quorum_is_that_of_the_rule(share: str, of: int, need: int) -> None:
    assert rules.needed(of, rules.QUORUM_SHARES[share]) == need


def test_quorum_counts_those_with_a_vote_and_says_by_what_rule(session: Room) -> None:
    secretary = session.seats[Role.SECRETARY]
    others = [SeatFactory(meeting=session.meeting) for _seat in range(2)]
    actions.set_quorum(secretary, share="two_thirds", basis="Điều 40 Quy chế làm việc")
    for seat in (session.seats[Role.CHAIR], others[0], secretary, session.seats[Role.OBSERVER]):
        actions.arrive(seat)
    quorum = shown(session)["quorum"]
    assert (quorum["have"], quorum["of"], quorum["need"], quorum["met"]) == (2, 4, 3, False)
    assert (quorum["share"], quorum["basis"]) == ("two_thirds", "Điều 40 Quy chế làm việc")
    actions.arrive(others[1])
    assert shown(session)["quorum"]["met"]
    actions.note_leaving(secretary, target=others[0].pk)
    assert not shown(session)["quorum"]["met"]


def test_times_are_for_those_who_lead_and_presence_for_everybody(session: Room) -> None:
    actions.arrive(session.seats[Role.DELEGATE])
    for key in ("chair", "secretary", "delegate", "observer", "invited:", "hall"):
        section = shown(session, key)
        assert section["attending"] == [session.seats[Role.DELEGATE].pk]
        assert ("stays" in section) == (key in ("chair", "secretary"))
    assert shown(session, "hall")["counts"] == {"attending": 1, "of": 5}


def test_a_time_is_written_as_the_clock_of_the_meeting_shows_it(session: Room) -> None:
    at = timezone.localtime(minutes_ago(20))
    answer = session.client(Role.SECRETARY).post(
        f"/hop/{session.meeting.ref}/lenh/note_arrival/",
        {
            "command": "7a0f0e3e-8c6e-4b8f-9c36-0f3a6a3c1d11",
            "target": session.seats[Role.DELEGATE].pk,
            "at": f"{at:%H:%M}",
        },
    )
    assert answer.status_code == 200, answer.content
    assert Attendance.objects.get().arrived_at == at.replace(second=0, microsecond=0)


class Door(RuleBasedStateMachine):
    """However people come and go and are corrected: the log has no overlap, and quorum is what it says."""

    meeting: Meeting
    seats: list[Seat]
    secretary: Seat
    began: datetime.datetime

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.saved)

    @initialize(share=st.sampled_from(sorted(rules.QUORUM_SHARES)))
    def rule_of_the_house(self, share: str) -> None:
        actions.set_quorum(self.secretary, share=share, basis="")
        self.share = share

    who = st.integers(0, 3)
    minute = st.integers(-1, 30)

    @rule(who=who)
    def comes(self, who: int) -> None:
        actions.arrive(self.seats[who])

    @rule(who=who)
    def goes(self, who: int) -> None:
        actions.leave(self.seats[who])

    @rule(act=st.sampled_from(["note_arrival", "note_leaving"]), who=who, minute=minute, now=st.booleans())
    def is_noted(self, act: str, who: int, minute: int, now: bool) -> None:
        at = None if now else self.began + datetime.timedelta(minutes=minute)
        before = self.log()
        try:
            with transaction.atomic():
                getattr(actions, act)(self.secretary, target=self.seats[who].pk, at=at)
        except RuleBroken:
            assert self.log() == before

    @rule(who=who)
    def was_a_mistake(self, who: int) -> None:
        actions.cancel_arrival(self.secretary, target=self.seats[who].pk)

    def log(self) -> list[tuple[int | None, datetime.datetime, datetime.datetime | None]]:
        return list(Attendance.objects.order_by("pk").values_list("seat_id", "arrived_at", "left_at"))

    @invariant()
    def nobody_is_here_twice(self) -> None:
        now = timezone.now()
        by_seat: dict[int | None, list[tuple[datetime.datetime, datetime.datetime | None]]] = {}
        for seat, arrived, left in self.log():
            assert self.began <= arrived <= (left or now) <= now
            by_seat.setdefault(seat, []).append((arrived, left))
        for stays in by_seat.values():
            stays.sort(key=lambda stay: (stay[0], stay[1] is None, stay[1]))
            for (_arrived, left), (following, _left) in itertools.pairwise(stays):
                assert left is not None
                assert left <= following

    @invariant()
    def quorum_of_every_minute_is_that_of_the_log(self) -> None:
        numerator, denominator, exceeds = {
            "half": (1, 2, True),
            "two_thirds": (2, 3, False),
            "three_quarters": (3, 4, False),
            "all": (1, 1, False),
        }[self.share]
        log = self.log()
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        for minute in range(0, 31, 3):
            at = self.began + datetime.timedelta(minutes=minute)
            here = {seat for seat, arrived, left in log if arrived <= at and (left is None or at < left)}
            share = len(here) * denominator - 4 * numerator
            quorum = queries.quorum(meeting, at)
            assert quorum.is_met == (share > 0 if exceeds else share >= 0)
            assert (quorum.have, quorum.of) == (len(here), 4)


def test_whatever_happens_at_the_door_the_log_and_the_quorum_stay_true(session: Room) -> None:
    session.meeting.starts_at = minutes_ago(30) + rules.DOORS_OPEN
    session.meeting.ends_at = session.meeting.starts_at + BEGAN
    session.meeting.opened_at = minutes_ago(25)
    session.meeting.save()
    voters = [session.seats[Role.CHAIR], session.seats[Role.DELEGATE]]
    voters += [SeatFactory(meeting=session.meeting) for _seat in range(2)]
    facts = {
        "meeting": session.meeting,
        "seats": voters,
        "secretary": session.seats[Role.SECRETARY],
        "began": rules.open_from(session.meeting),
    }
    machine = type("DoorOfThisRoom", (Door,), facts)
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=15))
