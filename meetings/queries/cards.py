"""Seat cards and PINs, and who may keep them."""

from typing import Any

from django.db.models import Exists, OuterRef

from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import Pin, Role, Seat, SeatCard

from .meeting import seat_for


def card_keeper_for(person: Any, ref: str) -> Seat:
    """The seat of somebody who may print the cards of this meeting: the door. Raises Absent."""
    seat = seat_for(person, ref)
    if seat.role not in rules.PODIUM:
        raise Absent()
    return seat


def door_keeper_for(person: Any, ref: str) -> Seat:
    """The seat of a screen that may show the code at the door: hall, chair, secretary. Raises Absent."""
    seat = seat_for(person, ref)
    if seat.role not in {*rules.PODIUM, Role.HALL}:
        raise Absent()
    return seat


def cards_of(seat: Seat) -> list[SeatCard]:
    """The cards of the meeting of `seat`, by name of the person; `has_own_pin` is on each."""
    return list(
        SeatCard.objects.filter(seat__meeting=seat.meeting_id)
        .select_related("seat__person", "seat__meeting", "seat__hall_place")
        .annotate(has_own_pin=Exists(Pin.objects.filter(person=OuterRef("seat__person"))))
        .order_by("seat__person__sort_key", "seat_id")
    )


def card_numbered(number: str | None) -> SeatCard | None:
    """The card with this number, with its seat."""
    if number is None:
        return None
    return SeatCard.objects.select_related("seat__person", "seat__meeting").filter(number=number).first()


def pin_of(person_id: int) -> str:
    """The digest of the PIN a person chose, "" for none."""
    return Pin.objects.filter(person_id=person_id).values_list("digest", flat=True).first() or ""


def has_pin(person: Any) -> bool:
    """Whether the person has chosen a PIN."""
    return bool(pin_of(person.pk))
