"""What the screens send about the order of a session."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .act import ActForm, PlainForm


class RecessForm(ActForm):
    until = forms.IntegerField(min_value=0, max_value=2**46)
    """The time of return in milliseconds since 1970, as screens count."""

    def clean_until(self) -> Any:
        return datetime.datetime.fromtimestamp(self.cleaned_data["until"] / 1000, datetime.UTC)


class ItemClosedForm(ActForm):
    item = forms.IntegerField()
    closed = forms.TypedChoiceField(
        choices=[("1", _("Closed")), ("0", _("Public"))], coerce=lambda value: value == "1"
    )


ORDER_FORMS: dict[str, type[ActForm]] = {
    "pause_meeting": PlainForm,
    "call_recess": RecessForm,
    "resume_meeting": PlainForm,
    "begin_closed_session": PlainForm,
    "end_closed_session": PlainForm,
    "set_item_closed": ItemClosedForm,
}
