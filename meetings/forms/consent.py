"""Consent items."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Answer

from .act import ActForm


class StanceForm(ActForm):
    item = forms.IntegerField()
    answer = forms.ChoiceField(choices=[("", ""), *Answer.choices], required=False)
    reason = forms.CharField(max_length=300, required=False)


class KeysField(forms.CharField):
    """Keys with commas between them."""

    def clean(self, value: str) -> list[int]:
        text = super().clean(value)
        try:
            return [int(part) for part in text.split(",")]
        except ValueError:
            raise forms.ValidationError(_("Reload the page and try again.")) from None


class AdoptConsentForm(ActForm):
    items = KeysField(error_messages={"required": _("There is nothing to adopt without debate.")})


CONSENT_FORMS: dict[str, type[ActForm]] = {"take_stance": StanceForm, "adopt_consent": AdoptConsentForm}
