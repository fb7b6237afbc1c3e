"""Trials with simulated tablets, and who may hold one."""

from typing import Any

from django.db.models import QuerySet

from intranet.lib.errors import Absent
from intranet.organization.models import Person
from intranet.organization.rules import may
from meetings.models import Meeting, Rehearsal, Role, Seat

from .meeting import seat_for


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
