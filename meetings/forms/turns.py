"""What the screens send about turns and their time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import SpeechKind

from .act import ActForm

TOO_LONG = _("A turn lasts an hour at most.")
YES_NO = [("1", _("Closed")), ("0", _("Open"))]


class OneSpeechForm(ActForm):
    speech = forms.IntegerField()


class ListClosedForm(ActForm):
    item = forms.IntegerField()
    closed = forms.TypedChoiceField(choices=YES_NO, coerce=lambda value: value == "1")


class KindLengthForm(ActForm):
    kind = forms.ChoiceField(choices=SpeechKind.choices)
    seconds = forms.IntegerField(
        min_value=10,
        max_value=rules.LONGEST_SPEECH,
        error_messages={"min_value": _("A turn lasts ten seconds at least."), "max_value": TOO_LONG},
    )


class BudgetForm(ActForm):
    name = forms.CharField(max_length=120, error_messages={"required": _("Give it a name.")})
    seconds = forms.IntegerField(
        min_value=60,
        max_value=rules.LONGEST_BUDGET,
        error_messages={
            "min_value": _("A shared time is a minute at least."),
            "max_value": _("A shared time is twelve hours at most."),
        },
    )
    kind = forms.ChoiceField(choices=[("", ""), *SpeechKind.choices], required=False)
    item = forms.IntegerField(required=False)
    seats = forms.CharField(required=False)
    """Keys of seats, with commas between."""

    def clean_seats(self) -> Any:
        try:
            return [int(key) for key in self.cleaned_data["seats"].split(",") if key]
        except ValueError:
            raise ValidationError(_("Reload the page and try again.")) from None


class BudgetNameForm(ActForm):
    name = forms.CharField(max_length=120)


TURN_FORMS: dict[str, type[ActForm]] = {
    "pause_speech": OneSpeechForm,
    "resume_speech": OneSpeechForm,
    "ask_more_time": OneSpeechForm,
    "refuse_more_time": OneSpeechForm,
    "readd_speech": OneSpeechForm,
    "set_list_closed": ListClosedForm,
    "set_kind_length": KindLengthForm,
    "set_time_budget": BudgetForm,
    "remove_time_budget": BudgetNameForm,
}
