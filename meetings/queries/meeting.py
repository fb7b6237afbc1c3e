"""The meeting and its seats: `seat_for` is the only door to one."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from intranet.lib.doors import found
from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import Meeting, Revision, Role, Seat, State

from .order import closure_of


def seat_for(person: Any, ref: str) -> Seat:
    """The person's seat in the meeting, with it: the door. Raises Absent for everyone else."""
    seat = (
        Seat.objects.select_related("meeting__office")
        .filter(meeting__ref=ref, person_id=person.pk, person__is_active=True)
        .order_by("pk")
        .first()
    )
    if seat is None or not rules.sees_meeting(seat.role, seat.meeting.state):
        raise Absent()
    seat.person = person  # asked by it: not read a second time with every command
    return seat


def meeting_named(ref: str) -> Meeting:
    """The meeting itself, for the pushing side, which was let in by `seat_for`. Raises Absent."""
    return found(Meeting.objects.select_related("office", "stage_paper").filter(ref=ref).first())


def audience_of(seat: Seat) -> rules.Audience:
    """What the seat may see now."""
    items, papers = frozenset(invited_items(seat)), frozenset(named_papers(seat))
    return rules.Audience(seat.role, items, closure_of(seat.meeting), papers)


def invited_items(seat: Seat) -> list[int]:
    """Keys of the items an invited seat attends; none for other roles."""
    if seat.role != Role.INVITED:
        return []
    return list(seat.items.order_by("pk").values_list("pk", flat=True))


def named_papers(seat: Seat) -> list[int]:
    """Keys of the papers that are only for those named and name this seat."""
    if seat.role in rules.PODIUM:
        return []
    return list(seat.named_papers.filter(named_only=True).order_by("pk").values_list("pk", flat=True))


def key_of(seat: Seat) -> str:
    """The audience the seat belongs to now."""
    return rules.audience_of(seat.role, invited_items(seat), named_papers(seat))


def audience_key(person: Any, ref: str) -> str | None:
    """The audience the person belongs to in the meeting now, None when they have no seat there."""
    try:
        seat = seat_for(person, ref)
    except Absent:
        return None
    return key_of(seat)


def audience_keys(person_ids: Collection[int], ref: str) -> dict[int, str]:
    """The audience of each of these people who has a seat in the meeting, by their key."""
    rows = (
        Seat.objects.filter(meeting__ref=ref, person_id__in=person_ids, person__is_active=True)
        .order_by()
        .values_list("person_id", "role", "meeting__state", "items")
    )
    roles: dict[int, str] = {}
    items: dict[int, list[int]] = {}
    for person_id, role, state, item in rows:
        if rules.sees_meeting(role, state):
            roles[person_id] = role
            items.setdefault(person_id, []).extend([] if item is None else [item])
    named: dict[int, list[int]] = {}
    lists = Seat.objects.filter(meeting__ref=ref, person_id__in=roles, named_papers__named_only=True)
    for person_id, paper in lists.order_by().values_list("person_id", "named_papers"):
        named.setdefault(person_id, []).append(paper)
    return {
        person_id: rules.audience_of(role, items[person_id], named.get(person_id, ()))
        for person_id, role in roles.items()
    }


def seat_in(meeting: Meeting, pk: int, *, lock: bool = False) -> Seat:
    """A seat of this meeting, or Absent. `lock`: wait until nobody casts a ballot in it, and let nobody."""
    seats = Seat.objects.select_related("person").filter(meeting=meeting, pk=pk)
    return found((seats.select_for_update(of=("self",)) if lock else seats).first())


def seat_count(meeting: Meeting) -> int:
    """How many seats the meeting has."""
    return Seat.objects.filter(meeting=meeting).count()


def sections_since(ref: str, revision: int) -> set[str] | None:
    """Names of the sections changed after `revision`.

    None when only a snapshot will do: revisions are dropped or of the future, or everything may have changed.
    """
    row = (
        Meeting.objects.filter(ref=ref)
        .annotate(known=Count("revisions", filter=Q(revisions__number__gt=revision)))
        .values("pk", "revision", "known")
        .first()
    )
    if row is None or revision > row["revision"] or row["known"] < row["revision"] - revision:
        return None
    lists = Revision.objects.filter(
        meeting_id=row["pk"], number__gt=revision, number__lte=row["revision"]
    ).values_list("sections", flat=True)
    found = {name for names in lists for name in names}
    return None if rules.EVERYTHING in found else found


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is read as of one moment, without holding up writers."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Not atomic(): that begins IMMEDIATE here and would take the one write lock for a read.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def is_any_live() -> bool:
    """Whether a real meeting is in session on this server."""
    return Meeting.objects.filter(state=State.LIVE, is_rehearsal=False).exists()
