"""All meetings of the person signed in, and convening a new one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.lib.errors import Absent, RuleBroken
from intranet.organization.rules import may
from meetings import actions, forms, queries, rules
from meetings.models import Seat, State

PAST_SHOWN = 30


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """In session and today first, then what is prepared, what comes, what was."""
    return render(
        request,
        "meetings/home.html",
        {
            **_by_time(queries.seats_of(request.user)),
            "may_keep_bodies": may(request.user, rules.KEEP_BODIES),  # type: ignore[arg-type]
            "may_convene": may(request.user, "meetings.convene_meeting"),  # type: ignore[arg-type]
            "now": timezone.localtime(),
        },
    )


def _by_time(seats: list[Seat]) -> dict[str, Any]:
    today = timezone.localdate()
    groups: dict[str, list[Seat]] = {"live": [], "today": [], "drafts": [], "upcoming": [], "past": []}
    for seat in seats:
        meeting = seat.meeting
        day = timezone.localtime(meeting.starts_at).date()
        if meeting.state == State.LIVE:
            groups["live"].append(seat)
        elif meeting.state == State.DRAFT:
            groups["drafts"].append(seat)
        elif meeting.state == State.CLOSED or day < today:
            groups["past"].insert(0, seat)
        elif meeting.state == State.CANCELLED:
            groups["upcoming"].append(seat)
        else:
            groups["today" if day == today else "upcoming"].append(seat)
    return groups | {"past": groups["past"][:PAST_SHOWN], "past_count": len(groups["past"])}


@login_required
def convene(request: HttpRequest) -> HttpResponse:
    """A form for a new meeting; 404 for those who may not convene for any office."""
    offices = queries.offices_to_convene(request.user)  # type: ignore[arg-type]
    if not offices:
        raise Absent()
    form = forms.ConveneForm(request.POST or None, offices=offices, initial={"office": offices[0]})
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.convene(
                request.user,  # type: ignore[arg-type]
                command=form.cleaned_data["command"],
                **form.facts(),
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken.message))
        else:
            messages.success(
                request, _("The draft is kept. Prepare the agenda, the papers and the seats, then convene.")
            )
            return redirect("meetings:prepare", ref=meeting.ref)
    return render(request, "meetings/convene.html", {"form": form}, status=400 if form.errors else 200)
