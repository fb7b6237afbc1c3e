"""The staff home page: what waits for the person signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import registry


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The registered cards that have something to say to this person, in their order."""
    cards = [(card, card.context(request.user)) for card in registry.cards()]
    return render(
        request, "desk/home.html", {"cards": [(card, facts) for card, facts in cards if facts is not None]}
    )
