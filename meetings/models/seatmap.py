"""The drawing of the hall: where chairs stand, and who sits on which."""

from django.db import models
from django.db.models import Q

from .meeting import Meeting
from .seats import Seat


class HallPlace(models.Model):
    """One chair, in rows counted from the chair's table and columns from the left as one faces the hall."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="hall_places")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    seat = models.OneToOneField(Seat, models.SET_NULL, null=True, related_name="hall_place")

    class Meta:
        ordering = ["row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "row", "column"], name="hall_place_once"),
            models.CheckConstraint(condition=Q(row__gte=1, column__gte=1), name="hall_place_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.row}/{self.column}"
