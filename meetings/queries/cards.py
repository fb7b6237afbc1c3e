"""Seat cards and PINs, and who may keep them."""

from typing import Any

from django.db.models import Exists, OuterRef

from intranet.lib.errors import Absent
from meetings import rules
from meetings.models import Pin, Role, Seat, SeatCard, Site

from .meeting import seat_for
from .sites import site_in


def card_keeper_for(person: Any, ref: str) -> Seat:
    """The seat of somebody who may print the cards of this meeting: the door. Raises Absent."""
    seat = seat_for(person, ref)
    if seat.role not in rules.PODIUM:
        raise Absent()
    return seat


def door_keeper_for(person: Any, ref: str, site: str = "") -> tuple[Seat, Site | None]:
    """The seat of a screen that may show the code at the door, and the site if it is the door of one.

    Hall, chair, secretary show all of them, a site's clerk that of the own site. Raises Absent.
    """
    seat = seat_for(person, ref)
    if site and not site.isdecimal():
        raise Absent()
    place = site_in(seat.meeting, int(site)) if site else None
    keeps_it = seat.keeps_site and place is not None and seat.site_id == place.pk
    if not keeps_it and seat.role not in {*rules.PODIUM, Role.HALL}:
        raise Absent()
    return seat, place


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
