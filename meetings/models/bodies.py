"""Bodies that meet again and again: their standing members and how they decide, each with its dates."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intranet.lib.refs import new_ref
from intranet.organization.models import Office, ValidQuerySet

from .seats import Role


class Body(models.Model):
    """A people's council, a people's committee, a project board."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="bodies")
    """The office whose staff keep it."""
    name = models.CharField(max_length=200)
    marks_days = models.PositiveSmallIntegerField(null=True, blank=True)
    """So many days after a meeting what its people drew on the papers is deleted; None: never."""
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts the changes of the body, its members and its rules; every change takes this row first."""

    class Meta:
        ordering = ["name", "pk"]
        permissions = [("keep_bodies", "Can keep bodies, their members and their voting rules")]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="body_once_per_office")]

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """A person's standing place in a body, from a day up to another."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bodies")
    title = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.DELEGATE)
    """As what they are seated when the body meets."""
    votes = models.BooleanField(default=True)
    weight = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    """The first day on which it is no longer true."""

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="body_member_valid_range",
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="body_member_weight"),
            models.UniqueConstraint(fields=["body", "person", "valid_from"], name="body_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.body}"


class Subject(models.TextChoices):
    """What is decided; the order is that of tables."""

    DECISION = "decision", _("Resolutions and decisions")
    PROCEDURE = "procedure", _("Programme and procedure")
    ELECTION = "election", _("Elections")
    REMOVAL = "removal", _("Removal of a member, vote of confidence")
    RULES = "rules", _("Working rules of the body")


class MajorityKind(models.TextChoices):
    SIMPLE = "simple", _("More for than against")
    HALF = "half", _("More than half")
    TWO_THIRDS = "two_thirds", _("At least two thirds")
    THREE_QUARTERS = "three_quarters", _("At least three quarters")
    CUSTOM = "custom", _("At least another share")


class MajorityBase(models.TextChoices):
    ALL = "all", _("of all with a vote")
    PRESENT = "present", _("of those present")
    CAST = "cast", _("of the votes cast")


class VotingRule(models.Model):
    """How a body decides one kind of subject, as dated data with its legal basis."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="rules")
    subject = models.CharField(max_length=12, choices=Subject, default=Subject.DECISION)
    majority = models.CharField(max_length=16, choices=MajorityKind, default=MajorityKind.HALF)
    part = models.PositiveSmallIntegerField(default=0)
    whole = models.PositiveSmallIntegerField(default=0)
    """The share of a custom majority: `part` of `whole`, such as 4 of 5; else 0."""
    base = models.CharField(max_length=8, choices=MajorityBase, default=MajorityBase.ALL)
    quorum_part = models.PositiveSmallIntegerField(default=2)
    quorum_whole = models.PositiveSmallIntegerField(default=3)
    """The share of all with a vote who must be present."""
    basis = models.CharField(max_length=500, blank=True)
    verified_by = models.CharField(max_length=200, blank=True, editable=False)
    verified_on = models.DateField(null=True, editable=False)
    """Who of this authority compared it with the text of the law, and when. Without: reference data."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="voting_rule_valid_range",
            ),
            models.CheckConstraint(
                condition=~Q(majority="custom") | Q(part__gte=1, whole__gte=F("part")),
                name="voting_rule_share",
            ),
            models.CheckConstraint(
                condition=Q(quorum_part__gte=1, quorum_whole__gte=F("quorum_part")),
                name="voting_rule_quorum",
            ),
            models.UniqueConstraint(fields=["body", "subject", "valid_from"], name="voting_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.subject}, {self.valid_from}"
