"""The room: its page for each role, and the commands its screens send."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intranet.files import rules as files
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, forms, queries, registry, rules
from meetings.live import projection
from meetings.models import Role, Seat
from meetings.rules.offline import may_take_along

from .offline import offline_door
from .plain import plain
from .polls import poll_paper


@login_required
@require_GET
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """The screen of the seat's role, with the state of now inside it."""
    seat = queries.seat_for(request.user, ref)
    snapshot = room_snapshot(seat)
    context = {
        "meeting": seat.meeting,
        "seat": seat,
        "room_snapshot": snapshot,
        "room_me": _me(seat),
        "plain": plain(seat, snapshot["sections"]),
        "offline_door": offline_door(),
    }
    if seat.role in rules.PODIUM:
        context |= poll_paper(seat)
    response = render(request, f"meetings/room/{seat.role}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def command(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Do one act of the room, once; the answer brings what it changed for this seat, or why it was not done.

    A form of the plain page is answered with the plain page, one of the meeting's own page with that.
    """
    seat = queries.seat_for(request.user, ref)
    if act not in forms.ROOM_FORMS:
        raise Absent()
    form = forms.ROOM_FORMS[act](request.POST)
    answer, status = _performed(seat, act, form)
    if "plain" in request.POST:
        if "error" in answer:
            messages.error(request, answer["error"])
        if request.POST["plain"] == "meeting":
            place = f"item-{form['item'].value()}" if "item" in form.fields else "vote"
            return redirect(reverse("meetings:meeting", args=[ref]) + f"#{place}")
        return redirect("meetings:room", ref=ref)
    return JsonResponse(answer, status=status)


@login_required
@require_GET
def stances(request: HttpRequest, ref: str) -> HttpResponse:
    """What this seat has said to the consent items: in no section, others share its audience."""
    response = JsonResponse({"stances": queries.stances_of(queries.seat_for(request.user, ref))})
    response["Cache-Control"] = "private, no-store"
    return response


def _performed(seat: Seat, act: str, form: forms.ActForm) -> tuple[dict[str, Any], int]:
    if not form.is_valid():
        return {"error": form.first_error(), **room_snapshot(seat)}, 400
    facts = form.facts()
    try:
        command = form.cleaned_data["command"]
        do = getattr(actions, act)
        if act in rules.BALLOTS:
            # The receipt alone: the screens follow about once a second, and a hall votes all at once.
            return do(seat, command=command, **facts), 200
        answer = actions.once(
            seat, command=command, act=act, content=form.content(), run=lambda: do(seat, **facts)
        )
    except rules.StaleNote as stale:
        conflict = {"text": stale.text, "version": stale.version}
        return {"error": str(stale.message), "conflict": conflict, **room_snapshot(seat)}, 409
    except RuleBroken as broken:
        return {"error": str(broken.message), **room_snapshot(seat)}, 409
    known = form.cleaned_data["revision"]
    return answer | room_snapshot(
        seat, None if known is None else queries.sections_since(seat.meeting.ref, known)
    ), 200


def room_snapshot(seat: Seat, names: set[str] | None = None) -> dict[str, Any]:
    """What the seat sees now: all of it, or the named sections."""
    key = queries.key_of(seat)
    revision, sections = projection.project_now(seat.meeting.ref, key, names)
    facts = {"epoch": seat.meeting.epoch, "revision": revision, "sections": sections}
    return facts | {"now": projection.milliseconds(timezone.now())}


def _me(seat: Seat) -> dict[str, Any]:
    """What the screen must know about who sits at it."""
    ref = seat.meeting.ref
    allowed = [act for act in rules.ROOM_ACTS if seat.role in rules.MAY[act][1]]
    return {
        "seat": seat.pk,
        "role": seat.role,
        "name": str(seat.person),
        "post": seat.post,
        "sign": queries.sign_of(seat.pk),
        "commands": allowed,
        "reasons": {code: str(text) for code, text in files.REASONS.items() if "%" not in str(text)},
        "urls": {
            "room": reverse("meetings:room", args=[ref]),
            "polls_mine": reverse("meetings:polls_mine", args=[ref]),
            "own": reverse("meetings:own", args=[ref]),
            "marks": reverse("meetings:marks", args=[ref]) if seat.role != Role.HALL else "",
            "tablets": reverse("meetings:tablets", args=[ref]) if seat.role in rules.PODIUM else "",
            "take_along": reverse("meetings:take_along", args=[ref])
            if may_take_along(seat, seat.meeting)
            else "",
            "commands": {act: reverse("meetings:command", args=[ref, act]) for act in allowed},
            "prepare": reverse("meetings:prepare", args=[ref]) if seat.role in rules.PODIUM else "",
            "video": reverse("meetings:video", args=[ref]) if registry.video_provider() else "",
            "files": reverse("files:download", args=["x"]).removesuffix("x/"),
        },
    }
