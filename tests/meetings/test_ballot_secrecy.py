"""The attack on secret ballots: somebody who holds the whole database, its files and its journal.

The attacker knows who pressed and in which order, and looks for one row or one place in a file for each
ballot that can be matched with a voter. The same is tried on a leaky urn, where it must find everybody: a
test that cannot fail shows nothing.
"""

import datetime
import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from meetings import actions
from meetings.actions.polls import urn
from meetings.models import Attendance, Cast, Meeting, Poll, Role, Seat, State, Urn
from tests.factories.meetings import MeetingFactory, SeatFactory

POLLS, VOTERS = 30, 100
CHOICES = ("agree", "disagree", "none")
RECEIPT = re.compile(rb"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}")
BALLOT = re.compile(rb'\{\s*"?(agree|disagree|none)"?\s*:\s*1\s*\}')

Row = dict[str, Any]
Guesses = dict[int, str]
"""What the attacker says each voter (by key of the cast) has voted."""


def hall(voters: int) -> tuple[Meeting, Seat, list[Seat]]:
    """A meeting in session, its chair, and all who have a vote and are here; the chair is one of them."""
    now = timezone.now()
    meeting = MeetingFactory(state=State.LIVE, opened_at=now, starts_at=now - datetime.timedelta(minutes=5))
    chair = SeatFactory(meeting=meeting, role=Role.CHAIR)
    seats = [chair, *SeatFactory.create_batch(voters - 1, meeting=meeting)]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, name=str(seat.person), arrived_at=now, arrival_noted="tap")
        for seat in seats
    )
    return meeting, chair, seats


def vote_secretly(chair: Seat, seats: list[Seat], dice: random.Random) -> dict[int, str]:
    """One secret vote with everybody in an order of chance; the truth by key of the cast."""
    poll = actions.add_poll(chair, title="Phiếu kín", form="secret", quorum_numerator=1, quorum_denominator=9)
    actions.open_poll(chair, poll=poll["poll"])
    truth = {}
    for seat in dice.sample(seats, len(seats)):
        choice = dice.choice(CHOICES)
        actions.cast_vote(seat, poll=poll["poll"], choice=choice, command=uuid.uuid4())
        truth[seat.pk] = choice
    actions.close_poll(chair, poll=poll["poll"])
    casts = Cast.objects.filter(poll_id=poll["poll"]).values_list("pk", "voter__seat_id")
    return {pk: truth[seat] for pk, seat in casts}


# ── the attacker ─────────────────────────────────────────────────────────────


def every_row() -> dict[str, list[Row]]:
    """All tables, with where each row lies and which transaction wrote it."""
    on_postgresql = connection.vendor == "postgresql"
    hidden = "xmin::text::bigint AS _xmin, ctid::text AS _place" if on_postgresql else "rowid AS _place"
    tables = {}
    with connection.cursor() as cursor:
        # The search index keeps no rows of its own place; it holds pages of the portal.
        names = [name for name in connection.introspection.table_names(cursor) if "_fts" not in name]
        for table in names:
            cursor.execute(f'SELECT {hidden}, t.* FROM "{table}" t')  # noqa: S608
            columns = [column[0] for column in cursor.description]
            tables[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return tables


def says_one_ballot(row: Row) -> str:
    """The choice a row states, when it states exactly one."""
    found = {
        match
        for value in row.values()
        for match in re.findall(r"\b(agree|disagree|none)\b", value if isinstance(value, str) else "")
    }
    return found.pop() if len(found) == 1 else ""


def place(row: Row) -> tuple[int, ...]:
    """Where the row lies, as numbers."""
    return tuple(int(part) for part in re.findall(r"\d+", str(row["_place"])))


def bits(value: Any) -> int | None:
    """A UUID as a number, for those that carry a time."""
    try:
        return uuid.UUID(str(value)).int
    except ValueError:
        return None


def by_value(casts: list[Row], ballots: list[Row]) -> Iterator[Guesses]:
    """Any value both rows have: a key, a moment, a transaction."""
    columns = set().union(*casts), set().union(*ballots)
    for mine in columns[0]:
        for theirs in columns[1]:
            index: dict[str, list[Row]] = {}
            for ballot in ballots:
                index.setdefault(str(ballot.get(theirs)), []).append(ballot)
            found = {row["id"]: index.get(str(row.get(mine)), []) for row in casts}
            if found and all(len(rows) == 1 for rows in found.values()):
                yield {pk: says_one_ballot(rows[0]) for pk, rows in found.items()}


def by_order(casts: list[Row], ballots: list[Row]) -> Iterator[Guesses]:
    """The n-th voter and the n-th ballot, by place, key, transaction, the bits of each UUID, up and down."""
    if len(casts) != len(ballots):
        return
    orders: list[Callable[[Row], Any]] = [place]
    for column in ballots[0]:
        if all(isinstance(row[column], int) for row in ballots):
            orders.append(lambda row, column=column: row[column])
        elif all(bits(row[column]) is not None for row in ballots):
            orders.append(lambda row, column=column: bits(row[column]))
    voters = sorted(casts, key=lambda row: row["id"])
    for order in orders:
        for backwards in (False, True):
            said = [says_one_ballot(row) for row in sorted(ballots, key=order, reverse=backwards)]
            yield {row["id"]: choice for row, choice in zip(voters, said, strict=True)}


def ballots_among(tables: dict[str, list[Row]]) -> list[list[Row]]:
    """Of each table the rows that state one choice."""
    found = [[row for row in rows if says_one_ballot(row)] for rows in tables.values()]
    return [rows for rows in found if rows]


def attack(poll: int, tables: dict[str, list[Row]]) -> list[Guesses]:
    """Everything the tables let one say about who voted what in this poll."""
    casts = [row for row in tables["meetings_cast"] if row["poll_id"] == poll]
    found: list[Guesses] = []
    for rows in ballots_among(tables):
        ballots = [row for row in rows if row.get("poll_id", poll) == poll]
        if ballots:
            found += [*by_value(casts, ballots), *by_order(casts, ballots)]
    return found


def hits(guesses: Guesses, truth: dict[int, str]) -> int:
    return sum(guesses.get(pk) == choice for pk, choice in truth.items())


def files_of_the_database() -> list[Path]:
    """The database's own files and its journal, as they lie on the disk now."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return [path for path in (Path(name), Path(f"{name}-wal")) if path.exists()]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        base = folder / "base" / str(cursor.fetchone()[0])
    return [path for path in [*base.iterdir(), *(folder / "pg_wal").iterdir()] if path.is_file()]


def in_files(needle: re.Pattern[bytes]) -> Counter[bytes]:
    return Counter(match for path in files_of_the_database() for match in needle.findall(path.read_bytes()))


# ── what holds ───────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_who_voted_what_is_found_no_better_than_by_chance() -> None:
    dice = random.Random(20261122)  # noqa: S311
    _meeting, chair, seats = hall(VOTERS)
    before = in_files(BALLOT)
    truths = {}
    keys = set(settings.BALLOT_KEYS_ROOT.glob("*"))
    for _poll in range(POLLS):
        poll = Poll.objects.count() + 1
        truth = vote_secretly(chair, seats, dice)
        truths[Cast.objects.filter(pk=min(truth)).values_list("poll_id", flat=True)[0]] = truth
        assert poll == len(truths)
    assert Cast.objects.count() == POLLS * VOTERS
    everything = every_row()
    tables = {"meetings_cast": everything["meetings_cast"]} | {
        str(number): rows for number, rows in enumerate(ballots_among(everything))
    }
    best = Counter[int]()
    for poll, truth in truths.items():
        counted = Poll.objects.get(pk=poll).counts
        assert counted == {choice: list(truth.values()).count(choice) for choice in CHOICES}
        for number, guesses in enumerate(attack(poll, tables)):
            best[number] += hits(guesses, truth)
    # A way of matching that is blind hits a third, give or take four times the spread of so many tries.
    most = POLLS * VOTERS / 3 + 4 * (POLLS * VOTERS * 2 / 9) ** 0.5
    assert all(number <= most for number in best.values()), best
    assert in_files(BALLOT) == before
    assert not Urn.objects.exists()
    assert set(settings.BALLOT_KEYS_ROOT.glob("*")) <= keys


@pytest.mark.django_db(transaction=True)
def test_the_same_attack_finds_everybody_where_ballots_are_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each ballot a row of its own, with no key to the voter and no time, as simple designs have it."""
    dice = random.Random(5)  # noqa: S311
    _meeting, chair, seats = hall(20)
    real = urn.put_in

    def leaky(poll: Poll, choice: Any) -> None:
        real(poll, choice)
        with connection.cursor() as cursor:
            text = '{"' + next(iter(choice)) + '": 1}'
            cursor.execute("INSERT INTO leaky_ballot (poll_id, choice) VALUES (%s, %s)", [poll.pk, text])

    with connection.cursor() as cursor:
        kind = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE leaky_ballot (id {kind} PRIMARY KEY, poll_id integer, choice text)")
    try:
        monkeypatch.setattr(urn, "put_in", leaky)
        truth = vote_secretly(chair, seats, dice)
        poll = Cast.objects.filter(pk=min(truth)).values_list("poll_id", flat=True)[0]
        tables = every_row()
        assert max(hits(guesses, truth) for guesses in attack(poll, tables)) == 20
        casts = sorted(tables["meetings_cast"], key=lambda row: row["id"])
        for column in {"id", "_xmin"} & tables["leaky_ballot"][0].keys():
            only = [
                {name: row[name] for name in ("_place", "choice", column)} for row in tables["leaky_ballot"]
            ]
            assert max(hits(guesses, truth) for guesses in by_order(casts, only)) == 20
        rows = sorted(tables["leaky_ballot"], key=lambda row: row["id"])
        told = [row | {"command": cast["command"]} for row, cast in zip(rows, casts, strict=True)]
        assert max(hits(guesses, truth) for guesses in by_value(casts, told)) == 20
        assert sum(in_files(BALLOT).values()) >= 20
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE leaky_ballot")


@pytest.mark.django_db(transaction=True)
def test_states_of_the_urn_have_one_size_and_nothing_in_common() -> None:
    _meeting, chair, seats = hall(12)
    poll = actions.add_poll(chair, title="Kín", form="secret", quorum_numerator=1, quorum_denominator=9)[
        "poll"
    ]
    actions.open_poll(chair, poll=poll)
    states = [bytes(Urn.objects.get().sealed)]
    for seat, choice in zip(seats, CHOICES * 4, strict=True):
        actions.cast_vote(seat, poll=poll, choice=choice, command=uuid.uuid4())
        states.append(bytes(Urn.objects.get().sealed))
    assert len({len(state) for state in states}) == 1
    words = Counter(state[at : at + 6] for state in states for at in range(len(state) - 6))
    assert max(words.values()) == 1
    assert (settings.BALLOT_KEYS_ROOT / Urn.objects.get().key).read_bytes() not in b"".join(
        path.read_bytes() for path in files_of_the_database()
    )
    orders = []
    for _look in range(2):
        row = Urn.objects.select_related("poll").get()
        orders.append(urn._opened(row.poll, row))
    assert sorted(map(str, orders[0])) == sorted(map(str, orders[1]))
    actions.close_poll(chair, poll=poll)
