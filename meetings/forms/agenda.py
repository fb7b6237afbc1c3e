"""Items of the agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ItemKind

from .act import TITLE, ActForm


class ItemForm(ActForm):
    """The words and the length of an item."""

    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": TITLE})
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.DISCUSSION, required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=0,
        max_value=600,
        required=False,
        error_messages={
            "invalid": _("Write the minutes as a number."),
            "min_value": _("Write the minutes as a number."),
            "max_value": _("An item lasts at most 600 minutes."),
        },
    )

    def clean_kind(self) -> str:
        """What is not said is a discussion."""
        return self.cleaned_data["kind"] or ItemKind.DISCUSSION

    def clean_minutes(self) -> int:
        """None planned is 0."""
        return self.cleaned_data["minutes"] or 0


class AddItemForm(ItemForm):
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EditItemForm(ItemForm):
    item = forms.IntegerField(widget=forms.HiddenInput)


class MoveItemForm(ActForm):
    item = forms.IntegerField()
    parent = forms.IntegerField(required=False)
    position = forms.IntegerField(min_value=1)
    expected_order = forms.CharField(max_length=2000, required=False)
    """The keys of the list it is put into, as the sender sees it, with commas between them."""


class OneItemForm(ActForm):
    item = forms.IntegerField()
