"""Papers laid before the items: who may read them, how they are handled, and what stood in their place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.files.models import StoredFile

from .agenda import AgendaItem
from .seats import Seat


class Level(models.TextChoices):
    """How far a paper goes; the strictest last. State secrets have no level: they are refused."""

    NORMAL = "normal", _("Normal")
    """Also for observers and the hall screen."""
    INTERNAL = "internal", _("Internal")
    """For chair, secretary, delegates, and those invited to its item."""
    RESTRICTED = "restricted", _("Restricted")
    """For the same, and handled as the rule of this level says."""


class Paper(models.Model):
    """A stored file laid before an item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    stored_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers")
    """The version that holds now."""
    version = models.PositiveIntegerField(default=1, editable=False)
    """Its number, from 1."""
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=60, blank=True)
    """Its official number and symbol, such as 12/TTr-UBND."""
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.INTERNAL)
    named_only = models.BooleanField(_("only for those named"), default=False)
    """Of those its level lets in, only `readers`, chair and secretary know of it."""
    readers = models.ManyToManyField(Seat, blank=True, related_name="named_papers")
    no_saving = models.BooleanField(_("not to be saved"), default=False)
    no_printing = models.BooleanField(_("not to be printed"), default=False)
    """Both hold beside the rule of its level; what may not be printed may not be saved either."""
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="paper_position_once")]

    def __str__(self) -> str:
        return self.title


class PaperVersion(models.Model):
    """What stood in a paper's place until it was replaced."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stored_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=200)
    """The name: it stays when the seat is gone."""
    changes = models.JSONField(null=True)
    """How the next version differs, page by page from 0, when it has been compared:
    `{"of": [old index of each new page or null], "changed": [new], "added": [new], "removed": [old]}`."""

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class LevelRule(models.Model):
    """How papers of a level are handled from a day on, until a later rule: dated data with its basis."""

    level = models.CharField(max_length=10, choices=Level)
    valid_from = models.DateField()
    is_stamped = models.BooleanField(default=False)
    """Every page bears the reader's name and the time; the document itself never leaves the server."""
    gives_original = models.BooleanField(default=True)
    gives_print = models.BooleanField(default=True)
    gives_text = models.BooleanField(default=True)
    is_logged = models.BooleanField(default=False)
    offline_hours = models.PositiveSmallIntegerField(default=12)
    """How long a device may keep it without asking; 0: it may not."""
    basis = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["level", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["level", "valid_from"], name="level_rule_once"),
            models.CheckConstraint(
                condition=Q(is_stamped=False) | Q(gives_original=False), name="level_rule_stamp_or_original"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}, {self.valid_from}"
