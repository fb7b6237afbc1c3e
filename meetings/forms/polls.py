"""What is sent about votes."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import MajorityBase, MajorityKind, PollForm, PollKind

from .act import TITLE, ActForm

_LONGEST_LABEL = 300
_UNREADABLE = _("This ballot cannot be read. Reload the page and try again.")


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
    """What is voted on and by which rules. A field that is left out keeps the value of a plain motion."""

    title = forms.CharField(max_length=500, error_messages={"required": TITLE})
    item = forms.IntegerField(required=False)
    kind = forms.ChoiceField(choices=PollKind.choices, required=False)
    form = forms.ChoiceField(choices=PollForm.choices, required=False)
    options = LinesField(required=False)
    least = forms.IntegerField(min_value=0, max_value=255, required=False)
    most = forms.IntegerField(min_value=1, max_value=255, required=False)
    per_option = forms.IntegerField(min_value=1, max_value=255, required=False)
    places = forms.IntegerField(min_value=1, max_value=255, required=False)
    majority_kind = forms.ChoiceField(choices=MajorityKind.choices, required=False)
    majority_base = forms.ChoiceField(choices=MajorityBase.choices, required=False)
    numerator = forms.IntegerField(min_value=1, max_value=1000, required=False)
    denominator = forms.IntegerField(min_value=1, max_value=1000, required=False)
    more_than = forms.NullBooleanField(required=False)
    quorum_numerator = forms.IntegerField(min_value=0, max_value=1000, required=False)
    quorum_denominator = forms.IntegerField(min_value=1, max_value=1000, required=False)

    def facts(self) -> dict[str, Any]:
        """Without what was left out."""
        return {name: value for name, value in super().facts().items() if value not in (None, "")}


class OnePollForm(ActForm):
    poll = forms.IntegerField()


class EditPollForm(PollPaperForm):
    poll = forms.IntegerField()


class OpenEarlyForm(OnePollForm):
    targets = JsonField()
    """A list of seats: `[3,7]`."""
    until = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"])

    def clean_targets(self) -> list[int]:
        """Only whole numbers."""
        found = self.cleaned_data["targets"]
        if not isinstance(found, list) or not all(type(each) is int for each in found):
            raise forms.ValidationError(_("Name at least one member who has a vote."))
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
    holder = forms.IntegerField()
    giver = forms.IntegerField(required=False)
    basis = forms.CharField(max_length=300, required=False)


class EndProxyForm(ActForm):
    giver = forms.IntegerField(required=False)


class VotingForm(ActForm):
    target = forms.IntegerField()
    votes = forms.BooleanField(required=False)
    weight = forms.IntegerField(min_value=1, max_value=1000, required=False)

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
