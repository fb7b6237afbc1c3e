"""Small signs between a seat and those who lead: a call, a word in private, the mood of the room."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting
from .seats import Seat


class Service(models.TextChoices):
    SECRETARY = "secretary", _("Secretary")
    WATER = "water", _("Water")
    TECHNICIAN = "technician", _("Technician")


class ServiceCall(models.Model):
    """Somebody asks to be come to. Name and post are kept, so that they stay when the seat is gone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Somebody is on the way")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="calls")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="calls")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Service)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    at = models.DateTimeField()
    taken_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "kind"], condition=Q(state__in=["waiting", "taken"]), name="call_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"


class Desk(models.TextChoices):
    """Who reads what is written in private."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")


class Letter(models.Model):
    """A word between one seat and the chair or the secretaries, in either direction."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="letters")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="letters")
    """Whose conversation with the desk it belongs to."""
    desk = models.CharField(max_length=10, choices=Desk)
    chair = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="+")
    """For the desk of the chair: who sat there. A later chair does not read it."""
    is_answer = models.BooleanField(default=False)
    """Written by the desk."""
    name = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(desk="chair", chair__isnull=False) | Q(desk="secretary", chair__isnull=True),
                name="letter_of_one_chair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.desk}: {self.pk}"


class Mood(models.Model):
    """A quick question to the room. Counts are written when it ends, and the answers are deleted."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moods")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="moods")
    question = models.CharField(_("question"), max_length=200)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    agree = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at__isnull=True), name="mood_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.question


class MoodAnswer(models.Model):
    """One seat's answer while the question is open; gone when it ends."""

    class Answer(models.TextChoices):
        AGREE = "agree", _("Agree")
        UNSURE = "unsure", _("Unsure")
        DISAGREE = "disagree", _("Disagree")

    mood = models.ForeignKey(Mood, models.CASCADE, related_name="answers")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mood", "seat"], name="mood_answered_once")]

    def __str__(self) -> str:
        return f"{self.mood_id}"
