"""The meeting and what the chair shows."""

from typing import Any

from meetings.models import Role, Seat

from .reading import Reading, milliseconds


def meeting_section(reading: Reading) -> dict[str, Any]:
    meeting = reading.meeting
    chair = Seat.objects.filter(meeting=meeting, role=Role.CHAIR).select_related("person").first()
    shown = {
        "ref": meeting.ref,
        "title": meeting.title,
        "place": meeting.place,
        "office": meeting.office.name,
        "state": meeting.state,
        "starts_at": milliseconds(meeting.starts_at),
        "ends_at": milliseconds(meeting.ends_at),
        "opened_at": milliseconds(meeting.opened_at),
        "closed_at": milliseconds(meeting.closed_at),
        "postponed_from": milliseconds(meeting.postponed_from),
        "reason": meeting.reason if reading.audience.sees_reason else "",
        "chair": "",
    }
    if chair is not None:
        shown["chair"] = str(chair.person) if reading.audience.sees_names else chair.post
    return shown


def stage_section(reading: Reading) -> dict[str, Any]:
    meeting = reading.meeting
    paper = meeting.stage_paper
    if paper is None or not reading.audience.sees_paper(paper):
        return {}
    return {
        "item": paper.item_id,
        "paper": paper.pk,
        "page": meeting.stage_page,
        "shown_at": milliseconds(meeting.stage_shown_at),
    }
