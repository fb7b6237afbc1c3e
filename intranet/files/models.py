"""Stored content by its digest, and the named files that point at it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.lib.refs import new_ref

from .registry import Access


class Kind(models.TextChoices):
    """What the content is, told from its bytes, never from its name."""

    PDF = "pdf", _("PDF document")
    IMAGE = "image", _("Image")
    OFFICE = "office", _("Office document")
    TEXT = "text", _("Plain text")


class Content(models.Model):
    """Bytes in the private store, once for each digest."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Cannot be opened")

    digest = models.CharField(max_length=64, unique=True)
    view_digest = models.CharField(max_length=64, blank=True, db_index=True)
    """The PDF that is drawn, measured, read and served in the original's place: converted, cleaned, made
    searchable. It lies in the same store under this digest. Blank: the original itself."""
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    """Why it cannot be opened, why a ready one has no pages, or what a waiting one waits for: a code of
    `rules.REASONS`, shown as one sentence."""
    stripped = models.JSONField(default=list)
    """What the view lacks that the original has: codes of `rules.STRIPPED`, told to who put it here."""
    pages = models.JSONField(default=list)
    """[width, height] in PDF points of each page as it is shown (rotation applied)."""
    outline = models.JSONField(default=list)
    """[[level, title, page index], …]"""
    faults = models.JSONField(default=dict)
    """{page index: reason} of single pages that cannot be drawn although the document opens."""
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def drawn_digest(self) -> str:
        """The digest of what is drawn; `pages`, `outline`, `faults` and the texts describe it."""
        return self.view_digest or self.digest

    @property
    def drawn_kind(self) -> str:
        """The kind of what is drawn: a view is always a PDF."""
        return Kind.PDF if self.view_digest else self.kind


class PageText(models.Model):
    """The text layer of one page: lines with boxes in PDF points, made by the server's PDFium."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="texts")
    index = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    folded = models.TextField(blank=True)
    """What search looks through first; empty when it was not noted, then the lines are read."""
    engine = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content", "index"], name="page_text_once")]


class StoredFile(models.Model):
    """A named file somebody put here. Who may read it is decided by its uploader and by registered grants."""

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    content = models.ForeignKey(Content, models.PROTECT, related_name="files")
    name = models.CharField(_("file name"), max_length=255)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    command = models.UUIDField(null=True, editable=False)
    """Made by the uploading client: the retry of an upload gets the first answer."""
    access: Access
    """What the reader may do with it who came through `queries.stored_file_for`, which sets it."""

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["uploaded_by", "command"], name="stored_file_command_once")
        ]

    def __str__(self) -> str:
        return self.name


class PageSent(models.Model):
    """A page of a file whose reading is logged was sent to a reader: the first time and the last."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pages_sent")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    index = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["file", "person", "index"]
        constraints = [models.UniqueConstraint(fields=["file", "person", "index"], name="page_sent_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.person_id} {self.index}"


class Usage(models.Model):
    """How many bytes a person has put here; the row is what two uploads at once are counted against."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.size}"
