"""What a reader has drawn on a paper: fetched, kept, taken home."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.files import queries as files
from intranet.lib.errors import RuleBroken
from meetings import actions, forms, queries
from meetings.live.projection import milliseconds
from meetings.models import Ink, Mark, Seat
from meetings.rules.marks import INK_RGB


@login_required
@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, ref: str) -> JsonResponse:
    """GET ?paper=: the marks on one paper this seat sees. POST: a batch of its own."""
    seat = queries.seat_for(request.user, ref)
    if request.method == "GET":
        asked = request.GET.get("paper", "")
        answer, status = _shown(seat, int(asked) if asked.isascii() and asked.isdigit() else 0), 200
    else:
        answer, status = _kept(seat, request.body)
    response = JsonResponse(answer, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def marked_pdf(request: HttpRequest, ref: str, paper: int) -> HttpResponse:
    """The paper as a PDF with own and shared marks in it, for those who may save it."""
    seat = queries.seat_for(request.user, ref)
    row = queries.paper_seen_by(seat, paper)
    file = files.stored_file_for(request.user, row.stored_file.ref)
    if not file.access.original or file.access.stamped:
        return _sentence(_("This paper may not be saved, so it cannot be taken with your marks."), 403)
    told = queries.marks_on(seat, row)
    try:
        copy = files.annotated_copy(file.content, [_annotation(one) for one in (*told.own, *told.shared)])
    except RuleBroken as broken:
        return _sentence(str(broken.message), 409)
    if copy is None:
        return _sentence(_("This file is not shown as a PDF, so marks cannot be put into it."), 409)
    response = HttpResponse(copy, content_type="application/pdf")
    name = f"{row.title} - {_('with my marks')}.pdf".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sentence(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)


def _annotation(shown: queries.ShownMark) -> dict[str, Any]:
    mark = shown.mark
    words = "\n".join(part for part in (mark.stamp_name, mark.text, mark.quote) if part)
    facts = {
        "page": shown.page,
        "kind": mark.kind,
        "rgb": INK_RGB[Ink(mark.colour)],
        "author": str(mark.owner),
        "words": words,
        **mark.shape,
    }
    return facts | ({"rects": shown.rects} if shown.rects is not None else {})


def _kept(seat: Seat, body: bytes) -> tuple[dict[str, Any], int]:
    try:
        batch = forms.read_batch(body)
        return actions.keep_marks(
            seat, paper=batch.paper, file=batch.file, add=batch.add, erase=batch.erase, share=batch.share
        ), 200
    except RuleBroken as broken:
        return {"error": str(broken.message)}, 409


def _shown(seat: Seat, pk: int) -> dict[str, Any]:
    paper = queries.paper_seen_by(seat, pk)
    told = queries.marks_on(seat, paper)
    return {
        "file": paper.stored_file.ref,
        "own": [_row(one) for one in told.own],
        "shared": [_row(one) | {"by": str(one.mark.owner)} for one in told.shared],
        "left": [
            {"id": str(mark.uuid), "page": mark.page, "kind": mark.kind, "file": file.ref}
            for mark, file in told.left
        ],
    }


def _row(shown: queries.ShownMark) -> dict[str, Any]:
    mark: Mark = shown.mark
    row = {
        "id": str(mark.uuid),
        "page": shown.page,
        "kind": mark.kind,
        "colour": mark.colour,
        "reach": mark.reach,
        "quote": mark.quote,
        "text": mark.text,
        "at_ms": milliseconds(mark.made_at),
        **mark.shape,
    }
    if shown.rects is not None and "rects" in mark.shape:
        row["rects"] = shown.rects
    return row | ({"carried": True} if shown.is_carried else {})
