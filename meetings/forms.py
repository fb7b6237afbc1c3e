"""What a browser may send, one form for each act."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.organization.models import Office, Person

from . import rules
from .models import AgendaItem, AgendaTemplate, Meeting, Role, SpeechKind
from .rehearsal import measures

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

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("command", "revision")
        }

    def first_error(self) -> str:
        """One sentence for a screen that shows one."""
        return str(next(iter(self.errors.values()))[0])


class DayField(forms.DateField):
    """A day typed as people write it: 24/11/2026."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "required": _("Say on which day."),
                "invalid": _("Write the day like this: 24/11/2026."),
            },
            **kwargs,
        )


class HourField(forms.TimeField):
    """A time of day, typed as 8:00, 08.00 or 8h00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%Hh%M", "%Hh", "%H"],
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={
                "required": _("Say at what time."),
                "invalid": _("Write the time like this: 08:00."),
            },
            **kwargs,
        )


class WhenForm(ActForm):
    """A day and two times of it."""

    day = DayField(label=_("Day"), help_text=_("For example 24/11/2026"))
    starts = HourField(label=_("Begins at"), help_text=_("For example 08:00"))
    ends = HourField(label=_("Ends at"), help_text=_("For example 11:30"))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"starts", "ends"} <= facts.keys() and facts["ends"] <= facts["starts"]:
            self.add_error("ends", _("The meeting must end after it starts."))
        if {"day", "starts", "ends"} <= facts.keys():
            zone = timezone.get_current_timezone()
            for name in ("starts", "ends"):
                facts[f"{name}_at"] = datetime.datetime.combine(facts["day"], facts[name], tzinfo=zone)
        return facts

    def facts(self) -> dict[str, Any]:
        """Two moments instead of a day and two times."""
        return {
            name: value for name, value in super().facts().items() if name not in ("day", "starts", "ends")
        }


class DetailsForm(WhenForm):
    """What the invitation says."""

    field_order = ("title", "day", "starts", "ends", "place")
    title = forms.CharField(
        label=_("Title of the meeting"), max_length=200, error_messages={"required": TITLE}
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, error_messages={"required": _("Say where the meeting is held.")}
    )

    @classmethod
    def of(cls, meeting: Meeting) -> "DetailsForm":
        """The form filled with what a meeting says."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return cls(
            initial={
                "title": meeting.title,
                "place": meeting.place,
                "day": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
            },
            auto_id="details-%s",
        )


class ConveneForm(DetailsForm):
    """A new meeting."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Convened by"),
        empty_label=None,
        error_messages={"required": _("Choose the office that convenes.")},
    )
    template = forms.ModelChoiceField(
        AgendaTemplate.objects.none(),
        label=_("Start from"),
        required=False,
        empty_label=_("An empty agenda"),
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["office"]
        choices.queryset = Office.objects.filter(pk__in=[office.pk for office in offices])
        choices = self.fields["template"]
        choices.queryset = AgendaTemplate.objects.order_by("name")


class _ReasonField(forms.CharField):
    """What everybody invited will read."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"),
            help_text=_("Everybody invited reads it."),
            max_length=300,
            error_messages={"required": _("Give the reason: everybody invited reads it.")},
        )


class PostponeForm(WhenForm):
    """A later time, and why."""

    reason = _ReasonField()

    @classmethod
    def of(cls, meeting: Meeting) -> "PostponeForm":
        """The form with the hours it had; the day is to be chosen."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return cls(initial={"starts": starts.time(), "ends": ends.time()}, auto_id="postpone-%s")


class CancelForm(ActForm):
    """Why there will be no meeting."""

    reason = _ReasonField()


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


class KindForm(ActForm):
    kind = forms.ChoiceField(choices=SpeechKind.choices)


class AddSpeakerForm(KindForm):
    target = forms.IntegerField()


class SpeechForm(ActForm):
    speech = forms.IntegerField()


class GiveFloorForm(SpeechForm):
    expected_speech = forms.IntegerField(required=False)


class MoveSpeechForm(SpeechForm):
    position = forms.IntegerField(min_value=1)


class SpeechLengthForm(SpeechForm):
    seconds = forms.IntegerField(min_value=0, max_value=rules.LONGEST_SPEECH)


ROOM_FORMS: dict[str, type[ActForm]] = {
    "open_meeting": PlainForm,
    "go_to_item": GoToItemForm,
    "show_page": ShowPageForm,
    "stop_showing": PlainForm,
    "post_message": MessageForm,
    "take_note": NoteForm,
    "ask_to_speak": KindForm,
    "withdraw_speech": SpeechForm,
    "add_speaker": AddSpeakerForm,
    "move_speech": MoveSpeechForm,
    "give_floor": GiveFloorForm,
    "set_speech_length": SpeechLengthForm,
    "end_speech": SpeechForm,
    "close_meeting": PlainForm,
}
"""One form for each act of `rules.ROOM_ACTS`."""


class ItemForm(ActForm):
    """The words and the length of an item."""

    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": TITLE})
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
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


class OneItemForm(ActForm):
    item = forms.IntegerField()


class RenamePaperForm(ActForm):
    paper = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": TITLE})
    number = forms.CharField(label=_("Number and symbol"), max_length=60, required=False)
    is_open = forms.BooleanField(label=_("Observers and the hall screen may see it"), required=False)


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


class ReplacementForm(ActForm):
    paper = forms.IntegerField()
    file = forms.FileField(
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose another one."),
        }
    )


class _TabletsField(forms.IntegerField):
    """A number of simulated tablets."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("Write a number from 1 to 2,000.")
        super().__init__(
            min_value=measures.FEWEST,
            max_value=measures.MOST,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
            **kwargs,
        )


class RehearsalForm(ActForm):
    """How many simulated tablets, and whether a meeting in session may be disturbed."""

    tablets = _TabletsField(
        label=_("Tablets to begin with"), help_text=_("As many as people will sit in the room.")
    )
    most = _TabletsField(
        label=_("Up to"), help_text=_("Twice as many in each step, until something fails or here.")
    )
    is_confirmed = forms.BooleanField(label=_("A meeting in session may be disturbed"), required=False)

    @classmethod
    def for_seats(cls, seats: int) -> "RehearsalForm":
        """The form for a meeting with so many seats."""
        seats = max(seats, 1)
        return cls(initial={"tablets": seats, "most": min(max(4 * seats, 50), measures.MOST)})


class _SeatForm(ActForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DELEGATE)
    items = forms.TypedMultipleChoiceField(label=_("Items they attend"), coerce=int, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["items"]
        rows = AgendaItem.objects.filter(meeting=meeting).values_list("pk", "title")
        choices.choices = list(rows)


class SeatPersonForm(_SeatForm):
    person = forms.ModelChoiceField(
        Person.objects.filter(is_active=True, is_stand_in=False),
        error_messages={
            "required": _("Choose a person first."),
            "invalid_choice": _("Choose a person first."),
        },
    )


class ChangeRoleForm(_SeatForm):
    target = forms.IntegerField()


class OneSeatForm(ActForm):
    target = forms.IntegerField()


PREPARATION_FORMS: dict[str, type[ActForm]] = {
    "edit_details": DetailsForm,
    "add_item": AddItemForm,
    "edit_item": EditItemForm,
    "move_item": MoveItemForm,
    "remove_item": OneItemForm,
    "add_paper": UploadForm,
    "rename_paper": RenamePaperForm,
    "replace_paper": ReplacementForm,
    "move_paper": MovePaperForm,
    "remove_paper": OnePaperForm,
    "seat_person": SeatPersonForm,
    "change_role": ChangeRoleForm,
    "unseat": OneSeatForm,
    "publish": PlainForm,
    "postpone_meeting": PostponeForm,
    "cancel_meeting": CancelForm,
}
"""One form for each act of preparation."""


def preparation_form(act: str, meeting: Meeting, data: Any, files: Any) -> ActForm:
    """The bound form of an act."""
    kind = PREPARATION_FORMS[act]
    if issubclass(kind, _SeatForm):
        return kind(data, files, meeting=meeting)
    return kind(data, files)
