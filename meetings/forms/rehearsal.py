"""How many simulated tablets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.rehearsal import measures

from .act import ActForm


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
