"""What is sent about votes."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import MajorityBase, MajorityKind, Poll, PollForm, PollKind

from .act import TITLE, ActForm

_LONGEST_LABEL = 300
_DEADLINE = _("Give the day and the time, such as 24/11/2026 08:00.")
_NOBODY = _("Name at least one member who has a vote.")
_MEMBER = _("Choose a member.")
_UNREADABLE = _("This ballot cannot be read. Reload the page and try again.")


KINDS = [
    (PollKind.MOTION, _("For, against, no opinion")),
    (PollKind.ELECTION, _("Election of people")),
    (PollKind.LIST, _("One of several lists or variants")),
    (PollKind.CUMULATIVE, _("Points for several (cumulative)")),
]
FORMS = [
    (PollForm.NAMED, _("Open, with names")),
    (PollForm.SECRET, _("Secret")),
    (PollForm.HAND, _("By show of hands")),
]
MAJORITIES = [
    (MajorityKind.HALF, _("More than half")),
    (MajorityKind.SIMPLE, _("More for than against")),
    (MajorityKind.TWO_THIRDS, _("At least two thirds")),
    (MajorityKind.THREE_QUARTERS, _("At least three quarters")),
    (MajorityKind.CUSTOM, _("Another share")),
]
BASES = [
    (MajorityBase.ALL, _("all members with a vote")),
    (MajorityBase.PRESENT, _("the members present")),
    (MajorityBase.CAST, _("the votes cast")),
]


def _whole(label: Any, least: int, most: int, *, initial: int) -> forms.IntegerField:
    """A whole number that may be left out."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=False,
        initial=initial,
        error_messages={
            "invalid": _("Write a whole number."),
            "min_value": _("Write %(limit_value)d or more."),
            "max_value": _("Write %(limit_value)d or less."),
        },
    )


class JsonField(forms.CharField):
    """JSON, or a single word for the simplest ballot: `agree`, `["1","3"]`, `{"1": 2}`."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text or text[0] not in "[{":
            return text
        try:
            return json.loads(text)
        except ValueError:
            raise forms.ValidationError(_UNREADABLE) from None


class LinesField(forms.CharField):
    """One option a line; empty lines mean nothing."""

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        if any(len(line) > _LONGEST_LABEL for line in lines):
            raise forms.ValidationError(_("The name of an option is too long."))
        return [line for line in lines if line]


class PollPaperForm(ActForm):
    """What is voted on and by which rules, in preparation and in the room: meetings/parts/poll_fields.html.

    A field that is left out keeps the value of a plain motion.
    """

    title = forms.CharField(
        label=_("What is voted on"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": TITLE},
    )
    item = forms.IntegerField(label=_("Item of the agenda"), required=False)
    kind = forms.ChoiceField(label=_("What is chosen"), choices=KINDS, required=False)
    form = forms.ChoiceField(label=_("How"), choices=FORMS, required=False)
    options = LinesField(
        label=_("Options, one a line"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    least = _whole(_("At least"), 0, 255, initial=1)
    most = _whole(_("At most"), 1, 255, initial=1)
    per_option = _whole(_("At most on one"), 1, 255, initial=1)
    places = _whole(_("How many are elected"), 1, 255, initial=1)
    majority_kind = forms.ChoiceField(
        label=_("Majority"), choices=MAJORITIES, initial=MajorityKind.HALF, required=False
    )
    majority_base = forms.ChoiceField(label=_("Of whom"), choices=BASES, required=False)
    numerator = _whole(_("Parts"), 1, 1000, initial=4)
    denominator = _whole(_("of"), 1, 1000, initial=5)
    more_than = forms.NullBooleanField(required=False, widget=forms.HiddenInput, initial=False)
    quorum_numerator = _whole(_("Parts (0: the quorum of the meeting)"), 0, 1000, initial=0)
    quorum_denominator = _whole(_("of"), 1, 1000, initial=1)

    @classmethod
    def of(cls, poll: Poll, *, prefix: str) -> "PollPaperForm":
        """The form of a draft as it is."""
        names = ("title", "kind", "form", "least", "most", "per_option", "places", "majority_kind")
        more = ("majority_base", "numerator", "denominator", "quorum_numerator", "quorum_denominator")
        facts = {name: getattr(poll, name) for name in (*names, *more)}
        options = "\n".join(option["label"] for option in poll.options if option["label"])
        return cls(
            initial=facts
            | {
                "poll": poll.pk,
                "item": poll.item_id,
                "options": options,
            },
            auto_id=f"{prefix}-%s",
        )

    def facts(self) -> dict[str, Any]:
        """Without what was left out."""
        return {name: value for name, value in super().facts().items() if value not in (None, "")}


class OnePollForm(ActForm):
    poll = forms.IntegerField()


class EditPollForm(PollPaperForm):
    poll = forms.IntegerField(widget=forms.HiddenInput)


class MovePollForm(OnePollForm):
    position = forms.IntegerField(min_value=1)


class OpenEarlyForm(OnePollForm):
    targets = JsonField(error_messages={"required": _NOBODY})
    """A list of seats: `[3,7]`."""
    until = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"required": _DEADLINE, "invalid": _DEADLINE},
    )

    def clean_targets(self) -> list[int]:
        """Only whole numbers."""
        found = self.cleaned_data["targets"]
        if not isinstance(found, list) or not all(type(each) is int for each in found):
            raise forms.ValidationError(_NOBODY)
        return found


class OpenPollForm(OnePollForm):
    seconds = forms.IntegerField(min_value=5, max_value=rules.LONGEST_POLL, required=False)


class CastForm(OnePollForm):
    choice = JsonField(required=False, max_length=4000, error_messages={"max_length": _UNREADABLE})
    """Left out: a blank ballot."""
    target = forms.IntegerField(required=False)
    pad = forms.CharField(required=False, strip=False)
    """Fills the request up to one size for all choices; thrown away."""

    def facts(self) -> dict[str, Any]:
        """A blank ballot marks nothing."""
        facts = super().facts()
        del facts["pad"]
        return facts | {"choice": facts["choice"] or {}}


class RecordVoteForm(OnePollForm):
    target = forms.IntegerField()
    choice = JsonField(required=False, max_length=4000, error_messages={"max_length": _UNREADABLE})

    def facts(self) -> dict[str, Any]:
        """A blank ballot marks nothing."""
        facts = super().facts()
        return facts | {"choice": facts["choice"] or {}}


class TotalsForm(OnePollForm):
    totals = JsonField()
    votes = forms.IntegerField(min_value=0)


class PublishPollForm(OnePollForm):
    disclose = forms.BooleanField(required=False)


class VoidPollForm(OnePollForm):
    reason = forms.CharField(
        max_length=300, error_messages={"required": _("Say why the vote is declared void.")}
    )


class GiveProxyForm(ActForm):
    holder = forms.IntegerField(error_messages={"required": _MEMBER, "invalid": _MEMBER})
    giver = forms.IntegerField(required=False)
    basis = forms.CharField(max_length=300, required=False)


class EndProxyForm(ActForm):
    giver = forms.IntegerField(required=False)


class VotingForm(ActForm):
    target = forms.IntegerField()
    votes = forms.BooleanField(required=False)
    weight = forms.IntegerField(
        min_value=1,
        max_value=1000,
        required=False,
        error_messages=dict.fromkeys(
            ("min_value", "max_value", "invalid"), _("A vote counts from 1 to 1000 times.")
        ),
    )

    def clean_weight(self) -> int:
        """One, unless said otherwise."""
        return self.cleaned_data["weight"] or 1


POLL_FORMS: dict[str, type[ActForm]] = {
    "set_voting": VotingForm,
    "give_proxy": GiveProxyForm,
    "end_proxy": EndProxyForm,
    "add_poll": PollPaperForm,
    "edit_poll": EditPollForm,
    "remove_poll": OnePollForm,
    "repeat_poll": OnePollForm,
    "open_early": OpenEarlyForm,
    "open_poll": OpenPollForm,
    "cast_vote": CastForm,
    "record_vote": RecordVoteForm,
    "enter_totals": TotalsForm,
    "close_poll": OnePollForm,
    "publish_poll": PublishPollForm,
    "void_poll": VoidPollForm,
}
"""One form for each act about votes."""
