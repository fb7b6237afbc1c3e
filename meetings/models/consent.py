"""Items that pass without debate when nobody objects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .seats import Seat


class Answer(models.TextChoices):
    AGREES = "agrees", _("No objection")
    OBJECTS = "objects", _("Wants a debate")


class Stance(models.Model):
    """What somebody with a vote says to a consent item before it is adopted. Name and post are kept."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="stances")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="stances")
    answer = models.CharField(max_length=8, choices=Answer)
    reason = models.CharField(max_length=300, blank=True)
    """Why a debate is wanted; for those who lead."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="stance_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.seat_id}: {self.answer}"


class ConsentAdoption(models.Model):
    """A consent item was adopted without debate: who had agreed beforehand, how many were here."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="adoption")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    agreed = models.JSONField(default=list)
    """Names and posts of those who had ticked "no objection"."""
    present = models.PositiveIntegerField()
    voters = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.at}"
