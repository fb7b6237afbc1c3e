"""Who sits as what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.organization.models import Person
from meetings.models import AgendaItem, Meeting, Role

from .act import ActForm


class SeatForm(ActForm):
    """What a seat is: its role, and the items of an invited one."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DELEGATE)
    items = forms.TypedMultipleChoiceField(label=_("Items they attend"), coerce=int, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["items"]
        rows = AgendaItem.objects.filter(meeting=meeting).values_list("pk", "title")
        choices.choices = list(rows)


class SeatPersonForm(SeatForm):
    person = forms.ModelChoiceField(
        Person.objects.filter(is_active=True, is_stand_in=False),
        error_messages={
            "required": _("Choose a person first."),
            "invalid_choice": _("Choose a person first."),
        },
    )


class ChangeRoleForm(SeatForm):
    target = forms.IntegerField()


class OneSeatForm(ActForm):
    target = forms.IntegerField()
