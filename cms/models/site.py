"""The agency whose site this is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from cms.blocks import ClosedDayBlock, HoursBlock, PhoneBlock


@register_setting(icon="home", order=100)
class Agency(BaseSiteSetting):
    """Who publishes the portal: shown in the head, the foot and on the contact page of every page."""

    name = models.CharField(_("short name"), max_length=120, help_text=_("In the head of every page."))
    tagline = models.CharField(_("line under the name"), max_length=120, blank=True)
    full_name = models.CharField(_("full name of the agency"), max_length=200)
    superior = models.CharField(_("superior agency"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("official mail"), blank=True)
    responsible = models.CharField(_("responsible for the content"), max_length=160, blank=True)
    desk_name = models.CharField(_("name of the one-stop desk"), max_length=120, blank=True)
    hours = StreamField(
        [("hours", HoursBlock(label=_("Opening hours")))], blank=True, verbose_name=_("opening hours")
    )
    closed_days = StreamField(
        [("day", ClosedDayBlock(label=_("Closed day")))], blank=True, verbose_name=_("closed days")
    )
    phones = StreamField(
        [("phone", PhoneBlock(label=_("Telephone")))], blank=True, verbose_name=_("other telephone numbers")
    )
    notice_title = models.CharField(_("notice"), max_length=160, blank=True)
    notice_text = models.CharField(_("text of the notice"), max_length=300, blank=True)
    notice_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read more"),
    )
    notice_until = models.DateField(_("show the notice until"), null=True, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("tagline"),
                FieldPanel("full_name"),
                FieldPanel("superior"),
                FieldPanel("responsible"),
            ],
            _("Agency"),
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("phones")],
            _("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("desk_name"), FieldPanel("hours"), FieldPanel("closed_days")], _("One-stop desk")
        ),
        MultiFieldPanel(
            [
                FieldPanel("notice_title"),
                FieldPanel("notice_text"),
                FieldPanel("notice_page"),
                FieldPanel("notice_until"),
            ],
            _("Notice on the home page"),
        ),
    ]

    class Meta:
        verbose_name = _("agency")

    def __str__(self) -> str:
        return self.full_name
