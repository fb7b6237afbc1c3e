"""A meeting's own page, for everyone with a seat."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings import queries, rules
from meetings.live import projection
from meetings.models import Seat
from meetings.rules.offline import may_take_along

from .offline import offline_door

SHOWN = ("meeting", "agenda", "papers", "people", "consent")
"""The sections the page draws."""


@login_required
def meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Agenda, papers and people, exactly as the seat's audience sees them."""
    seat = queries.seat_for(request.user, ref)
    key = queries.key_of(seat)
    _revision, sections = projection.project_now(ref, key, SHOWN)
    papers_of: dict[int, list[object]] = {}
    for paper in sections["papers"]:
        papers_of.setdefault(paper["item"], []).append(paper)
    own = queries.stances_of(seat)
    consent = {
        row["item"]: row | {"own": own.get(row["item"], {}), "voters": sections["consent"].get("voters")}
        for row in sections["consent"].get("items", [])
    }
    context = {
        "meeting": seat.meeting,
        "seat": seat,
        "facts": sections["meeting"],
        "items": [
            (item, papers_of.get(item["id"], []), consent.get(item["id"]))
            for item in sections["agenda"]["items"]
        ],
        "may_see_record": seat.role in rules.MEMBERS and seat.meeting.state in ("live", "closed"),
        "may_tick": "take_stance" in rules.allowed_acts(seat.meeting.state, seat.role),
        "vote": _vote(seat),
        "people": sections["people"],
        "may_take_along": may_take_along(seat, seat.meeting),
        "offline": offline_door(),
        "paper_count": len(sections["papers"]),
        "may_prepare": "edit_details" in rules.allowed_acts(seat.meeting.state, seat.role)
        or "seat_person" in rules.allowed_acts(seat.meeting.state, seat.role),
    }
    return render(request, "meetings/meeting.html", context)


def _vote(seat: Seat) -> dict[str, Any] | None:
    """What a member with a vote can do before the meeting: give it away, and vote where the absent may."""
    if not seat.votes or "give_proxy" not in rules.allowed_acts(seat.meeting.state, seat.role):
        return None
    return {
        "proxy": queries.proxy_of(seat),
        "holders": queries.possible_holders(seat),
        "early": queries.early_votes_of(seat),
    }
