"""A meeting's own page, for everyone with a seat."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings import queries, rules
from meetings.live import projection

SHOWN = ("meeting", "agenda", "papers", "people", "consent")
"""The sections the page draws."""


@login_required
def meeting(request: HttpRequest, ref: str) -> HttpResponse:
    """Agenda, papers and people, exactly as the seat's audience sees them."""
    seat = queries.seat_for(request.user, ref)
    key = rules.audience_of(seat.role, queries.invited_items(seat))
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
        "people": sections["people"],
        "paper_count": len(sections["papers"]),
        "may_prepare": "edit_details" in rules.allowed_acts(seat.meeting.state, seat.role)
        or "seat_person" in rules.allowed_acts(seat.meeting.state, seat.role),
    }
    return render(request, "meetings/meeting.html", context)
