"""Legal and administrative documents: number, date, kind, summary, validity, file."""

import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.blocks import BodyBlock

from .page import PublicPage, plain


@register_snippet
class LegalDocumentType(models.Model):  # type: ignore[django-manager-missing]
    """Resolution, decision, announcement …: a list that changes with the law, so it is data."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("type of legal document")
        verbose_name_plural = _("types of legal document")

    def __str__(self) -> str:
        return self.name


class Validity(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    PARTLY = "partly", _("Partly expired")
    EXPIRED = "expired", _("Expired")


class LegalDocumentIndexPage(PublicPage):
    lead = models.CharField(_("lead"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.LegalDocumentPage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of legal documents")

    def search_summary(self) -> str:
        return str(self.search_description or self.lead)


class LegalDocumentPage(PublicPage):
    """One document. The title is its subject (trích yếu) as printed under the name of its type."""

    number = models.CharField(_("number and symbol"), max_length=60, db_index=True)
    type = models.ForeignKey(
        LegalDocumentType, models.PROTECT, related_name="documents", verbose_name=_("type")
    )
    issuer = models.CharField(_("issuing body"), max_length=160)
    signer_post = models.CharField(_("position of the signer"), max_length=120, blank=True)
    issued_on = models.DateField(_("issued on"), db_index=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expired_on = models.DateField(_("expired on"), null=True, blank=True)
    validity = models.CharField(_("validity"), max_length=10, choices=Validity, default=Validity.IN_FORCE)
    validity_note = models.CharField(_("by which document"), max_length=160, blank=True)
    subject_field = models.CharField(_("field"), max_length=120, blank=True)
    excerpt = models.TextField(_("what it decides"), max_length=1200, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("type")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer_post")]),
                FieldRowPanel(
                    [FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("expired_on")]
                ),
                FieldRowPanel([FieldPanel("validity"), FieldPanel("validity_note")]),
                FieldPanel("subject_field"),
            ],
            _("About"),
        ),
        FieldPanel("excerpt"),
        FieldPanel("file"),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.LegalDocumentIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("legal document")

    def search_summary(self) -> str:
        return str(self.search_description or self.excerpt)

    def search_text(self) -> str:
        return " ".join(
            [self.number, self.type.name, self.issuer, self.subject_field, self.excerpt, plain(self.body)]
        )

    def search_facts(self) -> dict[str, Any]:
        return {"issuer": self.issuer, "validity_note": self.validity_note}

    def search_date(self) -> datetime.date | None:
        return self.issued_on
