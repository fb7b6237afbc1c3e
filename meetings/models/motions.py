"""Motions with numbered clauses, and the amendments to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting
from .seats import Seat


class MotionState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    """By a member, for chair and secretary alone until they admit it."""
    RETURNED = "returned", _("Returned")
    """To its author, with the reason; the room has never seen it."""
    PROPOSED = "proposed", _("Proposed")
    VOTING = "voting", _("Put to the vote")
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def _numbered_once_admitted(name: str) -> models.CheckConstraint:
    """The room counts what it has seen: a number is given when somebody is admitted, and stays."""
    unseen = Q(state__in=["submitted", "returned"])
    return models.CheckConstraint(
        condition=Q(unseen, number__isnull=True)
        | Q(state="withdrawn")
        | Q(~unseen & ~Q(state="withdrawn"), number__isnull=False),
        name=name,
    )


class Motion(models.Model):
    """A draft resolution. Its mover's name and post are kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="motions")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="motions")
    number = models.PositiveSmallIntegerField(null=True)
    """Given when it is admitted; without one it is for its author, chair and secretary alone."""
    title = models.CharField(max_length=300)
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="motions")
    name = models.CharField(max_length=200)
    """Who moves it; somebody without a seat, such as an office, has a name only."""
    state = models.CharField(max_length=9, choices=MotionState, default=MotionState.PROPOSED)
    poll = models.ForeignKey("meetings.Poll", models.SET_NULL, null=True, related_name="+")
    """The vote on it."""
    version = models.PositiveIntegerField(default=1)
    """Counts the writings of its own text, so that two writers notice."""
    refusal = models.CharField(max_length=500, blank=True)
    """Why it was returned to its author."""
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            _numbered_once_admitted("motion_number_when_admitted"),
            models.UniqueConstraint(fields=["meeting", "number"], name="motion_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "rejected"]) | Q(decided_at__isnull=False),
                name="motion_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class Clause(models.Model):
    """A numbered part of a motion as it was moved. Numbers are names: amendments never change them."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["motion", "number"], name="clause_number_once")]

    def __str__(self) -> str:
        return f"{self.motion_id}/{self.number}"


class AmendmentKind(models.TextChoices):
    CHANGE = "change", _("Change the text")
    INSERT = "insert", _("Add a clause after it")
    DELETE = "delete", _("Delete the clause")


class AmendmentState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted by the mover")
    VOTING = "voting", _("Put to the vote")
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Recommendation(models.TextChoices):
    NONE = "", _("No recommendation")
    ADOPT = "adopt", _("Adopt")
    REJECT = "reject", _("Reject")


class Amendment(models.Model):
    """Another text for one clause, based on the text its author saw."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(null=True)
    clause = models.CharField(max_length=12)
    """The number of the clause it is about."""
    kind = models.CharField(max_length=6, choices=AmendmentKind, default=AmendmentKind.CHANGE)
    based_on = models.TextField()
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="amendments")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=AmendmentState, default=AmendmentState.PROPOSED)
    poll = models.ForeignKey("meetings.Poll", models.SET_NULL, null=True, related_name="+")
    """The vote on it."""
    recommendation = models.CharField(max_length=6, choices=Recommendation, blank=True)
    advice = models.CharField(max_length=500, blank=True)
    """Why the secretary recommends so."""
    place = models.PositiveIntegerField(null=True)
    """The order in which it took effect; None until it does."""
    refusal = models.CharField(max_length=500, blank=True)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            _numbered_once_admitted("amendment_number_when_admitted"),
            models.UniqueConstraint(fields=["motion", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["motion", "place"], condition=Q(place__isnull=False), name="amendment_place_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "adopted"], place__isnull=False)
                | Q(~Q(state__in=["accepted", "adopted"]), place__isnull=True),
                name="amendment_in_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id}/{self.number}"
