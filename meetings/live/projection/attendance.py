"""Who attends, and whether that is enough. Small, because it goes to everybody with every arrival."""

from typing import Any

from meetings import queries, rules
from meetings.models import Attendance, Seat

from .reading import Reading, milliseconds


def attendance_section(reading: Reading) -> dict[str, Any]:
    """Keys of those here and the quorum; times for those who keep the log."""
    meeting = reading.meeting
    votes = dict(
        Seat.objects.filter(meeting=meeting, role__in=rules.ATTENDING).order_by().values_list("pk", "votes")
    )
    here = queries.attending(meeting) & votes.keys()
    quorum = rules.quorum_of(meeting, {pk for pk, has_vote in votes.items() if has_vote}, here)
    shown: dict[str, Any] = {
        "counts": {"attending": len(here), "of": len(votes)},
        "quorum": {
            "need": quorum.need,
            "have": quorum.have,
            "of": quorum.of,
            "met": quorum.is_met,
            "share": rules.share_code(meeting),
            "basis": meeting.quorum_basis,
        },
        "attending": sorted(here),
    }
    if reading.audience.keeps_attendance:
        shown["stays"] = _stays(reading)
    return shown


def _stays(reading: Reading) -> dict[str, list[dict[str, Any]]]:
    stays: dict[str, list[dict[str, Any]]] = {}
    for row in Attendance.objects.filter(meeting=reading.meeting, seat__isnull=False):
        stays.setdefault(str(row.seat_id), []).append(
            {
                "from": milliseconds(row.arrived_at),
                "to": milliseconds(row.left_at),
                "noted": row.arrival_noted,
            }
        )
    return stays
