"""Everything a person has marked on papers, across meetings."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import actions, queries
from meetings.models import Mark, Meeting

SHOWN = 300
"""Marks on one page of the list; a search finds the others."""


@login_required
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """?tim= keeps those with these words, ?hop= those of one meeting."""
    text, ref = request.GET.get("tim", "").strip(), request.GET.get("hop", "")
    found = queries.own_marks(request.user, text=text, meeting=ref)
    words = [mark for mark in found if mark.kind != "ink"]
    shown = words[:SHOWN]
    context = {
        "groups": _groups(shown, [] if text else [mark for mark in found if mark.kind == "ink"]),
        "search": text,
        "meeting": ref,
        "count": len(found),
        "more": len(words) - len(shown),
    }
    response = render(request, "meetings/notes.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def forget(request: HttpRequest, ref: str) -> HttpResponse:
    """Erase everything the person has marked in a meeting."""
    actions.forget_marks(request.user, queries.meeting_with_marks(request.user, ref))
    messages.success(request, _("Your marks in this meeting have been erased."))
    return redirect("meetings:notes")


def _groups(words: list[Mark], strokes: list[Mark]) -> list[dict[str, Any]]:
    """By meeting, the newest first, then by paper; of strokes only the pages they are on."""

    def place(mark: Mark) -> tuple[Any, ...]:
        meeting = mark.paper.item.meeting  # type: ignore[union-attr]
        return (-meeting.starts_at.timestamp(), meeting.pk, mark.paper_id, mark.page, mark.pk)

    def meeting_of(mark: Mark) -> Meeting:
        return mark.paper.item.meeting  # type: ignore[union-attr]

    groups = []
    for meeting, rows in groupby(sorted([*words, *strokes], key=place), key=meeting_of):
        papers = []
        for paper, marks in groupby(rows, key=lambda mark: mark.paper):
            listed = list(marks)
            papers.append(
                {
                    "paper": paper,
                    "marks": [mark for mark in listed if mark.kind != "ink"],
                    "drawn_on": sorted({mark.page for mark in listed if mark.kind == "ink"}),
                    "digest": paper.stored_file.content.digest,
                }
            )
        groups.append({"meeting": meeting, "papers": papers, "until": queries.marks_kept_until(meeting)})
    return groups
