"""When, where and in whose name; postponing and calling off."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.organization.models import Office
from meetings.models import AgendaTemplate, Body, Meeting

from .act import TITLE, ActForm


class DayField(forms.DateField):
    """A day typed as people write it: 24/11/2026."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "required": _("Say on which day."),
                "invalid": _("Write the day like this: 24/11/2026."),
            },
            **kwargs,
        )


class HourField(forms.TimeField):
    """A time of day, typed as 8:00, 08.00 or 8h00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%Hh%M", "%Hh", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "required": _("Say at what time."),
                "invalid": _("Write the time like this: 08:00."),
            },
            **kwargs,
        )


class WhenForm(ActForm):
    """A day and two times of it."""

    day = DayField(label=_("Day"), help_text=_("For example 24/11/2026"))
    starts = HourField(label=_("Begins at"), help_text=_("For example 08:00"))
    ends = HourField(label=_("Ends at"), help_text=_("For example 11:30"))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"starts", "ends"} <= facts.keys() and facts["ends"] <= facts["starts"]:
            self.add_error("ends", _("The meeting must end after it starts."))
        if {"day", "starts", "ends"} <= facts.keys():
            zone = timezone.get_current_timezone()
            for name in ("starts", "ends"):
                facts[f"{name}_at"] = datetime.datetime.combine(facts["day"], facts[name], tzinfo=zone)
        return facts

    def facts(self) -> dict[str, Any]:
        """Two moments instead of a day and two times."""
        return {
            name: value for name, value in super().facts().items() if name not in ("day", "starts", "ends")
        }


class DetailsForm(WhenForm):
    """What the invitation says."""

    field_order = ("title", "day", "starts", "ends", "place")
    title = forms.CharField(
        label=_("Title of the meeting"), max_length=200, error_messages={"required": TITLE}
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, error_messages={"required": _("Say where the meeting is held.")}
    )

    @classmethod
    def of(cls, meeting: Meeting) -> "DetailsForm":
        """The form filled with what a meeting says."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return cls(
            initial={
                "title": meeting.title,
                "place": meeting.place,
                "day": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
            },
            auto_id="details-%s",
        )


class ConveneForm(DetailsForm):
    """A new meeting."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Convened by"),
        empty_label=None,
        error_messages={"required": _("Choose the office that convenes.")},
    )
    template = forms.ModelChoiceField(
        AgendaTemplate.objects.none(),
        label=_("Start from"),
        required=False,
        empty_label=_("An empty agenda"),
    )

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("A meeting of"),
        help_text=_("Its standing members are seated at once."),
        required=False,
        empty_label=_("No standing body"),
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["office"]
        choices.queryset = Office.objects.filter(pk__in=[office.pk for office in offices])
        choices = self.fields["template"]
        choices.queryset = AgendaTemplate.objects.order_by("name")
        choices = self.fields["body"]
        choices.queryset = Body.objects.filter(office__in=offices)


class _ReasonField(forms.CharField):
    """What everybody invited will read."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"),
            help_text=_("Everybody invited reads it."),
            max_length=300,
            error_messages={"required": _("Give the reason: everybody invited reads it.")},
        )


class PostponeForm(WhenForm):
    """A later time, and why."""

    reason = _ReasonField()

    @classmethod
    def of(cls, meeting: Meeting) -> "PostponeForm":
        """The form with the hours it had; the day is to be chosen."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return cls(initial={"starts": starts.time(), "ends": ends.time()}, auto_id="postpone-%s")


class CancelForm(ActForm):
    """Why there will be no meeting."""

    reason = _ReasonField()
