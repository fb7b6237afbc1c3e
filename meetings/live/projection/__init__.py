"""What each audience sees. Every section starts empty and adds what the audience may see."""

import copy
from collections.abc import Callable, Collection
from typing import Any

from meetings import queries, rules
from meetings.models import Meeting

from .agenda import agenda_section, papers_section
from .attendance import attendance_section
from .consent import consent_section
from .floor import floor_section
from .marks import marks_section
from .meeting import meeting_section, stage_section
from .motions import amendment_row, motion_row, motions_section
from .order import order_section
from .people import people_section
from .polls import polls_section
from .reading import Reading, milliseconds
from .seatmap import seatmap_section
from .signals import signals_section
from .sites import sites_section
from .talk import messages_section, notes_section

SECTIONS: dict[str, Callable[[Reading], Any]] = {
    "meeting": meeting_section,
    "agenda": agenda_section,
    "papers": papers_section,
    "stage": stage_section,
    "people": people_section,
    "attendance": attendance_section,
    "seatmap": seatmap_section,
    "sites": sites_section,
    "consent": consent_section,
    "motions": motions_section,
    "floor": floor_section,
    "polls": polls_section,
    "messages": messages_section,
    "notes": notes_section,
    "order": order_section,
    "signals": signals_section,
    "marks": marks_section,
}
_EMPTY: dict[str, Any] = {
    "agenda": {"current": None, "items": []},
    "papers": [],
    "messages": [],
    "motions": [],
    "sites": [],
    "polls": {"open": [], "past": []},
}
"""What an empty section looks like where it is not `{}`."""


def project(
    meeting: Meeting, audience: rules.Audience, names: Collection[str] | None = None
) -> dict[str, Any]:
    """The named sections (all, if None) of the meeting as the audience may see them, JSON values only."""
    reading = Reading(meeting, audience)
    if reading.audience.is_outside:
        return {name: _outside(name, reading) for name in SECTIONS}
    return {name: build(reading) for name, build in SECTIONS.items() if names is None or name in names}


def _outside(name: str, reading: Reading) -> Any:
    """A section for those outside a closed session; they always get all, so that none says what changed."""
    return SECTIONS[name](reading) if name in rules.SEEN_OUTSIDE else copy.deepcopy(_EMPTY.get(name, {}))


def project_now(ref: str, key: str, names: Collection[str] | None = None) -> tuple[int, dict[str, Any]]:
    """The revision and the named sections for an audience key, read as of one moment. Raises Absent."""
    with queries.one_moment():
        meeting = queries.meeting_named(ref)
        return meeting.revision, project(meeting, rules.Audience.from_key(key), names)


__all__ = ["SECTIONS", "amendment_row", "milliseconds", "motion_row", "project", "project_now"]
