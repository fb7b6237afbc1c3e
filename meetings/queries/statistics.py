"""What a body did in a year: meetings, who came, who spoke how long, what was decided."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from meetings.models import (
    Attendance,
    Body,
    BodyMember,
    ConsentAdoption,
    Meeting,
    Motion,
    MotionState,
    Poll,
    PollState,
    Seat,
    Speech,
    SpeechState,
    State,
)

from .record import seconds_of


@dataclass
class MemberFigures:
    """One member's year."""

    name: str
    post: str
    invited: int = 0
    attended: int = 0
    turns: int = 0
    seconds: int = 0

    @property
    def share(self) -> int:
        """Of the meetings they were invited to, in per cent."""
        return round(100 * self.attended / self.invited) if self.invited else 0

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


def statistics_of(body: Body, year: int) -> dict[str, Any]:
    """Figures of the meetings of a body that were held in a year, in a fixed number of queries."""
    zone = timezone.get_current_timezone()
    begins = datetime.datetime(year, 1, 1, tzinfo=zone)
    held = list(
        Meeting.objects.filter(
            body=body,
            state__in=[State.LIVE, State.CLOSED],
            is_rehearsal=False,
            starts_at__gte=begins,
            starts_at__lt=begins.replace(year=year + 1),
        ).order_by("starts_at")
    )
    first, last = begins.date(), begins.replace(year=year + 1).date()
    members = BodyMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), body=body, valid_from__lt=last
    ).select_related("person")
    figures = {row.person_id: MemberFigures(str(row.person), row.title) for row in members}
    seats = Seat.objects.filter(meeting__in=held, person__in=figures)
    for person in seats.values_list("person_id", flat=True):
        figures[person].invited += 1
    came = Attendance.objects.filter(meeting__in=held, seat__person__in=figures)
    for person, _meeting in came.order_by().values_list("seat__person_id", "meeting_id").distinct():
        figures[person].attended += 1
    spoken = Speech.objects.filter(
        meeting__in=held, state=SpeechState.DONE, seat__person__in=figures
    ).select_related("seat")
    for speech in spoken:
        if speech.seat is not None:
            figures[speech.seat.person_id].turns += 1
            figures[speech.seat.person_id].seconds += seconds_of(speech)
    motions = Motion.objects.filter(meeting__in=held)
    invited = sum(row.invited for row in figures.values())
    attended = sum(row.attended for row in figures.values())
    return {
        "year": year,
        "meetings": held,
        "members": list(figures.values()),
        "share": round(100 * attended / invited) if invited else None,
        "minutes": sum(row.minutes for row in figures.values()),
        "adopted": motions.filter(state=MotionState.ADOPTED).count(),
        "rejected": motions.filter(state=MotionState.REJECTED).count(),
        "consent": ConsentAdoption.objects.filter(item__meeting__in=held).count(),
        "polls": Poll.objects.filter(meeting__in=held, state=PollState.PUBLISHED).count(),
    }
