"""Seat cards, the PIN, and the code at the door."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from intranet.lib.errors import RuleBroken
from intranet.live.registry import ONLY_TOPIC
from intranet.organization.models import Person
from meetings import actions, forms, queries, rules
from meetings.models import Seat, Site
from meetings.templatetags.meetings import qr_svg

CARD_SESSION_SECONDS = 16 * 3600
"""A session made by a card is over by the next morning."""


@login_required
@never_cache
def cards(request: HttpRequest, ref: str) -> HttpResponse:
    """All cards of the meeting, to be printed; and, once, the PINs that were just issued."""
    seat = queries.card_keeper_for(request.user, ref)
    form = forms.CardActForm(request.POST or None)
    issued: dict[int, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            issued = _done(seat, **form.cleaned_data)
        except RuleBroken as broken:
            messages.error(request, str(broken.message))
        if not issued:
            return redirect("meetings:cards", ref=ref)
    rows = [
        {
            "card": card,
            "address": request.build_absolute_uri(
                reverse("meetings:sit_down", args=[rules.card_token(card.number)])
            ),
            "is_dead": card.failures >= rules.MOST_FAILURES,
            "pin": issued.get(card.seat_id),
        }
        for card in queries.cards_of(seat)
    ]
    context = {"meeting": seat.meeting, "seat": seat, "rows": rows, "issued": bool(issued)}
    return render(request, "meetings/cards.html", context)


def _done(seat: Seat, *, act: str, target: int | None) -> dict[int, str]:
    if act == "issue_pins":
        return actions.issue_pins(seat)
    if act == "renew_card":
        actions.renew_card(seat, target=target or 0)
    else:
        actions.make_cards(seat)
    return {}


@never_cache
@sensitive_post_parameters("pin")
def sit_down(request: HttpRequest, token: str) -> HttpResponse:
    """Sign this tablet in as the person of a card. What is wrong with it is not told."""
    form = forms.SitDownForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="seat_card"):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        try:
            seat = actions.sit_down(token=token, pin=form.cleaned_data["pin"])
        except RuleBroken as broken:
            refused = str(broken.message)
        else:
            login(request, seat.person, backend=settings.AUTHENTICATION_BACKENDS[0])
            request.session[ONLY_TOPIC] = f"{rules.TOPIC}/{seat.meeting.ref}"
            request.session.set_expiry(CARD_SESSION_SECONDS)
            return redirect("meetings:room", ref=seat.meeting.ref)
    # Not 403: an answer of that kind is logged with its address, and the address is half of the key.
    context = {"form": forms.SitDownForm(), "refused": refused}
    return render(request, "meetings/sit_down.html", context)


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_post_parameters("pin", "again")
def choose_pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the person signed in."""
    person = cast(Person, request.user)
    form = forms.ChoosePinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_pin(person, pin=form.cleaned_data["pin"])
        messages.success(request, _("The PIN is kept. Use it with the card at your seat."))
        return redirect("meetings:home")
    context = {"form": form, "has_pin": queries.has_pin(person)}
    return render(request, "meetings/choose_pin.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
@never_cache
def door(request: HttpRequest, ref: str) -> HttpResponse:
    """The code at the door, large; the page renews itself. With ?diem= that of a site."""
    seat, site = queries.door_keeper_for(request.user, ref, request.GET.get("diem", ""))
    context = {
        "meeting": seat.meeting,
        "site": site,
        "sites": queries.sites_of(seat.meeting) if seat.role in rules.PODIUM else [],
        "address": _door_address(request, seat, site),
    }
    return render(request, "meetings/door.html", context)


@login_required
@require_GET
@never_cache
def door_code(request: HttpRequest, ref: str) -> HttpResponse:
    """The same code as a picture, for the hall screen."""
    seat, site = queries.door_keeper_for(request.user, ref, request.GET.get("diem", ""))
    return HttpResponse(qr_svg(_door_address(request, seat, site)), content_type="image/svg+xml")


def _door_address(request: HttpRequest, seat: Seat, site: Site | None) -> str:
    address = reverse("meetings:check_in", args=[seat.meeting.ref])
    return request.build_absolute_uri(f"{address}?ma={rules.door_token(seat.meeting, site)}")


@login_required
@never_cache
def check_in(request: HttpRequest, ref: str) -> HttpResponse:
    """Where the code at the door leads: one press, and the arrival is noted."""
    seat = queries.seat_for(request.user, ref)
    token = str((request.POST if request.method == "POST" else request.GET).get("ma", ""))
    refused = ""
    try:
        if request.method == "POST":
            actions.check_in(seat, token=token)
            return redirect("meetings:room", ref=ref)
        rules.check_at_own_site(seat, rules.site_at_door(seat.meeting, token))
    except RuleBroken as broken:
        refused = str(broken.message)
    context: dict[str, Any] = {"meeting": seat.meeting, "seat": seat, "token": token, "refused": refused}
    context["is_here"] = seat.pk in queries.attending(seat.meeting)
    context["at"] = timezone.localtime()
    return render(request, "meetings/check_in.html", context, status=409 if refused else 200)
