"""Who may read a paper and who has read it, for those who lead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from intranet.files import actions as files
from intranet.files.queries import pages_sent
from intranet.files.rules import mark_of
from intranet.lib.errors import Absent
from meetings import forms, queries, rules
from meetings.models import LevelRule, Paper, Role, Seat
from meetings.rules import papers as paper_rules


@dataclass
class Protection:
    """How far a paper goes and who may read it, as a form."""

    paper: Paper
    form: forms.ActForm
    seats: list[Seat]
    """Who can be named."""
    readers: frozenset[int]
    """Who is ticked."""
    rules: list[LevelRule]
    """How papers of each level are handled today."""


def protection(seat: Seat, paper: Paper, failed: forms.ActForm | None = None) -> Protection:
    """The form filled with what holds, or as it was typed when it was refused."""
    seats = (
        Seat.objects.filter(meeting=seat.meeting, role__in=(Role.DELEGATE, Role.INVITED))
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    if failed is not None:
        typed: Any = failed.data
        ticked = {int(key) for key in typed.getlist("readers") if key.isdecimal()}
    else:
        ticked = set(paper.readers.values_list("pk", flat=True))
    form = failed or forms.ProtectPaperForm(
        initial={
            "paper": paper.pk,
            "level": paper.level,
            "named_only": paper.named_only,
            "no_saving": paper.no_saving,
            "no_printing": paper.no_printing,
        },
        auto_id=f"protect-{paper.pk}-%s",
    )
    return Protection(paper, form, list(seats), frozenset(ticked), list(queries.level_rules().values()))


def paper_named(seat: Seat, key: str) -> Paper:
    """A paper of the seat's meeting by what an address says, or Absent."""
    if not key.isdecimal():
        raise Absent()
    return queries.paper_in(seat.meeting, int(key))


@dataclass
class Reader:
    """What of one version was sent to one person, and when."""

    name: str
    mark: str
    """The letters that stand for them across the pages."""
    version: int
    pages: list[list[int]]
    """Runs of pages from 1."""
    count: int
    first_at: datetime
    last_at: datetime


@login_required
@require_GET
def readings(request: HttpRequest, ref: str, paper: int) -> HttpResponse:
    """Which pages of a paper were sent to whom, for chair and secretary."""
    seat = queries.seat_for(request.user, ref)
    if seat.role not in rules.PODIUM:
        raise Absent()
    row = queries.paper_in(seat.meeting, paper)
    files.write_pages_sent()
    versions = queries.files_of(row)
    numbers = {file.pk: number for number, file in versions.items()}
    found: dict[tuple[int, int], list[Any]] = {}
    for sent in pages_sent(list(versions.values())):
        found.setdefault((sent.person_id, sent.file_id), []).append(sent)
    readers = [
        Reader(
            name=str(rows[0].person),
            mark=mark_of(person, versions[numbers[file]].ref),
            version=numbers[file],
            pages=paper_rules.page_runs([each.index for each in rows]),
            count=len(rows),
            first_at=min(each.first_at for each in rows),
            last_at=max(each.last_at for each in rows),
        )
        for (person, file), rows in found.items()
    ]
    context = {
        "meeting": seat.meeting,
        "paper": row,
        "readers": readers,
        "has_versions": row.version > 1,
        "handling": queries.handling_of(row),
    }
    response = render(request, "meetings/readings.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
