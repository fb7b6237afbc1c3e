"""What the public may find: one row for each published page, written when the page is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .legal import LegalDocumentType, Validity
from .news import NewsCategory
from .procedure import LifeEvent, ProcedureField


class Kind(models.TextChoices):
    PROCEDURE = "procedure", _("Procedure")
    LEGAL_DOCUMENT = "legal", _("Legal document")
    ARTICLE = "article", _("News")
    PAGE = "page", _("Page")


class Listing(models.Model):
    """A flat copy of a published page, so that a list or a search is one query without walking the page tree.

    `words` holds the words of title and text in lower case between single spaces, `folded` the same without
    diacritics: a word is found as " word " in the same way on every database. Whether a page may be shown
    at all is still asked of the page itself.
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, primary_key=True, related_name="listing")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    words_title = models.TextField()
    words = models.TextField()
    folded_title = models.TextField()
    folded = models.TextField()
    sort_key = models.CharField(max_length=600)
    date = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    field = models.ForeignKey(ProcedureField, models.PROTECT, null=True, related_name="+")
    life_events = models.ManyToManyField(LifeEvent, related_name="+")
    category = models.ForeignKey(NewsCategory, models.PROTECT, null=True, related_name="+")
    document_type = models.ForeignKey(LegalDocumentType, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", models.SET_NULL, null=True, related_name="+")
    validity = models.CharField(max_length=10, choices=Validity, blank=True)
    is_common = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-date", "-page"], name="listing_kind_date"),
            models.Index(fields=["kind", "field", "sort_key"], name="listing_field"),
        ]

    def __str__(self) -> str:
        return self.title
