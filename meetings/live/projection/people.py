"""Who has a seat, and who is connected."""

from typing import Any

from meetings import queries
from meetings.models import Role, Seat

from .reading import Reading

_ROLE_ORDER = {role: place for place, role in enumerate(Role.values)}


def people_section(reading: Reading) -> dict[str, Any]:
    seats = list(
        Seat.objects.filter(meeting=reading.meeting).exclude(role=Role.HALL).select_related("person")
    )
    present = queries.present_seats(reading.meeting.pk)
    shown: dict[str, Any] = {
        "present": sum(seat.pk in present for seat in seats),
        "total": len(seats),
        "seats": [],
    }
    if reading.audience.sees_names:
        seats.sort(key=lambda seat: (_ROLE_ORDER[seat.role], seat.person.sort_key, seat.pk))
        shown["seats"] = [
            {
                "id": seat.pk,
                "name": str(seat.person),
                "role": seat.role,
                "post": seat.post,
                "present": seat.pk in present,
                "votes": seat.votes,
                "weight": seat.weight,
            }
            for seat in seats
        ]
    return shown
