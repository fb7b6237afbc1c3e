"""News and announcements."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.blocks import AttachmentBlock, BodyBlock

from .page import PublicPage, plain


@register_snippet
class NewsCategory(models.Model):  # type: ignore[django-manager-missing]
    """What an article is: announcement, guide, steering information."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("order")]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")

    def __str__(self) -> str:
        return self.name


class NewsIndexPage(PublicPage):
    lead = models.CharField(_("lead"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    max_count = 1

    class Meta:
        verbose_name = _("news list")

    def search_summary(self) -> str:
        return str(self.search_description or self.lead)


class ArticlePage(PublicPage):
    """One article."""

    category = models.ForeignKey(
        NewsCategory, models.PROTECT, related_name="articles", verbose_name=_("category")
    )
    published_on = models.DateField(_("date"), default=timezone.localdate)
    lead = models.TextField(_("lead"), max_length=600)
    source = models.CharField(
        _("written by"), max_length=160, blank=True, help_text=_("Unit, not a private name.")
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead photo"),
    )
    photo_alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    photo_caption = models.CharField(_("caption"), max_length=250, blank=True)
    photo_credit = models.CharField(_("author or source of the photo"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    attachments = StreamField(
        [("attachment", AttachmentBlock(label=_("Attached document")))],
        blank=True,
        verbose_name=_("attachments"),
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("category"), FieldPanel("published_on"), FieldPanel("source")], _("About")
        ),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("photo"),
                FieldPanel("photo_alt"),
                FieldPanel("photo_caption"),
                FieldPanel("photo_credit"),
            ],
            _("Lead photo"),
        ),
        FieldPanel("body"),
        FieldPanel("attachments"),
    ]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_alt.strip():
            raise ValidationError(
                {"photo_alt": _("Describe the photo for people who cannot see it.")}, code="alt_text"
            )

    def search_summary(self) -> str:
        return str(self.search_description or self.lead)

    def search_text(self) -> str:
        return " ".join([self.lead, plain(self.body), self.category.name])

    def search_date(self) -> datetime.date | None:
        return self.published_on
