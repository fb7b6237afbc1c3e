"""Reading meetings. `seat_for` is the only door to one."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from intranet.files.models import StoredFile
from intranet.lib.errors import Absent
from intranet.lib.text import fold
from intranet.organization.models import Assignment, Office, Person
from intranet.organization.rules import may

from . import rules
from .models import (
    AgendaItem,
    AgendaTemplate,
    ItemState,
    Meeting,
    Paper,
    Presence,
    Rehearsal,
    Revision,
    Role,
    Seat,
    Speech,
    SpeechState,
    State,
)


def seat_for(person: Any, ref: str) -> Seat:
    """The person's seat in the meeting, with it: the door. Raises Absent for everyone else."""
    seat = (
        Seat.objects.select_related("meeting__office", "person")
        .filter(meeting__ref=ref, person_id=person.pk, person__is_active=True)
        .first()
    )
    if seat is None or not rules.sees_meeting(seat.role, seat.meeting.state):
        raise Absent()
    return seat


def meeting_named(ref: str) -> Meeting:
    """The meeting itself, for the pushing side, which was let in by `seat_for`. Raises Absent."""
    meeting = Meeting.objects.select_related("office", "stage_paper").filter(ref=ref).first()
    if meeting is None:
        raise Absent()
    return meeting


def audience_of(seat: Seat) -> rules.Audience:
    """What the seat may see now."""
    return rules.Audience(seat.role, frozenset(invited_items(seat)))


def invited_items(seat: Seat) -> list[int]:
    """Keys of the items an invited seat attends; none for other roles."""
    if seat.role != Role.INVITED:
        return []
    return list(seat.items.order_by("pk").values_list("pk", flat=True))


def audience_key(person: Any, ref: str) -> str | None:
    """The audience the person belongs to in the meeting now, None when they have no seat there."""
    try:
        seat = seat_for(person, ref)
    except Absent:
        return None
    return rules.audience_of(seat.role, invited_items(seat))


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
    return {person_id: rules.audience_of(role, items[person_id]) for person_id, role in roles.items()}


def item_in(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of this meeting, or Absent."""
    item = AgendaItem.objects.filter(meeting=meeting, pk=pk).first()
    if item is None:
        raise Absent()
    return item


def paper_in(meeting: Meeting, pk: int) -> Paper:
    """A paper of this meeting with its content, or Absent."""
    paper = (
        Paper.objects.select_related("item", "stored_file__content")
        .filter(item__meeting=meeting, pk=pk)
        .first()
    )
    if paper is None:
        raise Absent()
    return paper


def seat_in(meeting: Meeting, pk: int) -> Seat:
    """A seat of this meeting, or Absent."""
    seat = Seat.objects.select_related("person").filter(meeting=meeting, pk=pk).first()
    if seat is None:
        raise Absent()
    return seat


def current_item(meeting: Meeting) -> AgendaItem | None:
    """The item under discussion."""
    return AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).first()


def speech_in(meeting: Meeting, pk: int) -> Speech:
    """A turn to speak in this meeting, or Absent."""
    speech = Speech.objects.filter(meeting=meeting, pk=pk).first()
    if speech is None:
        raise Absent()
    return speech


def current_speech(meeting: Meeting) -> Speech | None:
    """The turn of whoever speaks now."""
    return Speech.objects.filter(meeting=meeting, state=SpeechState.SPEAKING).first()


def waiting_speeches(meeting: Meeting, item_id: int | None) -> list[Speech]:
    """Who waits to speak on an item, in the order of the list."""
    return list(Speech.objects.filter(meeting=meeting, item_id=item_id, state=SpeechState.WAITING))


def may_read(person: Any, stored_file: StoredFile) -> bool:
    """Whether a seat the person holds now lets them read this file as a paper of a meeting."""
    papers = list(
        Paper.objects.filter(stored_file=stored_file, item__meeting__seats__person_id=person.pk)
        .select_related("item__meeting")
        .distinct()
    )
    if not papers or not person.is_active:
        return False
    seats = {
        seat.meeting_id: seat
        for seat in Seat.objects.filter(
            person_id=person.pk, meeting_id__in=[paper.item.meeting_id for paper in papers]
        ).prefetch_related("items")
    }
    for paper in papers:
        seat = seats.get(paper.item.meeting_id)
        if seat is None or not rules.sees_meeting(seat.role, paper.item.meeting.state):
            continue
        audience = rules.Audience(seat.role, frozenset(item.pk for item in seat.items.all()))
        if audience.sees_paper(item_id=paper.item_id, is_open=paper.is_open):
            return True
    return False


def sections_since(ref: str, revision: int) -> set[str] | None:
    """Names of the sections changed after `revision`; None when not known (dropped, or of the future)."""
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
    return {name for names in lists for name in names}


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


def seats_of(person: Any) -> list[Seat]:
    """The person's seats where they may know of the meeting, with `item_count` and `meeting.chairs`."""
    chairs = Prefetch(
        "meeting__seats", Seat.objects.filter(role=Role.CHAIR).select_related("person"), to_attr="chairs"
    )
    return list(
        Seat.objects.filter(person_id=person.pk, meeting__is_rehearsal=False)
        .exclude(~Q(role__in=rules.PODIUM), meeting__state=State.DRAFT)
        .select_related("meeting__office")
        .prefetch_related(chairs)
        .annotate(item_count=Count("meeting__items", filter=Q(meeting__items__parent=None)))
        .order_by("meeting__starts_at", "meeting_id")
    )


def seats_today(person: Any) -> list[Seat]:
    """Those of `seats_of` that are held today or in session now."""
    today = timezone.localdate()
    return [
        seat
        for seat in seats_of(person)
        if seat.meeting.state == State.LIVE
        or (
            seat.meeting.state == State.PUBLISHED
            and timezone.localtime(seat.meeting.starts_at).date() == today
        )
    ]


def posts_of(people: Collection[int], on: datetime.date | None = None) -> dict[int, str]:
    """The post of each of these people on a day (today): position and office of the main assignment."""
    assignments = (
        Assignment.objects.on(on or timezone.localdate())
        .filter(person_id__in=people)
        .order_by("is_primary", "-position__rank", "-pk")
        .select_related("position", "office")
    )
    return {
        row.person_id: f"{row.position.name}, {row.office.short_name or row.office.name}"
        for row in assignments
    }


def present_seats(meeting_id: int) -> set[int]:
    """Keys of the seats that are connected, as of the last revision."""
    return set(
        Presence.objects.filter(seat__meeting_id=meeting_id).values_list("seat_id", flat=True).distinct()
    )


def find_people(text: str, *, meeting: Meeting, limit: int = 8) -> list[Person]:
    """Active people without a seat in the meeting whose name, login or code contains every word of `text`."""
    words = fold(text).split()
    if not words:
        return []
    people = Person.objects.filter(is_active=True, is_stand_in=False).exclude(seats__meeting=meeting)
    for word in words:
        people = people.filter(folded__contains=word)
    return list(people.order_by("sort_key", "pk")[:limit])


def templates() -> QuerySet[AgendaTemplate]:
    """The agenda templates to choose from."""
    return AgendaTemplate.objects.order_by("name")


def offices_to_convene(person: Person) -> list[Office]:
    """Offices in whose name the person may convene a meeting, by their order."""
    today = timezone.localdate()
    offices = Office.objects.on(today).order_by("order", "name")
    return [office for office in offices if may(person, "meetings.convene_meeting", office=office)]


def is_any_live() -> bool:
    """Whether a real meeting is in session on this server."""
    return Meeting.objects.filter(state=State.LIVE, is_rehearsal=False).exists()


def may_rehearse(person: Person, meeting: Meeting | None) -> bool:
    """Whether the person is the meeting's secretary, or holds the right to rehearse for its office."""
    if meeting is None:
        return may(person, "meetings.rehearse_meeting")
    return Seat.objects.filter(
        meeting=meeting, person=person, role=Role.SECRETARY, person__is_active=True
    ).exists() or may(person, "meetings.rehearse_meeting", office=meeting.office)


def rehearsing_seat_for(person: Any, ref: str) -> Seat:
    """The seat of somebody who may rehearse this meeting: the door. Raises Absent for everyone else."""
    seat = seat_for(person, ref)
    if not may_rehearse(person, seat.meeting):
        raise Absent()
    return seat


def rehearsals_of(meeting: Meeting) -> QuerySet[Rehearsal]:
    """The rehearsals of a meeting, the newest first."""
    return Rehearsal.objects.filter(meeting=meeting).select_related("started_by").order_by("-pk")


def seat_count(meeting: Meeting) -> int:
    """How many seats the meeting has."""
    return Seat.objects.filter(meeting=meeting).count()
