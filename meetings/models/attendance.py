"""Who was in the meeting from when to when: an interval log, from which quorum follows for any minute."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting
from .seats import Seat


class Noted(models.TextChoices):
    """How an arrival or a leaving came to be known."""

    CODE = "code", _("by the code at the door")
    CARD = "card", _("by the seat card")
    TAP = "tap", _("by the person")
    CLERK = "clerk", _("by the secretary")
    CLOSE = "close", _("by the end of the meeting")


class Attendance(models.Model):
    """One stay of a seat. Somebody who goes out and returns has two. Name, post and site outlive the seat."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="attendances")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=120, blank=True)
    """The site the seat belonged to, "" in a meeting of one hall."""
    arrived_at = models.DateTimeField()
    arrival_noted = models.CharField(max_length=5, choices=Noted)
    left_at = models.DateTimeField(null=True)
    """None while the person is here."""
    leaving_noted = models.CharField(max_length=5, choices=Noted, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(left_at__isnull=True), name="attendance_one_open_stay"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="attendance_leaves_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.arrived_at} – {self.left_at or ''}"
