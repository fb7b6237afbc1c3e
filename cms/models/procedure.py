"""Administrative procedures as citizens read them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.blocks import FormBlock, LawBlock, PaperBlock, StepBlock

from .page import PublicPage, plain

ICON_HELP = _("Name of a symbol, for example i-baby.")


@register_snippet
class ProcedureField(models.Model):  # type: ignore[django-manager-missing]
    """A field (lĩnh vực) by which procedures are sorted."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    icon = models.CharField(_("symbol"), max_length=40, default="i-doc", help_text=ICON_HELP)
    summary = models.CharField(_("in one line"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("icon"),
        FieldPanel("summary"),
        FieldPanel("order"),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("field of procedures")
        verbose_name_plural = _("fields of procedures")

    def __str__(self) -> str:
        return self.name


@register_snippet
class LifeEvent(models.Model):
    """An event of life that takes several procedures: having a child, marrying, a death."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    icon = models.CharField(_("symbol"), max_length=40, default="i-doc", help_text=ICON_HELP)
    summary = models.CharField(_("in one line"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("icon"),
        FieldPanel("summary"),
        FieldPanel("order"),
    ]

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("life event")
        verbose_name_plural = _("life events")

    def __str__(self) -> str:
        return self.name


class Trust(models.TextChoices):
    """How sure the office is of what a page says; always shown beside the fact."""

    REFERENCE = "reference", _("Reference data")
    UNVERIFIED = "unverified", _("Not checked, ask when you hand in")
    REVIEW = "review", _("The source quotes old rules and waits for review")
    VERIFIED = "verified", _("Checked by the office")


class TimeUnit(models.TextChoices):
    """The unit of a time limit. National data often lack it, and then it stays unknown."""

    HOUR = "hour", _("hours")
    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("calendar days")


class OnlineLevel(models.TextChoices):
    UNKNOWN = "", _("Not confirmed")
    NONE = "none", _("Not online")
    PARTIAL = "partial", _("Partly online")
    FULL = "full", _("Fully online")


class ProcedureIndexPage(PublicPage):
    lead = models.CharField(_("lead"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ProcedurePage"]
    max_count = 1

    class Meta:
        verbose_name = _("list of procedures")

    def search_summary(self) -> str:
        return str(self.search_description or self.lead)


def _trust(label: Any) -> models.CharField[str, str]:
    return models.CharField(
        label, max_length=12, choices=Trust, blank=True, help_text=_("Empty: as the whole page.")
    )


class ProcedurePage(PublicPage):
    """One procedure. `trust` and `source_date` say how far it can be relied on."""

    code = models.CharField(_("code"), max_length=20, db_index=True)
    field = models.ForeignKey(
        ProcedureField, models.PROTECT, related_name="procedures", verbose_name=_("field")
    )
    life_events = ParentalManyToManyField(
        LifeEvent, blank=True, related_name="procedures", verbose_name=_("life events")
    )
    level = models.CharField(_("level"), max_length=60, blank=True)
    mechanism = models.CharField(_("mechanism"), max_length=60, blank=True)
    summary = models.TextField(_("who needs it and when"), max_length=600)
    who = models.CharField(_("who may apply"), max_length=500, blank=True)
    requirements = models.TextField(_("requirements and conditions"), blank=True)
    warning = models.CharField(_("attention"), max_length=500, blank=True)

    papers = StreamField(
        [("paper", PaperBlock(label=_("Paper")))], blank=True, verbose_name=_("what to bring")
    )
    steps = StreamField([("step", StepBlock(label=_("Step")))], blank=True, verbose_name=_("steps"))
    forms = StreamField([("form", FormBlock(label=_("Form")))], blank=True, verbose_name=_("forms"))
    legal_basis = StreamField(
        [("law", LawBlock(label=_("Document")))], blank=True, verbose_name=_("legal basis")
    )

    time_text = models.CharField(_("time limit"), max_length=160)
    time_amount = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    time_unit = models.CharField(_("unit"), max_length=12, choices=TimeUnit, blank=True)
    time_note = models.CharField(_("note on the time limit"), max_length=500, blank=True)
    time_trust = _trust(_("time limit checked"))
    fee_text = models.CharField(_("fee"), max_length=200)
    fee_note = models.CharField(_("note on the fee"), max_length=500, blank=True)
    fee_trust = _trust(_("fee checked"))
    place = models.CharField(_("where to hand in"), max_length=200)
    place_note = models.CharField(_("note on the place"), max_length=500, blank=True)
    place_trust = _trust(_("place checked"))
    online_level = models.CharField(_("online level"), max_length=8, choices=OnlineLevel, blank=True)
    online_text = models.CharField(_("online"), max_length=200, blank=True)
    online_note = models.CharField(_("note on handing in online"), max_length=500, blank=True)
    online_trust = _trust(_("online level checked"))
    result = models.CharField(_("result"), max_length=400)
    deciding_body = models.CharField(_("deciding body"), max_length=200, blank=True)

    trust = models.CharField(_("how sure"), max_length=12, choices=Trust, default=Trust.UNVERIFIED)
    source = models.CharField(_("source"), max_length=160, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    verified_by = models.CharField(
        _("checked by"), max_length=160, blank=True, help_text=_("Position, not a name.")
    )
    verified_on = models.DateField(_("checked on"), null=True, blank=True)

    is_common = models.BooleanField(_("show among the most used"), default=False)
    keywords = models.CharField(_("other words people type"), max_length=500, blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("field")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("mechanism")]),
                FieldPanel("summary"),
                FieldPanel("who"),
                FieldPanel("requirements"),
                FieldPanel("warning"),
            ],
            _("About"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_text"), FieldPanel("time_amount"), FieldPanel("time_unit")]),
                FieldRowPanel([FieldPanel("time_note"), FieldPanel("time_trust")]),
            ],
            _("Time limit"),
        ),
        MultiFieldPanel(
            [FieldPanel("fee_text"), FieldRowPanel([FieldPanel("fee_note"), FieldPanel("fee_trust")])],
            _("Fee"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("place_note"), FieldPanel("place_trust")]),
                FieldRowPanel([FieldPanel("online_level"), FieldPanel("online_text")]),
                FieldRowPanel([FieldPanel("online_note"), FieldPanel("online_trust")]),
            ],
            _("Where"),
        ),
        FieldPanel("papers"),
        FieldPanel("steps"),
        FieldPanel("forms"),
        MultiFieldPanel([FieldPanel("result"), FieldPanel("deciding_body")], _("Result")),
        FieldPanel("legal_basis"),
        MultiFieldPanel(
            [
                FieldPanel("trust"),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
                FieldRowPanel([FieldPanel("verified_by"), FieldPanel("verified_on")]),
            ],
            _("How sure it is"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_common"), FieldPanel("life_events"), FieldPanel("keywords")], _("How it is found")
        ),
    ]
    parent_page_types = ["cms.ProcedureIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("procedure")
        indexes = [models.Index(fields=["field", "code"], name="procedure_field_code")]

    def clean(self) -> None:
        super().clean()
        if self.trust == Trust.VERIFIED and not (self.verified_on and self.verified_by):
            raise ValidationError(
                {"verified_by": _("Say who checked the page, and on which day.")}, code="verified"
            )
        same = ProcedurePage.objects.filter(code=self.code, alias_of__isnull=True).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"code": _("There is already a procedure with this code.")}, code="code")

    def search_summary(self) -> str:
        return str(self.search_description or self.summary)

    def search_text(self) -> str:
        return " ".join(
            [
                self.code,
                self.field.name,
                self.keywords,
                self.summary,
                self.who,
                plain(self.papers),
                plain(self.steps),
                plain(self.forms),
                self.result,
                self.deciding_body,
                plain(self.legal_basis),
            ]
        )

    def search_facts(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "time": self.time_text,
            "fee": self.fee_text,
            "place": self.place,
            "trust": self.trust,
            "source_date": self.source_date.isoformat() if self.source_date else None,
        }

    def search_date(self) -> datetime.date | None:
        return self.source_date
