"""What is said and written in a meeting, and the numbered changes of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting
from .seats import Seat


class Message(models.Model):
    """A word to the room. The name is kept, so that it stays when the seat is gone."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="messages")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="messages")
    name = models.CharField(max_length=200)
    text = models.CharField(_("message"), max_length=1000)
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="messages")
    """What was under discussion: decides which invited seats read it."""
    at = models.DateTimeField()
    is_held = models.BooleanField(default=False)
    """Waits to be released: only those who lead read it."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.pk}"


class Note(models.Model):
    """The secretary's notes on one item. `version` counts the writings, so that two writers notice."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="note")
    text = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"


class Revision(models.Model):
    """One committed change: gap-free per meeting, never rewritten; the oldest may be dropped."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="revisions")
    number = models.PositiveBigIntegerField()
    sections = models.JSONField(default=list)
    """Names of the sections of the projection it may have changed, for anyone."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.number}"


class Command(models.Model):
    """An act that was done, by the number its client made: a retry gets the first answer."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="commands")
    uuid = models.UUIDField()
    act = models.CharField(max_length=40)
    person_id = models.BigIntegerField()
    """By number, not by key: the answer outlives the seat."""
    content = models.CharField(max_length=64)
    """SHA-256 of what was asked, never the text itself."""
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "uuid"], name="command_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.uuid}"
