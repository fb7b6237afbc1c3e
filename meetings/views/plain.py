"""The room for a browser without scripts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import rules
from meetings.models import Seat

PAGES_LISTED = 60
PLAIN_ACTS = ("open_meeting", "go_to_item", "stop_showing", "close_meeting")
"""Acts that are one button; showing a page and writing need the drawn room."""


def plain(seat: Seat, sections: dict[str, Any]) -> dict[str, Any]:
    """What the plain page shows of the sections this seat sees."""
    allowed = rules.allowed_acts(sections["meeting"]["state"], seat.role)
    papers_of: dict[int, list[dict[str, Any]]] = {}
    for paper in sections["papers"]:
        pages = range(1, min(paper["pages"], PAGES_LISTED) + 1)
        papers_of.setdefault(paper["item"], []).append(paper | {"page_numbers": pages})
    items = sections["agenda"]["items"]
    current, shown = sections["agenda"]["current"], sections["stage"].get("paper")
    return {
        "at": timezone.localtime(),
        "items": [(item, papers_of.get(item["id"], [])) for item in items],
        "current": next((item for item in items if item["id"] == current), None),
        "shown": next((paper for paper in sections["papers"] if paper["id"] == shown), None),
        "page": sections["stage"].get("page"),
        "acts": [act for act in PLAIN_ACTS if act in allowed],
        "labels": {
            "open_meeting": _("Start the meeting"),
            "go_to_item": _("Go to this item"),
            "stop_showing": _("Stop showing"),
            "close_meeting": _("End the meeting"),
        },
    }
