"""What the screens send about calls, words in private and the mood of the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import Desk, MoodAnswer, Service, Talk

from .act import ActForm

WORDS = {
    "required": _("Write something first."),
    "max_length": _("A message may have at most %(limit_value)d characters."),
}


class ServiceForm(ActForm):
    kind = forms.ChoiceField(choices=Service.choices)


class CallForm(ActForm):
    call = forms.IntegerField()


class OneTabletForm(ActForm):
    target = forms.IntegerField()


class PrivateForm(ActForm):
    desk = forms.ChoiceField(choices=Desk.choices)
    text = forms.CharField(max_length=rules.MESSAGE_LENGTH, error_messages=WORDS)
    unsaid = frozenset({"text"})


class PrivateAnswerForm(ActForm):
    target = forms.IntegerField()
    text = forms.CharField(max_length=rules.MESSAGE_LENGTH, error_messages=WORDS)
    unsaid = frozenset({"text"})


class TalkForm(ActForm):
    talk = forms.ChoiceField(choices=Talk.choices)


class OneMessageForm(ActForm):
    message = forms.IntegerField()


class MoodForm(ActForm):
    question = forms.CharField(
        max_length=200,
        error_messages={
            "required": _("Write the question first."),
            "max_length": _("A question may have at most %(limit_value)d characters."),
        },
    )


class OneMoodForm(ActForm):
    mood = forms.IntegerField()


class MoodAnswerForm(OneMoodForm):
    answer = forms.ChoiceField(choices=MoodAnswer.Answer.choices)
    unsaid = frozenset({"answer"})


SIGNAL_FORMS: dict[str, type[ActForm]] = {
    "ask_to_load": OneTabletForm,
    "call_service": ServiceForm,
    "withdraw_call": CallForm,
    "take_call": CallForm,
    "finish_call": CallForm,
    "write_privately": PrivateForm,
    "answer_privately": PrivateAnswerForm,
    "set_talk": TalkForm,
    "release_message": OneMessageForm,
    "remove_message": OneMessageForm,
    "ask_mood": MoodForm,
    "answer_mood": MoodAnswerForm,
    "end_mood": OneMoodForm,
}
