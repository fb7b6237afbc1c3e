"""Somebody's meetings, and the people one may seat."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from intranet.organization import queries as organization
from intranet.organization.models import Assignment, Office, Person
from meetings import rules
from meetings.models import (
    Meeting,
    Presence,
    Role,
    Seat,
    State,
)


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
    """Those of `seats_of` that are in session now, held today, or were to be held today and are not."""
    today = timezone.localdate()
    return [
        seat
        for seat in seats_of(person)
        if seat.meeting.state == State.LIVE
        or (seat.meeting.state in (State.PUBLISHED, State.CANCELLED) and today in _days_of(seat.meeting))
    ]


def _days_of(meeting: Meeting) -> set[datetime.date]:
    """The day of a meeting, and the one from which it was postponed."""
    moments = filter(None, (meeting.starts_at, meeting.postponed_from))
    return {timezone.localtime(moment).date() for moment in moments}


def people_of(meeting: Meeting) -> list[int]:
    """Keys of the people with a seat, by seat; a hall screen is nobody."""
    rows = Seat.objects.filter(meeting=meeting).exclude(role=Role.HALL).order_by("pk")
    return list(rows.values_list("person_id", flat=True))


def main_offices(people: Collection[int]) -> dict[int, Office]:
    """The office of the main assignment of each of these people today."""
    rows = (
        Assignment.objects.on(timezone.localdate())
        .filter(person_id__in=people)
        .order_by("is_primary", "-position__rank", "-pk")
        .select_related("office")
    )
    return {row.person_id: row.office for row in rows}


def present_seats(meeting_id: int) -> set[int]:
    """Keys of the seats that are connected, as of the last revision."""
    return set(
        Presence.objects.filter(seat__meeting_id=meeting_id).values_list("seat_id", flat=True).distinct()
    )


def find_people(text: str, *, meeting: Meeting, limit: int = 8) -> list[Person]:
    """Active people without a seat in the meeting whom `text` matches; nobody for an empty one."""
    if not text.strip():
        return []
    return list(organization.people_matching(text).exclude(seats__meeting=meeting)[:limit])


def offices_to_convene(person: Person) -> list[Office]:
    """Offices in whose name the person may convene a meeting, by their order."""
    return organization.offices_where(person, "meetings.convene_meeting")
