"""The record of a session: a page the secretary edits, its export, and one for paper."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from intranet.lib.errors import Absent
from intranet.lib.text import fold
from meetings import queries, rules
from meetings.models import Meeting, Seat

from . import tables
from .room import room_snapshot

FORMATS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.workbook),
    "csv": ("text/csv; charset=utf-8", tables.values),
}


@login_required
@require_GET
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Generated facts, and for those who lead the minutes of each item, which they can go on writing."""
    seat = queries.recorded_seat_for(request.user, ref)
    context = _page(seat) | {
        "may_write": "take_note" in rules.allowed_acts(seat.meeting.state, seat.role),
        "record_snapshot": room_snapshot(seat),
        "record_me": {"seat": seat.pk, "room": reverse("meetings:room", args=[ref])},
        "formats": list(FORMATS),
    }
    return _private(render(request, "meetings/record/record.html", context))


@login_required
@require_GET
def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The same on A4, laid out as an official record."""
    return _private(
        render(request, "meetings/record/paper.html", _page(queries.recorded_seat_for(request.user, ref)))
    )


@login_required
@require_GET
def export(request: HttpRequest, ref: str, form: str) -> HttpResponse:
    """The tables as a file."""
    seat = queries.recorded_seat_for(request.user, ref)
    if form not in FORMATS:
        raise Absent()
    kind, write = FORMATS[form]
    response = HttpResponse(write(queries.record_of(seat)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_name(seat.meeting)}.{form}"'
    return _private(response)


def _page(seat: Seat) -> dict[str, Any]:
    found = queries.record_of(seat)
    polls = [(row, poll) for row in found.items for poll in row.polls]
    return {
        "meeting": seat.meeting,
        "seat": seat,
        "record": found,
        "counts": {poll.pk: tables.counts_of(poll) for _row, poll in polls},
        "elected": {poll.pk: tables.elected_of(poll) for _row, poll in polls},
        "named": {poll.pk: tables.named_of(row, poll) for row, poll in polls},
    }


def _name(meeting: Meeting) -> str:
    day = timezone.localtime(meeting.starts_at).strftime("%Y-%m-%d")
    return f"bien-ban-{day}-{slugify(fold(meeting.title))[:60]}"


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
