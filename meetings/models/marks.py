"""What a reader draws and writes on a paper: their own, unless they share it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting
from .papers import Paper


class MarkKind(models.TextChoices):
    INK = "ink", _("Pen stroke")
    HIGHLIGHT = "highlight", _("Highlight")
    NOTE = "note", _("Note")
    STAMP = "stamp", _("Stamp")


class Ink(models.TextChoices):
    """Colours of pens and highlighters; the order is that of menus."""

    BLUE = "blue", _("Blue")
    RED = "red", _("Red")
    GREEN = "green", _("Green")
    BLACK = "black", _("Black")
    YELLOW = "yellow", _("Yellow")
    ROSE = "rose", _("Rose")


class Stamp(models.TextChoices):
    READ = "read", _("Read")
    ASK = "ask", _("To be asked")
    AGREE = "agree", _("Agree")
    CHECK = "check", _("To be checked")


class Reach(models.TextChoices):
    """Who sees a mark besides its owner."""

    ME = "me", _("Only me")
    PERSON = "person", _("One person")
    ITEM = "item", _("Those who discuss the item")
    ALL = "all", _("Everybody who reads the paper")


class Mark(models.Model):
    """One stroke, highlight, note or stamp. Written once; erasing empties it and leaves its number.

    It belongs to a person, not to a seat: who comes back finds what is theirs. Nothing that counts, lists,
    logs or exports a meeting reads this table.
    """

    uuid = models.UUIDField()
    """Made by the tablet: a mark sent twice is one, and one that was erased does not come back."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    """The version it was made on; places are points of that version's pages as shown, from the top left."""
    page = models.PositiveIntegerField(default=1)
    """From 1."""
    kind = models.CharField(max_length=9, choices=MarkKind)
    colour = models.CharField(max_length=6, choices=Ink, default=Ink.BLUE)
    shape = models.JSONField(default=dict)
    """ink: width, points [x, y, pressure, …]; highlight: rects; note: at; stamp: at, stamp."""
    quote = models.TextField(blank=True)
    """The words it stands on, by which it is found again in another version."""
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True)
    """Quote and text as search compares them."""
    reach = models.CharField(max_length=6, choices=Reach, default=Reach.ME)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    size = models.PositiveIntegerField(default=0)
    """About how many bytes it takes; 0 when it was erased."""
    made_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "uuid"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(reach="person", to__isnull=False) | (~Q(reach="person") & Q(to__isnull=True)),
                name="mark_shared_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(quote="", text="", folded="", size=0),
                name="mark_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "owner"], name="mark_own"),
            models.Index(fields=["paper", "reach"], condition=Q(erased_at__isnull=True), name="mark_shared"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def stamp_name(self) -> str:
        """The words of a stamp."""
        return str(dict(Stamp.choices).get(self.shape.get("stamp", ""), ""))


class SharedMarks(models.Model):
    """The revision at which what is shared on a paper last changed for a circle of people."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    reach = models.CharField(max_length=6, choices=Reach)
    revision = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "reach"], name="shared_marks_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.reach}: {self.revision}"
