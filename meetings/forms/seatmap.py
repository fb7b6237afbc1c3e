"""What the secretary sends while drawing the hall."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import rules

from .act import ActForm, PlainForm


class DrawHallForm(ActForm):
    rows = forms.IntegerField(min_value=1, max_value=rules.MOST_ROWS)
    columns = forms.IntegerField(min_value=1, max_value=rules.MOST_COLUMNS)
    aisles = forms.CharField(required=False, max_length=120)

    def clean_aisles(self) -> list[int]:
        """Columns without chairs, such as "4, 9"."""
        words = str(self.cleaned_data["aisles"]).replace(",", " ").split()
        if not all(word.isdecimal() for word in words):
            raise forms.ValidationError(_("Name the columns that are aisles by their numbers, such as 4, 9."))
        return sorted({int(word) for word in words})


class ChairForm(ActForm):
    row = forms.IntegerField(min_value=1, max_value=rules.MOST_ROWS)
    column = forms.IntegerField(min_value=1, max_value=rules.MOST_COLUMNS)
    stands = forms.BooleanField(required=False)


class GiveChairForm(ActForm):
    target = forms.IntegerField()
    row = forms.IntegerField(required=False, min_value=1)
    column = forms.IntegerField(required=False, min_value=1)


SEATMAP_FORMS: dict[str, type[ActForm]] = {
    "draw_hall": DrawHallForm,
    "set_chair": ChairForm,
    "give_chair": GiveChairForm,
    "fill_hall": PlainForm,
    "take_over_hall": PlainForm,
}
