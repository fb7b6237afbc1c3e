"""The secretary's desk before the meeting: agenda, papers, seats, convening."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, forms, queries, rules
from meetings.models import Seat

from .board import board
from .papers import paper_named, protection

PARTS = {
    "details": "details",
    "item": "agenda",
    "closed": "agenda",
    "paper": "agenda",
    "seat": "seats",
    "site": "seats",
    "office": "seats",
    "body": "seats",
    "voting": "seats",
    "poll": "polls",
    "publish": "publish",
    "meeting": "publish",
}
"""What of the page an act concerns, by the last word of its name."""
DONE = {
    "publish": _("The meeting is convened. Everybody with a seat finds it now."),
    "postpone_meeting": _("The meeting is postponed. Everybody invited sees the new time and the reason."),
    "cancel_meeting": _("The meeting is cancelled. Everybody invited sees the reason."),
}
"""What is said after an act that leads to the meeting's own page."""


@login_required
@require_GET
def prepare(request: HttpRequest, ref: str) -> HttpResponse:
    """The whole page; with ?muc= the papers of an item, ?ghe= the items of a seat, ?giay= who may read a
    paper, ?tim= from htmx people."""
    seat = _preparing_seat(request, ref)
    text = request.GET.get("tim", "")
    context = board(seat, search=text)
    if request.htmx and "tim" in request.GET:  # type: ignore[attr-defined]
        return render(request, "meetings/preparation/found.html", context)
    if item := request.GET.get("muc"):
        row = _one([row for row in context["rows"] if str(row.item.pk) == item])
        return render(request, "meetings/preparation/papers.html", context | {"row": row})
    if paper := request.GET.get("giay"):
        return render(
            request,
            "meetings/preparation/protection.html",
            context | {"shown": protection(seat, paper_named(seat, paper))},
        )
    if key := request.GET.get("ghe"):
        row = _one([row for row in context["seat_rows"] if str(row.seat.pk) == key])
        return render(request, "meetings/preparation/items.html", context | {"row": row})
    return render(request, "meetings/prepare.html", context)


def _one(rows: list[Any]) -> Any:
    if not rows:
        raise Absent()
    return rows[0]


@login_required
@require_POST
def act(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Do one act once, then show the page, or with htmx the part of it that changed."""
    seat = _preparing_seat(request, ref)
    if act not in forms.PREPARATION_FORMS:
        raise Absent()
    form = forms.preparation_form(act, seat.meeting, request.POST, request.FILES)
    if form.is_valid():
        try:
            _perform(seat, act, form)
        except RuleBroken as broken:
            form.add_error(None, str(broken.message))
    if form.errors:
        return _answer(request, seat, act, form)
    if request.htmx or request.headers.get("Accept") == "application/json":  # type: ignore[attr-defined]
        return _answer(request, queries.seat_for(request.user, ref), act, None)
    if act in DONE:
        messages.success(request, DONE[act])
        return redirect("meetings:meeting", ref=ref)
    return redirect(reverse("meetings:prepare", args=[ref]) + f"#{_part(act)}")


def _preparing_seat(request: HttpRequest, ref: str) -> Seat:
    """The seat, if it is one that prepares; Absent for the others."""
    seat = queries.seat_for(request.user, ref)
    if seat.role not in rules.PODIUM:
        raise Absent()
    return seat


def _perform(seat: Seat, act: str, form: forms.ActForm) -> None:
    if isinstance(form, forms.UploadForm):
        return _upload(seat, form)
    facts = form.facts()
    command: uuid.UUID = form.cleaned_data["command"]
    if isinstance(form, forms.ReplacementForm):
        actions.upload_replacement(seat, command=command, **facts)
        return None
    run = getattr(actions, act)
    actions.once(seat, command=command, act=act, content=facts, run=lambda: run(seat, **facts))
    return None


def _upload(seat: Seat, form: forms.UploadForm) -> None:
    """Each file by itself: what can be kept is kept, what is refused is named."""
    refused = []
    for command, file in form.named():
        try:
            actions.upload_paper(seat, command=command, item=form.cleaned_data["item"], file=file)
        except RuleBroken as broken:
            refused.append(f"{file.name}: {broken.message}")
    if refused:
        form.add_error(None, refused)


def _part(act: str) -> str:
    return PARTS.get(act.rpartition("_")[2], "seats")


def _answer(request: HttpRequest, seat: Seat, act: str, failed: forms.ActForm | None) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": failed.first_error()} if failed else {}, status=409 if failed else 200)
    context: dict[str, Any] = board(seat, failed=(act, failed) if failed is not None else None)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "meetings/prepare.html", context, status=400)
    return render(request, "meetings/preparation/changed.html", context | {"part": _part(act)})
