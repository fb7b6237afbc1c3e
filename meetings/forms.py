"""What a browser may send, one form for each act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules


class ActForm(forms.Form):
    """Every act carries a number made by the client: the same number is the same act."""

    command = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )

    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    """Up to where the sender's screen is; the answer brings it from there to now. Not part of the act."""

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("command", "revision")
        }

    def first_error(self) -> str:
        """One sentence for a screen that shows one."""
        return next(iter(self.errors.values()))[0]


class PlainForm(ActForm):
    """An act that needs nothing more."""


class GoToItemForm(ActForm):
    item = forms.IntegerField()
    expected_item = forms.IntegerField(required=False)


class ShowPageForm(ActForm):
    paper = forms.IntegerField()
    page = forms.IntegerField(min_value=1)


class MessageForm(ActForm):
    text = forms.CharField(
        max_length=rules.MESSAGE_LENGTH,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A message may have at most %(limit_value)d characters."),
        },
    )


class NoteForm(ActForm):
    item = forms.IntegerField()
    text = forms.CharField(
        required=False,
        strip=False,
        max_length=rules.NOTE_LENGTH,
        error_messages={"max_length": _("A note may have at most %(limit_value)d characters.")},
    )
    version = forms.IntegerField(min_value=0)


ROOM_FORMS: dict[str, type[ActForm]] = {
    "open_meeting": PlainForm,
    "go_to_item": GoToItemForm,
    "show_page": ShowPageForm,
    "stop_showing": PlainForm,
    "post_message": MessageForm,
    "take_note": NoteForm,
    "close_meeting": PlainForm,
}
"""One form for each act of `rules.ROOM_ACTS`."""
