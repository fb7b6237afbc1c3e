"""Pages that are only text: about, contact."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import BodyBlock, UnitBlock

from .page import PublicPage, plain


class StandardPage(PublicPage):
    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    units = StreamField([("unit", UnitBlock(label=_("Unit")))], verbose_name=_("units"), blank=True)
    shows_contact = models.BooleanField(
        _("show address, telephone numbers and opening hours"),
        default=False,
        help_text=_("They are taken from the settings of the agency."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("units"),
        FieldPanel("shows_contact"),
    ]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]

    class Meta:
        verbose_name = _("text page")

    def search_summary(self) -> str:
        return str(self.search_description or self.lead)

    def search_text(self) -> str:
        return " ".join([self.lead, plain(self.body), plain(self.units)])
