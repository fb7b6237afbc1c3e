"""What an upload brings."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file and the client's own number for this upload."""

    file = forms.FileField(
        allow_empty_file=True,
        max_length=2000,
        error_messages={"required": _("Choose a file."), "invalid": _("Choose a file.")},
    )
    command = forms.UUIDField(required=False)

    def first_error(self) -> str:
        """The first sentence to show."""
        return str(next(iter(self.errors.values()))[0])
