"""What every form of an act has."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TITLE = _("Give it a title.")


class ActForm(forms.Form):
    """Every act carries a number made by the client: the same number is the same act."""

    command = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": _("Reload the page and try again.")},
    )

    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    """Up to where the sender's screen is; the answer brings it from there to now. Not part of the act."""

    unsaid: frozenset[str] = frozenset()
    """Fields of which the stored act keeps not even a digest, for the few possible answers could be tried."""

    def content(self) -> dict[str, Any]:
        """What the stored act keeps a digest of."""
        return {name: value for name, value in self.facts().items() if name not in self.unsaid}

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("command", "revision")
        }

    def first_error(self) -> str:
        """One sentence for a screen that shows one."""
        return str(next(iter(self.errors.values()))[0])


class PlainForm(ActForm):
    """An act that needs nothing more."""
