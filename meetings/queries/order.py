"""Whether a session stands still, and what of it is behind closed doors."""

from meetings import rules
from meetings.models import AgendaItem, Interval, IntervalKind, Meeting


def break_of(meeting: Meeting) -> Interval | None:
    """The pause or recess the session is in."""
    return Interval.objects.filter(
        meeting=meeting, ended_at=None, kind__in=[IntervalKind.PAUSE, IntervalKind.RECESS]
    ).first()


def closed_session_of(meeting: Meeting) -> Interval | None:
    """The closed session the meeting is in."""
    return Interval.objects.filter(meeting=meeting, ended_at=None, kind=IntervalKind.CLOSED).first()


def closure_of(meeting: Meeting) -> rules.Closure:
    """What of the meeting is behind closed doors now."""
    items = list(AgendaItem.objects.filter(meeting=meeting))
    return rules.closure_of(items, is_closed=closed_session_of(meeting) is not None)
