"""What the secretary sends about the sites of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .act import ActForm


class AddSiteForm(ActForm):
    name = forms.CharField(
        label=_("Name of the site"),
        max_length=120,
        error_messages={
            "required": _("Give the site a name."),
            "max_length": _("The name of a site may have at most %(limit_value)d characters."),
        },
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class RenameSiteForm(AddSiteForm):
    site = forms.IntegerField()


class OneSiteForm(ActForm):
    site = forms.IntegerField()


class MoveSiteForm(OneSiteForm):
    position = forms.IntegerField(min_value=1)


class PlaceSeatForm(ActForm):
    target = forms.IntegerField()
    site = forms.IntegerField(required=False)
    keeps = forms.BooleanField(required=False)


class PlaceOfficeForm(OneSiteForm):
    office = forms.IntegerField()


SITE_FORMS: dict[str, type[ActForm]] = {
    "add_site": AddSiteForm,
    "rename_site": RenameSiteForm,
    "move_site": MoveSiteForm,
    "remove_site": OneSiteForm,
    "place_seat": PlaceSeatForm,
    "place_office": PlaceOfficeForm,
}
