"""Who attends, from the interval log and not from the sockets, and whether that is enough."""

import datetime

from django.db.models import Exists, OuterRef, Q

from meetings import rules
from meetings.models import Attendance, Meeting, Seat


def attending(meeting: Meeting, at: datetime.datetime | None = None) -> set[int]:
    """Keys of the seats that attend: now, or at a moment."""
    stays = Attendance.objects.filter(meeting=meeting, seat__isnull=False)
    if at is None:
        stays = stays.filter(left_at__isnull=True)
    else:
        stays = stays.filter(Q(left_at__isnull=True) | Q(left_at__gt=at), arrived_at__lte=at)
    return set(stays.values_list("seat_id", flat=True))


def attends_now() -> Exists:
    """To annotate seats with: whether the seat attends now."""
    return Exists(Attendance.objects.filter(seat=OuterRef("pk"), left_at__isnull=True))


def quorum(meeting: Meeting, at: datetime.datetime | None = None) -> rules.Quorum:
    """Whether enough of those with a vote attend: now, or at a moment."""
    voters = set(Seat.objects.filter(meeting=meeting, votes=True).values_list("pk", flat=True))
    return rules.quorum_of(meeting, voters, attending(meeting, at))


def stays_of(seat: Seat) -> list[Attendance]:
    """All stays of a seat, the earliest first."""
    return list(Attendance.objects.filter(seat=seat))
