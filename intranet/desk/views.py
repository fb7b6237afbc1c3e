"""The staff home page and the account page."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

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


@require_GET
def app(request: HttpRequest) -> HttpResponse:
    """What a tablet needs to put the house on its home screen: asked without a session, the same for all."""
    icons = [
        {"src": static("common/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("common/img/app-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("common/img/app-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("common/img/app-whole-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    facts = {
        "id": reverse("desk:home"),
        "name": gettext("Đình: meetings and official mail"),
        "short_name": "Đình",
        "lang": get_language(),
        "start_url": reverse("desk:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffdfa",
        "theme_color": "#7f1a20",
        "icons": icons,
    }
    response = JsonResponse(facts, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def _second_step(person: Person) -> str:
    return (
        gettext("On.")
        if is_mfa_enabled(person)
        else gettext("Off. With it nobody gets in by the password alone.")
    )


def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, light and dark. Its address exists only where DEBUG is on."""
    return render(request, "desk/design.html")
