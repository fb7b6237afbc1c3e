"""The agenda: items with one level of sub-items, and templates to start from."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting


class ItemState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    CURRENT = "current", _("Under discussion")
    DONE = "done", _("Done")


class ItemKind(models.TextChoices):
    """What is expected of the room; the order is that of menus."""

    INFORMATION = "information", _("For information")
    DISCUSSION = "discussion", _("For discussion")
    DECISION = "decision", _("For decision")
    CONSENT = "consent", _("Adopted without debate")


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    """Place among the items of the same parent, from 1, without gaps."""
    title = models.CharField(_("title"), max_length=300)
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    """Planned length; an item with sub-items takes as long as they do together."""
    kind = models.CharField(max_length=11, choices=ItemKind, default=ItemKind.DISCUSSION)
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    spent = models.DurationField(default=datetime.timedelta)
    """How long it was under discussion, breaks not counted, up to `ticking_since`."""
    ticking_since = models.DateTimeField(null=True)
    """Since when its clock runs; None while it stands still."""
    is_list_closed = models.BooleanField(default=False)
    """Nobody asks to speak on it any more, except on a point of order."""
    is_closed = models.BooleanField(_("behind closed doors"), default=False)
    """Title, papers and what is said on it are for a closed session only; its sub-items are closed too."""

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ticking_since__isnull=True) | Q(state="current"), name="agenda_clock_of_current"
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                condition=Q(parent__isnull=True),
                name="agenda_top_position_once",
            ),
            models.UniqueConstraint(
                fields=["parent", "position"],
                condition=Q(parent__isnull=False),
                name="agenda_sub_position_once",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="current"), name="agenda_one_current_item"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaTemplate(models.Model):
    """An agenda to start from, such as that of the monthly session."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    title = models.CharField(_("title of the meeting"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AgendaTemplateItem(models.Model):
    template = models.ForeignKey(AgendaTemplate, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    presenter = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=11, choices=ItemKind, default=ItemKind.DISCUSSION)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
