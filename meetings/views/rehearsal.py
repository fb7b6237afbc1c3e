"""Trying the server before a big session: start, watch, stop, read what came out."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from intranet.lib.errors import RuleBroken
from meetings import actions, forms, queries, rules
from meetings.models import Seat

from .trial import trial

EARLIER_SHOWN = 5


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def rehearsal(request: HttpRequest, ref: str) -> HttpResponse:
    """The page; a POST starts a rehearsal, htmx asks for the progress until there is none any more."""
    seat = queries.rehearsing_seat_for(request.user, ref)
    form = None
    if request.method == "POST":
        form = forms.RehearsalForm(request.POST)
        if form.is_valid() and _start(request, seat, form):
            return redirect("meetings:rehearsal", ref=ref)
    context = _context(seat, form)
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        if context["now"] is None:
            return HttpResponseClientRefresh()
        return render(request, "meetings/rehearsal/progress.html", context)
    return render(request, "meetings/rehearsal.html", context, status=400 if form is not None else 200)


@login_required
@require_POST
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the rehearsal of this meeting that is under way to end."""
    seat = queries.rehearsing_seat_for(request.user, ref)
    running = queries.rehearsals_of(seat.meeting).filter(is_open=True).first()
    if running is not None:
        actions.stop_rehearsal(seat.person, running)
    return redirect("meetings:rehearsal", ref=ref)


def _start(request: HttpRequest, seat: Seat, form: forms.RehearsalForm) -> bool:
    command: uuid.UUID = form.cleaned_data["command"]
    address = f"{request.scheme}://{request.get_host()}"
    try:
        actions.start_rehearsal(
            seat.person, meeting=seat.meeting, address=address, command=command, **form.facts()
        )
    except RuleBroken as broken:
        form.add_error(None, str(broken.message))
        return False
    return True


def _context(seat: Seat, form: forms.RehearsalForm | None) -> dict[str, Any]:
    trials = [trial(row) for row in queries.rehearsals_of(seat.meeting)[: EARLIER_SHOWN + 1]]
    open_here = next((one for one in trials if one.row.is_open), None)
    return {
        "meeting": seat.meeting,
        "form": form or forms.RehearsalForm.for_seats(queries.seat_count(seat.meeting)),
        "now": open_here,
        "last": next((one for one in trials if not one.row.is_open), None),
        "earlier": [one for one in trials if not one.row.is_open][1:],
        "is_any_live": queries.is_any_live(),
        "may_start": seat.meeting.state in rules.UNTIL_CLOSED and open_here is None,
    }
