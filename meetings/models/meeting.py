"""The meeting itself: the row that every change of it locks first."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intranet.lib.refs import new_ref
from intranet.organization.models import Office


class State(models.TextChoices):
    """Where a meeting stands; it only ever moves down this list."""

    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Convened")
    LIVE = "live", _("In session")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    """Instead of being held: only from convened."""


class Talk(models.TextChoices):
    """Whether people may write to the room; chair and secretary always may."""

    ON = "on", _("Messages are shown at once")
    HELD = "held", _("Messages wait until they are released")
    OFF = "off", _("Nobody writes to the room")


class Meeting(models.Model):
    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    epoch = models.CharField(max_length=20, default=new_ref, editable=False)
    """Changes when old revision numbers mean nothing any more, such as after a restore."""
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, related_name="meetings", verbose_name=_("office"))
    body = models.ForeignKey(
        "meetings.Body", models.SET_NULL, null=True, editable=False, related_name="meetings"
    )
    """Whose meeting it is, if it is one of a standing body."""
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    postponed_from = models.DateTimeField(null=True, editable=False)
    """When it was to start before it was last postponed."""
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    """Why it was postponed or cancelled."""
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    stage_paper = models.ForeignKey(
        "meetings.Paper", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    """The paper the chair shows to the room, with its page (from 1) and since when."""
    stage_page = models.PositiveIntegerField(null=True, editable=False)
    stage_shown_at = models.DateTimeField(null=True, editable=False)
    quorum_numerator = models.PositiveSmallIntegerField(default=1, editable=False)
    """The share of those with a vote who must attend, such as 1/2 or 2/3 …"""
    quorum_denominator = models.PositiveSmallIntegerField(default=2, editable=False)
    quorum_exceeds = models.BooleanField(default=True, editable=False)
    """… which must be exceeded ("more than half") or only reached ("at least two thirds")."""
    quorum_basis = models.CharField(max_length=300, blank=True, editable=False)
    """Where that is laid down."""
    speaking_seconds = models.JSONField(default=dict, editable=False)
    """How long a turn of a kind lasts here, by kind, where it differs from the usual."""
    talk = models.CharField(max_length=4, choices=Talk, default=Talk.ON, editable=False)
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    is_rehearsal = models.BooleanField(default=False, editable=False)
    """A room of simulated tablets: nobody else has a seat in it, and it is gone after minutes."""
    command = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """The client-made number of the act that convened it: a second press finds this meeting."""

    class Meta:
        ordering = ["starts_at", "pk"]
        permissions = [
            ("convene_meeting", "Can convene meetings"),
            ("rehearse_meeting", "Can rehearse meetings with simulated tablets"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(stage_paper__isnull=True) | Q(stage_page__gte=1, stage_shown_at__isnull=False),
                name="meeting_stage_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "cancelled"]) | Q(opened_at__isnull=False),
                name="meeting_opened_when_live",
            ),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="meeting_quorum_is_a_share",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_starts_at")]

    def __str__(self) -> str:
        return self.title
