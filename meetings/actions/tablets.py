"""Helping a tablet of the room from afar."""

from meetings import queries
from meetings.models import Seat
from meetings.revisions import change


def ask_to_load(seat: Seat, *, target: int) -> None:
    """The screens of a seat load their page anew, as soon as nothing is being written there."""
    with change(seat, "ask_to_load", "signals") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        Seat.objects.filter(pk=row.pk).update(load_from=meeting.revision)
        facts.update(seat=row.pk, name=str(row.person))
