"""Bodies, their members and their voting rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.organization.models import Office, Person
from meetings.models import Body, BodyMember, MajorityBase, MajorityKind, Meeting, Role, Subject, VotingRule

from .act import ActForm
from .details import DayField

SHARE = {
    "required": _("Write a whole number."),
    "invalid": _("Write a whole number."),
    "min_value": _("Write a whole number."),
    "max_value": _("Write a smaller number."),
}


class _OptionalDayField(DayField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


def _number(label: Any, *, least: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=1000, initial=initial, error_messages=SHARE
    )


class NameForm(ActForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name of the body.")}
    )


class BodyForm(NameForm):
    """A new body."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Office"),
        empty_label=None,
        error_messages={"required": _("Choose the office that keeps it.")},
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["office"]
        choices.queryset = Office.objects.filter(pk__in=[office.pk for office in offices])


class _DatedForm(ActForm):
    valid_from = DayField(label=_("From"), help_text=_("For example 24/11/2026"))
    valid_to = _OptionalDayField(label=_("Up to (not included)"), help_text=_("Empty: until further notice"))


class MemberForm(_DatedForm):
    """A standing place in a body."""

    member = forms.IntegerField(required=False, widget=forms.HiddenInput)
    person = forms.ModelChoiceField(
        Person.objects.filter(is_stand_in=False),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose a person first."),
            "invalid_choice": _("Choose a person first."),
        },
    )
    title = forms.CharField(label=_("Role in the body"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Sits as"), choices=Role.choices, initial=Role.DELEGATE)
    votes = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    weight = _number(_("Weight of the vote"), least=1, initial=1)

    @classmethod
    def of(cls, row: BodyMember) -> "MemberForm":
        """The form filled with what is kept."""
        names = ("person", "title", "role", "votes", "weight", "valid_from", "valid_to")
        known = {name: getattr(row, name) for name in names}
        return cls(initial={"member": row.pk, **known}, auto_id=f"member-{row.pk}-%s")


class RuleForm(_DatedForm):
    """How a subject is decided."""

    rule = forms.IntegerField(required=False, widget=forms.HiddenInput)
    subject = forms.ChoiceField(label=_("Subject of the decision"), choices=Subject.choices)
    majority = forms.ChoiceField(
        label=_("Required majority"), choices=MajorityKind.choices, initial=MajorityKind.HALF
    )
    part = _number(_("Share: parts"), least=0, initial=0)
    whole = _number(_("Share: out of"), least=0, initial=0)
    base = forms.ChoiceField(label=_("Counted of"), choices=MajorityBase.choices, initial=MajorityBase.ALL)
    quorum_part = _number(_("Quorum: parts"), least=1, initial=2)
    quorum_whole = _number(_("Quorum: out of"), least=1, initial=3)
    basis = forms.CharField(
        label=_("Legal basis"),
        help_text=_("Law, article and clause, or the working rules of the body."),
        max_length=500,
        required=False,
    )

    @classmethod
    def of(cls, row: VotingRule) -> "RuleForm":
        """The form filled with what is kept."""
        names = [name for name in cls.base_fields if name not in ("command", "revision", "rule")]
        known = {name: getattr(row, name) for name in names}
        return cls(initial={"rule": row.pk, **known}, auto_id=f"rule-{row.pk}-%s")


class OneRuleForm(ActForm):
    rule = forms.IntegerField()


class MarksDaysForm(ActForm):
    days = forms.IntegerField(
        label=_("Days after a meeting"),
        help_text=_("Empty: never."),
        required=False,
        min_value=1,
        max_value=3650,
        error_messages={**SHARE, "max_value": _("At most 3650 days.")},
    )


class SeatBodyForm(ActForm):
    """A body whose members get their seats in a meeting."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Body"),
        empty_label=None,
        error_messages={
            "required": _("Choose a body first."),
            "invalid_choice": _("Choose a body first."),
        },
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["body"]
        choices.queryset = Body.objects.filter(office_id=meeting.office_id)


BODY_FORMS: dict[str, type[ActForm]] = {
    "rename_body": NameForm,
    "keep_member": MemberForm,
    "keep_rule": RuleForm,
    "verify_rule": OneRuleForm,
    "set_marks_days": MarksDaysForm,
}
"""One form for each act on a body."""
