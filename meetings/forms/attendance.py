"""What the screens send about who is here."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import rules

from .act import ActForm, PlainForm


class OnePersonForm(ActForm):
    target = forms.IntegerField()


class TimeForm(OnePersonForm):
    """A seat, and a time of the meeting's clock such as 08:22: the last one that has been."""

    at = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%H%M"],
        error_messages={"invalid": _("Give the time as hours and minutes, such as 08:30.")},
    )

    def clean_at(self) -> datetime.datetime | None:
        time: datetime.time | None = self.cleaned_data["at"]
        return None if time is None else rules.last_moment_of(time, timezone.localtime())


class QuorumForm(ActForm):
    share = forms.ChoiceField(choices=[(code, code) for code in rules.QUORUM_SHARES])
    basis = forms.CharField(
        required=False,
        max_length=300,
        error_messages={"max_length": _("The basis may have at most %(limit_value)d characters.")},
    )


ATTENDANCE_FORMS: dict[str, type[ActForm]] = {
    "arrive": PlainForm,
    "leave": PlainForm,
    "note_arrival": TimeForm,
    "note_leaving": TimeForm,
    "cancel_arrival": OnePersonForm,
    "set_quorum": QuorumForm,
}
