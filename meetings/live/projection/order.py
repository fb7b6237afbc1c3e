"""Whether the session stands still, and whether it is held behind closed doors."""

from typing import Any

from meetings.models import IntervalKind, Role, Seat, State

from .reading import Reading, milliseconds


def order_section(reading: Reading) -> dict[str, Any]:
    """The break with the time of return; the closed session, and for those who lead how many are outside."""
    shown: dict[str, Any] = {}
    if reading.audience.takes_part and not reading.audience.is_outside:
        shown["talk"] = reading.meeting.talk
    if reading.meeting.state != State.LIVE:
        return shown
    shown |= {"break": None, "closed": None}
    for row in reading.intervals:
        if row.kind == IntervalKind.CLOSED:
            shown["closed"] = {"since": milliseconds(row.started_at)}
            if reading.audience.leads:
                shown["closed"]["outside"] = _outside(reading)
        elif not reading.audience.is_outside:
            since, until = milliseconds(row.started_at), milliseconds(row.until)
            shown["break"] = {"kind": row.kind, "since": since, "until": until}
    return shown


def _outside(reading: Reading) -> dict[str, int]:
    """How many people see nothing now; and whether a hall screen is blank."""
    current = reading.audience.closure.current
    rows = Seat.objects.filter(meeting=reading.meeting)
    invited = rows.filter(role=Role.INVITED)
    inside = invited.filter(items=current).count() if current is not None else 0
    return {
        "observers": rows.filter(role=Role.OBSERVER).count(),
        "invited": invited.count() - inside,
        "screens": rows.filter(role=Role.HALL).count(),
    }
