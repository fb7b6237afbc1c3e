"""What the screens of the room send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import SpeechKind

from .act import ActForm, PlainForm
from .attendance import ATTENDANCE_FORMS
from .consent import CONSENT_FORMS
from .motions import MOTION_FORMS
from .order import ORDER_FORMS
from .papers import PAPER_FORMS
from .polls import POLL_FORMS
from .seatmap import SEATMAP_FORMS
from .signals import SIGNAL_FORMS
from .turns import TOO_LONG, TURN_FORMS


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
    seconds = forms.IntegerField(
        min_value=0, max_value=rules.LONGEST_SPEECH, error_messages={"max_value": TOO_LONG}
    )


ROOM_FORMS: dict[str, type[ActForm]] = {
    "open_meeting": PlainForm,
    "go_to_item": GoToItemForm,
    "show_page": ShowPageForm,
    "stop_showing": PlainForm,
    **PAPER_FORMS,
    "post_message": MessageForm,
    "take_note": NoteForm,
    **CONSENT_FORMS,
    **MOTION_FORMS,
    "ask_to_speak": KindForm,
    "withdraw_speech": SpeechForm,
    "add_speaker": AddSpeakerForm,
    "move_speech": MoveSpeechForm,
    "give_floor": GiveFloorForm,
    "set_speech_length": SpeechLengthForm,
    "end_speech": SpeechForm,
    **POLL_FORMS,
    "close_meeting": PlainForm,
    **ATTENDANCE_FORMS,
    **SEATMAP_FORMS,
    **ORDER_FORMS,
    **SIGNAL_FORMS,
    **TURN_FORMS,
}
"""One form for each act of `rules.ROOM_ACTS`."""
