"""The figures of a body."""

import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meetings import queries


@login_required
@require_GET
def statistics(request: HttpRequest, ref: str) -> HttpResponse:
    """A body's year, this one or ?nam=."""
    body = queries.body_for(request.user, ref)
    text = request.GET.get("nam", "")
    this = timezone.localdate().year
    year = int(text) if text.isdecimal() and datetime.MINYEAR < int(text) < datetime.MAXYEAR else this
    context = {"body": body, "figures": queries.statistics_of(body, year), "this_year": this}
    return render(request, "meetings/bodies/statistics.html", context)
