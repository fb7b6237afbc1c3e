"""Seat cards: what lies before an empty chair, scanned by the tablet that will be its screen."""

from django.conf import settings
from django.db import models

from intranet.lib.refs import new_ref

from .seats import Seat


class SeatCard(models.Model):
    """The card of a seat. A new number makes every printed card of the seat worthless."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="card")
    number = models.CharField(max_length=20, unique=True, default=new_ref)
    failures = models.PositiveSmallIntegerField(default=0)
    """Wrong PINs since the last right one; too many, and only a new card helps."""
    pin = models.CharField(max_length=80, blank=True)
    """The keyed digest of a PIN the secretary issued for this meeting, "" for none."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seat_id} {self.made_at:%d/%m/%Y %H:%M}"


class Pin(models.Model):
    """The PIN a person chose for seat cards, as a keyed digest."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_pin")
    digest = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at:%d/%m/%Y}"
