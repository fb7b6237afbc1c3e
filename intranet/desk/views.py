"""The staff home page and the account page."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from intranet.organization import queries
from intranet.organization.models import Person

from . import registry


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The registered cards that have something to say to this person, in their order."""
    shown = [(card, card.context(request.user)) for card in registry.cards()]
    cards = [(card, facts) for card, facts in shown if facts is not None]
    return render(request, "desk/home.html", {"cards": cards, "now": timezone.localtime()})


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, the doors to the password, the second step, the sessions, and the language."""
    person = cast(Person, request.user)
    facts = {"seats": queries.seats_of(person), "second_step": _second_step(person)}
    return render(request, "desk/account.html", facts)


def _second_step(person: Person) -> str:
    return (
        gettext("On.")
        if is_mfa_enabled(person)
        else gettext("Off. With it nobody gets in by the password alone.")
    )


def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, light and dark. Its address exists only where DEBUG is on."""
    return render(request, "desk/design.html")
