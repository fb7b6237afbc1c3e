"""When a session stood still, and when it was held behind closed doors."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting


class IntervalKind(models.TextChoices):
    PAUSE = "pause", _("Pause")
    """The clocks stand still; people stay seated."""
    RECESS = "recess", _("Recess")
    """People leave and come back at the time that was announced."""
    CLOSED = "closed", _("Closed session")
    """Observers, the hall screen and those invited to other items see nothing."""


class Interval(models.Model):
    """From a moment to another; open while there is no other. A pause and a recess exclude each other."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="intervals")
    kind = models.CharField(max_length=8, choices=IntervalKind)
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="intervals")
    """What was under discussion when it began."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    """For a recess: the announced time of return."""

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(ended_at__isnull=True, kind__in=["pause", "recess"]),
                name="interval_one_break",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(ended_at__isnull=True, kind="closed"),
                name="interval_one_closed_session",
            ),
            models.CheckConstraint(
                condition=Q(kind="recess", until__isnull=False) | Q(~Q(kind="recess"), until__isnull=True),
                name="interval_recess_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at}"
