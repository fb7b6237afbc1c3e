"""Papers laid before the items."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from meetings.models import Level
from meetings.rules import papers as paper_rules

from .act import TITLE, ActForm


class RenamePaperForm(ActForm):
    paper = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": TITLE})
    number = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)


class ProtectPaperForm(ActForm):
    """How far a paper goes. A state secret can be chosen, to be told why it may not be here."""

    REFUSED_LEVEL = "state"

    paper = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[
            (Level.NORMAL, _("Normal: also for observers and the hall screen")),
            (Level.INTERNAL, _("Internal: for delegates, and for those invited to the item")),
            (Level.RESTRICTED, _("Restricted: the same people, under the rule of this level")),
            (REFUSED_LEVEL, _("Mật, Tối mật, Tuyệt mật: may not be put on this system")),
        ],
    )
    named_only = forms.BooleanField(label=_("Only for the people ticked below"), required=False)
    readers = forms.TypedMultipleChoiceField(label=_("Who may read it"), coerce=int, required=False)
    no_saving = forms.BooleanField(label=_("Not to be saved"), required=False)
    no_printing = forms.BooleanField(label=_("Not to be printed or saved"), required=False)

    def __init__(self, *args: Any, seats: Iterable[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers: Any = self.fields["readers"]
        given = self.data.getlist("readers") if hasattr(self.data, "getlist") else []
        readers.choices = [(key, key) for key in given if key.isdecimal()] if seats is None else list(seats)

    def clean_level(self) -> str:
        """One of the levels papers may have here."""
        level: str = self.cleaned_data["level"]
        if level == self.REFUSED_LEVEL:
            raise forms.ValidationError(paper_rules.STATE_SECRET)
        return level


class MovePaperForm(ActForm):
    paper = forms.IntegerField()
    position = forms.IntegerField(min_value=1)


class OnePaperForm(ActForm):
    paper = forms.IntegerField()


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(ActForm):
    """Papers for an item; several at once."""

    item = forms.IntegerField()
    papers = FilesField(
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        }
    )

    def named(self) -> list[tuple[uuid.UUID, UploadedFile[Any]]]:
        """Each file with a number of its own, made from that of the whole."""
        command = self.cleaned_data["command"]
        return [
            (uuid.uuid5(command, f"{place}:{file.name}"), file)
            for place, file in enumerate(self.cleaned_data["papers"])
        ]


class RestorePaperForm(ActForm):
    paper = forms.IntegerField()
    version = forms.IntegerField(min_value=1)
    expected_version = forms.IntegerField(required=False)


class ReplacementForm(ActForm):
    paper = forms.IntegerField()
    expected_version = forms.IntegerField(required=False)
    file = forms.FileField(
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        }
    )


PAPER_FORMS: dict[str, type[ActForm]] = {"protect_paper": ProtectPaperForm}
