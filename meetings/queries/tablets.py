"""Every seat with its tablet, for whoever helps."""

from typing import Any

from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import Seat

from .meeting import seat_for
from .people import present_seats


def tablet_keeper_for(person: Any, ref: str) -> Seat:
    """The seat of somebody who looks after the tablets while people may sit in the room: the door. Absent."""
    seat = seat_for(person, ref)
    if seat.role not in rules.PODIUM or seat.meeting.state not in rules.SEATED:
        raise Absent()
    return seat


def seats_with_tablets(seat: Seat) -> tuple[list[Seat], set[int]]:
    """All seats of the meeting of `seat`, hall screens too, and the keys of those that are connected."""
    rows = list(Seat.objects.filter(meeting=seat.meeting_id).select_related("person"))
    return rows, present_seats(seat.meeting_id)
