"""Cards and PINs, as forms of pages of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings import rules

_PIN = {
    "inputmode": "numeric",
    "pattern": "[0-9]*",
    "autocomplete": "off",
    "maxlength": rules.PIN_LENGTH,
    "class": "input pin",
}


class SitDownForm(forms.Form):
    """The PIN beside a card; the card is in the address."""

    pin = forms.CharField(label=_("PIN"), max_length=20, widget=forms.PasswordInput(attrs=_PIN))


class ChoosePinForm(forms.Form):
    """A new PIN, twice."""

    pin = forms.CharField(label=_("Six digits"), max_length=20, widget=forms.PasswordInput(attrs=_PIN))
    again = forms.CharField(label=_("Once more"), max_length=20, widget=forms.PasswordInput(attrs=_PIN))

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        try:
            rules.check_pin(pin)
        except RuleBroken as broken:
            raise forms.ValidationError(str(broken.message)) from broken
        return pin

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "pin" in cleaned and cleaned.get("again") != cleaned["pin"]:
            self.add_error("again", _("The two do not agree."))
        return cleaned


class CardActForm(forms.Form):
    """What the secretary does on the page of cards."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("make_cards", "renew_card", "issue_pins")])
    target = forms.IntegerField(required=False)
