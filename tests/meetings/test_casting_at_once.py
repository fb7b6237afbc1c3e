"""Ballots from several processes at once, against the close, and from a process that is killed."""

import random
import signal
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from intranet.lib.errors import Absent
from meetings import actions
from meetings.models import Cast, Poll, Seat
from tests.meetings.casting import answers, go, process
from tests.meetings.test_ballot_secrecy import CHOICES, hall


def opened(chair: Seat, **paper: Any) -> int:
    poll = int(actions.add_poll(chair, title="Thông qua", **paper)["poll"])
    actions.open_poll(chair, poll=poll)
    return poll


def counted(chair: Seat, poll: int) -> int:
    """How many ballots the closed vote has, by the result and by the roll."""
    actions.close_poll(chair, poll=poll)
    row = Poll.objects.get(pk=poll)
    assert row.counts is not None
    assert sum(row.counts.values()) == row.ballots == Cast.objects.filter(poll=poll).count()
    return row.ballots


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["named", "secret"])
def test_fifty_casts_of_one_person_over_two_processes_are_one_ballot(form: str) -> None:
    _meeting, chair, seats = hall(3)
    poll = opened(chair, form=form)
    jobs = [(seats[1].pk, poll, CHOICES[n % 3], str(uuid.uuid4())) for n in range(50)]
    with process(jobs[:25], at_once=True) as one, process(jobs[25:], at_once=True) as two:
        go(one)
        go(two)
        told = [*answers(one).values(), *answers(two).values()]
    assert len(told) == 50
    assert [receipt for receipt in told if receipt] == [Cast.objects.get(poll=poll).receipt]
    assert counted(chair, poll) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["named", "secret"])
def test_a_ballot_is_confirmed_and_counted_or_refused_when_the_vote_is_closed_meanwhile(form: str) -> None:
    _meeting, chair, seats = hall(41)
    poll = opened(chair, form=form)
    jobs = [(seat.pk, poll, "agree", str(uuid.uuid4())) for seat in seats[1:]]
    with process(jobs[:20], at_once=True) as one, process(jobs[20:], at_once=True) as two:
        go(one)
        go(two)
        while Cast.objects.filter(poll=poll).count() < 5:
            time.sleep(0.002)
        number = counted(chair, poll)
        told = [*answers(one).values(), *answers(two).values()]
    confirmed = {receipt for receipt in told if receipt}
    assert len(told) == 40
    assert len(confirmed) == number == len([receipt for receipt in told if receipt])
    assert confirmed == set(Cast.objects.filter(poll=poll).values_list("receipt", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["named", "secret"])
def test_a_killed_process_takes_no_confirmed_ballot_with_it_and_leaves_no_half_one(form: str) -> None:
    dice = random.Random(7)  # noqa: S311
    _meeting, chair, seats = hall(60)
    poll = opened(chair, form=form)
    jobs = [(seat.pk, poll, dice.choice(CHOICES), str(uuid.uuid4())) for seat in seats]
    confirmed: dict[int, str] = {}
    for _round in range(2):
        with process(jobs, at_once=False) as child:
            go(child)
            before = Cast.objects.filter(poll=poll).count()
            while Cast.objects.filter(poll=poll).count() < before + 8:
                time.sleep(dice.random() * 0.005)
            child.send_signal(signal.SIGKILL)
            told = answers(child)
        for place, receipt in told.items():
            assert confirmed.setdefault(place, receipt) == receipt
    kept = dict(Cast.objects.filter(poll=poll).values_list("voter__seat_id", "receipt"))
    assert all(kept[seats[place].pk] == receipt for place, receipt in confirmed.items())
    for seat, (_pk, _poll, choice, command) in zip(seats, jobs, strict=True):
        actions.cast_vote(seat, poll=poll, choice=choice, command=uuid.UUID(command))
    assert counted(chair, poll) == len(seats)
    wanted = {option: sum(choice == option for _seat, _poll, choice, _number in jobs) for option in CHOICES}
    assert Poll.objects.get(pk=poll).counts == wanted


def beside(run: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """Start it on a connection of its own, and wait until the database makes it wait for this one."""
    told: list[Any] = []

    def work() -> None:
        try:
            told.append(run())
        except Exception as error:
            told.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    until = time.monotonic() + 10
    while time.monotonic() < until and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                break
        time.sleep(0.01)
    return thread, told


@pytest.mark.only_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["named", "secret"])
def test_a_seat_that_is_being_taken_away_casts_nothing_and_is_told_so(form: str) -> None:
    _meeting, chair, seats = hall(5)
    poll = opened(chair, form=form)
    with transaction.atomic():
        actions.unseat(chair, target=seats[2].pk)
        thread, told = beside(
            lambda: actions.cast_vote(seats[2], poll=poll, choice="agree", command=uuid.uuid4())
        )
    thread.join()
    assert isinstance(told[0], Absent), told
    assert counted(chair, poll) == 0


@pytest.mark.only_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["named", "secret"])
def test_a_ballot_that_is_being_cast_is_counted_and_then_the_seat_is_taken_away(form: str) -> None:
    _meeting, chair, seats = hall(5)
    poll = opened(chair, form=form)
    with transaction.atomic():
        actions.cast_vote(seats[2], poll=poll, choice="agree", command=uuid.uuid4())
        thread, told = beside(lambda: actions.unseat(chair, target=seats[2].pk))
    thread.join()
    assert told == [None], told
    assert not Seat.objects.filter(pk=seats[2].pk).exists()
    assert Cast.objects.get(poll=poll).by_id is None
    assert counted(chair, poll) == 1
