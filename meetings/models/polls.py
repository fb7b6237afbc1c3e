"""Votes: what is asked, by which frozen rules, who may vote, that somebody voted, and what was voted.

A secret vote keeps *that* a seat voted (`Cast`) and *what* was voted (`Urn`) apart; see docs/ballots.md.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.lib.refs import new_ref

from .agenda import AgendaItem
from .bodies import MajorityBase, MajorityKind
from .meeting import Meeting
from .seats import Seat


class PollKind(models.TextChoices):
    MOTION = "motion", _("Motion")
    """Agree, disagree, no opinion."""
    ELECTION = "election", _("Election")
    """Between `least` and `most` of the options, one vote each."""
    LIST = "list", _("Lists")
    """One of several lists as a whole."""
    CUMULATIVE = "cumulative", _("Cumulative")
    """`most` votes in all, up to `per_option` of them on one option."""


class PollForm(models.TextChoices):
    NAMED = "named", _("Open vote")
    SECRET = "secret", _("Secret vote")
    HAND = "hand", _("By show of hands")


class PollState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Published")
    VOID = "void", _("Void")


class Poll(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="polls")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="polls")
    number = models.PositiveIntegerField()
    """From 1 within the meeting, never given twice to what was opened."""
    repeats = models.ForeignKey("self", models.SET_NULL, null=True, related_name="repeated_by")
    """The vote this one is held again for."""
    title = models.CharField(_("what is voted on"), max_length=500)
    kind = models.CharField(max_length=10, choices=PollKind, default=PollKind.MOTION)
    form = models.CharField(max_length=6, choices=PollForm, default=PollForm.NAMED)
    options = models.JSONField(default=list)
    """`[{id, label}]`; a motion's ids are "agree", "disagree", "none", its labels empty: screens say them."""
    least = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=1)
    per_option = models.PositiveSmallIntegerField(default=1)
    places = models.PositiveSmallIntegerField(default=1)
    """How many are elected."""
    papers = models.JSONField(default=list)
    """What lay before its item when it was opened: `[{paper, title, number, version, digest}]`."""
    state = models.CharField(max_length=10, choices=PollState, default=PollState.DRAFT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    """Why it is void."""

    majority_kind = models.CharField(max_length=15, choices=MajorityKind, default=MajorityKind.HALF)
    majority_base = models.CharField(max_length=8, choices=MajorityBase, default=MajorityBase.ALL)
    """What it is a share of, in votes (weights); a simple majority looks only at those who took a side."""
    numerator = models.PositiveSmallIntegerField(default=1)
    denominator = models.PositiveSmallIntegerField(default=2)
    more_than = models.BooleanField(default=True)
    """Whether the share itself is not enough."""
    quorum_numerator = models.PositiveSmallIntegerField(default=0)
    quorum_denominator = models.PositiveSmallIntegerField(default=1)
    """At least this share of the members, by heads; 0: the quorum of the meeting."""

    early_until = models.DateTimeField(null=True)
    """Members who will be absent vote until then; None: nobody votes early."""
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    """Ends by itself then; None: when somebody closes it."""
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    heads_all = models.PositiveIntegerField(default=0)
    """Frozen at opening: members, and their votes (weights), in all and present."""
    quorum_need = models.PositiveIntegerField(default=0)
    """Frozen at opening: the own quorum, or else the meeting's."""
    heads_present = models.PositiveIntegerField(default=0)
    votes_all = models.PositiveIntegerField(default=0)
    votes_present = models.PositiveIntegerField(default=0)

    entered = models.JSONField(null=True)
    """By hand: the totals the clerk entered, `{option: votes}`."""
    ballots = models.PositiveIntegerField(default=0)
    """At close: how many were counted."""
    votes_cast = models.PositiveIntegerField(default=0)
    votes_decided = models.PositiveIntegerField(default=0)
    """At close: their votes (weights), and those of them that were not "no opinion" or blank."""
    counts = models.JSONField(null=True)
    """At close: `{option: votes}`."""
    adopted = models.BooleanField(null=True)
    elected = models.JSONField(default=list)
    ties = models.JSONField(default=list)
    """Options that share the last place so that nobody is elected by these numbers."""
    withheld = models.CharField(max_length=10, blank=True)
    """Why a secret result is not shown: a code of `rules.WITHHELD`."""
    is_disclosed = models.BooleanField(default=False)
    """The chair was told that the numbers show how everybody voted, and published them all the same."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="poll_number_once"),
            models.CheckConstraint(
                condition=Q(denominator__gte=1, quorum_denominator__gte=1), name="poll_shares"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | Q(opened_at__isnull=False), name="poll_opened"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "published"])
                | Q(closed_at__isnull=False, counts__isnull=False),
                name="poll_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Voter(models.Model):
    """A member in the electorate of a vote, frozen at opening. Name and post stay when the seat is gone."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    weight = models.PositiveIntegerField(default=1)
    is_present = models.BooleanField(default=False)
    is_early = models.BooleanField(default=False)
    """Listed as absent: may vote before the deadline."""
    proxy = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    """Who votes for them."""
    proxy_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "seat"], name="voter_once")]

    def __str__(self) -> str:
        return self.name


class Cast(models.Model):
    """That a voter has voted. Of a secret vote it says nothing else, not even when."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="casts")
    voter = models.ForeignKey(Voter, models.CASCADE, related_name="casts")
    command = models.UUIDField(default=uuid.uuid4)
    """The client-made number: the same number gets the same receipt."""
    receipt = models.CharField(max_length=20)
    by = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    """Who pressed: the voter, their proxy, or the clerk."""
    by_name = models.CharField(max_length=200, blank=True)
    """When it was not the voter."""
    choice = models.JSONField(null=True)
    """`{option: votes}`; None in a secret vote."""
    at = models.DateTimeField(null=True)
    """None in a secret vote."""
    is_shown = models.BooleanField(default=False)
    """Counted on the screens: they follow about once a second."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "voter"], name="cast_once"),
            models.CheckConstraint(
                condition=Q(choice__isnull=True, at__isnull=True) | Q(choice__isnull=False, at__isnull=False),
                name="cast_open_or_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.voter_id}"


class Urn(models.Model):
    """The sealed ballots of a secret vote, rewritten as a whole with each one; emptied when counted."""

    poll = models.OneToOneField(Poll, models.CASCADE, related_name="urn")
    key = models.CharField(max_length=20, default=new_ref)
    """Names the key, which is kept outside the database and destroyed when the vote is closed."""
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"urn of {self.poll_id}"


class Proxy(models.Model):
    """An absent member's vote is cast by another member of the same meeting: one for each, on both sides."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    """The paper or word it stands on, when the secretary noted it."""
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["giver"], condition=Q(ended_at__isnull=True), name="proxy_given_once"
            ),
            models.UniqueConstraint(
                fields=["holder"], condition=Q(ended_at__isnull=True), name="proxy_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.holder_id}"
