"""Words and signs for staff pages."""

import datetime

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.lib.devices import browser_of, is_handheld, system_of

register = template.Library()

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


@register.filter
def weekday(day: datetime.date) -> str:
    """The day of the week as Vietnamese officials write it ("Thứ Hai")."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def device_name(user_agent: str) -> str:
    """Browser and system in words: "Chrome on Android"."""
    browser, system = browser_of(user_agent), system_of(user_agent)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("Unknown device")


@register.filter
def device_icon(user_agent: str) -> str:
    """The sign for the kind of device."""
    return "tablet" if is_handheld(user_agent) else "screen"
