"""What a browser may send to the mailbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Message


class DraftForm(forms.Form):
    """The text fields of a draft. Nothing is required: a draft is saved as it stands."""

    subject = forms.CharField(required=False, max_length=300, label=_("Subject of the message"))
    text = forms.CharField(
        required=False,
        max_length=200_000,
        strip=False,
        label=_("Text of the message"),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, draft: Message) -> "DraftForm":
        """The form showing a stored draft."""
        return cls(initial={"subject": draft.subject, "text": draft.text, "version": draft.version})

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
