"""A trial with simulated tablets on this very server, and what was measured."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.lib.refs import new_ref

from .meeting import Meeting


class Rehearsal(models.Model):
    """One trial. At most one is open on the whole server."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Stopped")
        FAILED = "failed", _("Broken off")

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="rehearsals")
    """The meeting it was held for; None when it was started for the server alone."""
    room = models.OneToOneField(Meeting, models.SET_NULL, null=True, related_name="rehearsal")
    """The room of the simulated tablets, while there is one."""
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    command = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    """The client-made number of the start: a second press finds this trial."""
    address = models.CharField(max_length=200)
    tablets = models.PositiveIntegerField(_("tablets"))
    most = models.PositiveIntegerField(_("at most"))
    """Up to how many tablets the steps go."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    is_open = models.BooleanField(default=True)
    """Waiting or under way: unique among all, so that two never measure each other."""
    is_stopping = models.BooleanField(default=False)
    """Somebody asked it to stop."""
    asked_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    """The last sign of life of whoever runs it."""
    ended_at = models.DateTimeField(null=True)
    doing = models.JSONField(default=dict)
    """{"tablets", "phase", "ready"} of the step under way."""
    steps = models.JSONField(default=list)
    """What each finished step measured, see `meetings.rehearsal.measures`."""
    trouble = models.CharField(max_length=20, blank=True)
    """Why it was broken off: a code of `meetings.rehearsal.measures.TROUBLES`."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=Q(is_open=True), name="rehearsal_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.ref}: {self.state}"
