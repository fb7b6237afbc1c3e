"""Motions and amendments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules
from meetings.models import AmendmentKind, AmendmentState, MotionState, Recommendation

from .act import TITLE, ActForm

TEXT = {
    "required": _("Write the text of the motion: every paragraph becomes a numbered clause."),
    "max_length": _("The text is too long for one motion."),
}


NO_OUTCOME = ("submitted", "returned", "withdrawn")
"""States that are reached by acts of their own."""


class _WrittenForm(ActForm):
    title = forms.CharField(max_length=300, error_messages={"required": TITLE})
    text = forms.CharField(max_length=rules.MOTION_LENGTH, error_messages=TEXT)


class AddMotionForm(_WrittenForm):
    item = forms.IntegerField()
    mover = forms.IntegerField(required=False)
    name = forms.CharField(max_length=200, required=False)


class EditMotionForm(_WrittenForm):
    motion = forms.IntegerField()
    version = forms.IntegerField(min_value=1)


class OneMotionForm(ActForm):
    motion = forms.IntegerField()


class _ReviewForm(ActForm):
    admitted = forms.TypedChoiceField(
        choices=[("1", _("Admit")), ("0", _("Return"))], coerce=lambda value: value == "1"
    )
    reason = forms.CharField(max_length=500, required=False)


class ReviewMotionForm(_ReviewForm, OneMotionForm):
    pass


class DecideMotionForm(OneMotionForm):
    outcome = forms.ChoiceField(choices=[each for each in MotionState.choices if each[0] not in NO_OUTCOME])
    expected_state = forms.ChoiceField(choices=MotionState.choices)


class ProposeAmendmentForm(OneMotionForm):
    clause = forms.CharField(max_length=12)
    kind = forms.ChoiceField(choices=AmendmentKind.choices)
    text = forms.CharField(
        max_length=rules.CLAUSE_LENGTH,
        required=False,
        error_messages={"max_length": _("A clause may have at most %(limit_value)d characters.")},
    )
    based_on = forms.CharField(max_length=rules.CLAUSE_LENGTH)
    reason = forms.CharField(max_length=500, required=False)


class OneAmendmentForm(ActForm):
    amendment = forms.IntegerField()


class ReviewAmendmentForm(_ReviewForm, OneAmendmentForm):
    pass


class RecommendForm(OneAmendmentForm):
    recommendation = forms.ChoiceField(choices=Recommendation.choices, required=False)
    advice = forms.CharField(max_length=500, required=False)


class DecideAmendmentForm(OneAmendmentForm):
    outcome = forms.ChoiceField(
        choices=[each for each in AmendmentState.choices if each[0] not in NO_OUTCOME]
    )
    expected_state = forms.ChoiceField(choices=AmendmentState.choices)


MOTION_FORMS: dict[str, Any] = {
    "add_motion": AddMotionForm,
    "review_motion": ReviewMotionForm,
    "edit_motion": EditMotionForm,
    "withdraw_motion": OneMotionForm,
    "decide_motion": DecideMotionForm,
    "propose_amendment": ProposeAmendmentForm,
    "review_amendment": ReviewAmendmentForm,
    "withdraw_amendment": OneAmendmentForm,
    "recommend_amendment": RecommendForm,
    "decide_amendment": DecideAmendmentForm,
}
