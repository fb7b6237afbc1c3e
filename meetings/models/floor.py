"""Who asks to speak, who speaks, and for how long."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting
from .seats import Seat


class SpeechKind(models.TextChoices):
    """What somebody wants to say; the order is that of menus."""

    MAIN = "main", _("Speech")
    REPLY = "reply", _("Reply")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Explanation")
    ORDER = "order", _("Point of order")


class SpeechState(models.TextChoices):
    WAITING = "waiting", _("On the list")
    SPEAKING = "speaking", _("Speaking")
    DONE = "done", _("Has spoken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Speech(models.Model):
    """One turn to speak. Name and post are kept, so that they stay when the seat is gone."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="speeches")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="speeches")
    """What was under discussion: every item has a list of its own."""
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="speeches")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=SpeechKind, default=SpeechKind.MAIN)
    state = models.CharField(max_length=10, choices=SpeechState, default=SpeechState.WAITING)
    position = models.PositiveIntegerField()
    """Place among those who wait on the same item; gaps mean nothing."""
    seconds = models.PositiveIntegerField()
    """How long the turn may last."""
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    spent = models.DurationField(default=datetime.timedelta)
    """How long it lasted without its breaks, up to `ticking_since`."""
    ticking_since = models.DateTimeField(null=True)
    """Since when its clock runs; None while it stands still."""
    is_held = models.BooleanField(default=False)
    """Its own clock was stopped: it does not go on by itself when the session does."""
    wants_more = models.BooleanField(default=False)
    """Whoever speaks has asked for more time."""

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="speaking"), name="speech_one_speaker"
            ),
            models.UniqueConstraint(
                fields=["item", "seat", "kind"], condition=Q(state="waiting"), name="speech_asked_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["speaking", "done"]) | Q(started_at__isnull=False),
                name="speech_started",
            ),
            models.CheckConstraint(
                condition=Q(ticking_since__isnull=True) | Q(state="speaking"), name="speech_clock_of_speaker"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(ended_at__isnull=False), name="speech_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"


class TimeBudget(models.Model):
    """How long a group, or everybody with one kind of turn, may speak in all."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="budgets")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=SpeechKind, blank=True)
    """Only turns of this kind count; blank: all."""
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, related_name="budgets")
    """Only turns on this item count; None: those of the whole meeting."""
    seats = models.ManyToManyField(Seat, blank=True, related_name="budgets")
    """Whose turns count; nobody named: everybody's."""
    seconds = models.PositiveIntegerField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="budget_named_once")]

    def __str__(self) -> str:
        return self.name
