"""What each audience sees. Every section starts empty and adds what the audience may see."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from meetings import queries, rules
from meetings.models import (
    AgendaItem,
    ItemState,
    Meeting,
    Message,
    Note,
    Paper,
    Role,
    Seat,
    Speech,
    SpeechState,
)

MESSAGES_SHOWN = 100

_ROLE_ORDER = {role: place for place, role in enumerate(Role.values)}


def milliseconds(moment: datetime.datetime | None) -> int | None:
    """A moment as the browser counts: milliseconds since 1970, or None."""
    return None if moment is None else round(moment.timestamp() * 1000)


@dataclass
class _Reading:
    """One read of a meeting for one audience; what several sections need is read once."""

    meeting: Meeting
    audience: rules.Audience

    @cached_property
    def items(self) -> list[AgendaItem]:
        return list(AgendaItem.objects.filter(meeting=self.meeting))

    @cached_property
    def slots(self) -> dict[int, rules.Slot]:
        return rules.timetable(self.items, self.meeting.starts_at)

    @cached_property
    def in_order(self) -> list[AgendaItem]:
        places = {pk: place for place, pk in enumerate(self.slots)}
        return sorted(self.items, key=lambda item: places[item.pk])

    @cached_property
    def papers(self) -> list[Paper]:
        """Only those the audience may read, in the order of the agenda."""
        places = {pk: place for place, pk in enumerate(self.slots)}
        rows = (
            Paper.objects.filter(item__meeting=self.meeting)
            .select_related("stored_file__content")
            .defer("stored_file__content__outline")
        )
        seen = [row for row in rows if self.audience.sees_paper(item_id=row.item_id, is_open=row.is_open)]
        return sorted(seen, key=lambda row: (places[row.item_id], row.position))


def _meeting(reading: _Reading) -> dict[str, Any]:
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


def _state_of_parent(subs: list[AgendaItem]) -> tuple[str, int | None, int | None]:
    """An item whose sub-items are all done is done too, from the first to the last of them."""
    started = [sub.started_at for sub in subs if sub.started_at]
    ended = [sub.ended_at for sub in subs if sub.ended_at]
    return ItemState.DONE, milliseconds(min(started, default=None)), milliseconds(max(ended, default=None))


def _agenda(reading: _Reading) -> dict[str, Any]:
    counts: dict[int, int] = {}
    for paper in reading.papers:
        counts[paper.item_id] = counts.get(paper.item_id, 0) + 1
    subs_of: dict[int, list[AgendaItem]] = {}
    for item in reading.items:
        if item.parent_id is not None:
            subs_of.setdefault(item.parent_id, []).append(item)
    rows: list[dict[str, Any]] = []
    current = None
    for item in reading.in_order:
        slot = reading.slots[item.pk]
        if item.state == ItemState.CURRENT:
            current = item.pk
        row: dict[str, Any] = {"id": item.pk, "parent": item.parent_id, "number": slot.number, "title": ""}
        if not reading.audience.sees_item(item.pk):
            rows.append(row | {"hidden": True})
            continue
        state, started_at, ended_at = item.state, milliseconds(item.started_at), milliseconds(item.ended_at)
        subs = subs_of.get(item.pk, [])
        if state == ItemState.WAITING and subs and all(sub.state == ItemState.DONE for sub in subs):
            state, started_at, ended_at = _state_of_parent(subs)
        rows.append(
            row
            | {
                "title": item.title,
                "presenter": item.presenter,
                "minutes": slot.minutes,
                "state": state,
                "starts_at": milliseconds(slot.starts_at),
                "started_at": started_at,
                "ended_at": ended_at,
                "papers": counts.get(item.pk, 0),
            }
        )
    return {"current": current, "items": rows}


def _papers(reading: _Reading) -> list[dict[str, Any]]:
    return [
        {
            "id": paper.pk,
            "item": paper.item_id,
            "title": paper.title,
            "number": paper.number,
            "file": paper.stored_file.ref,
            "name": paper.stored_file.name,
            "size": paper.stored_file.content.size,
            "state": paper.stored_file.content.state,
            "reason": paper.stored_file.content.reason,
            "pages": len(paper.stored_file.content.pages),
            "restricted": not paper.is_open,
        }
        for paper in reading.papers
    ]


def _stage(reading: _Reading) -> dict[str, Any]:
    meeting = reading.meeting
    paper = meeting.stage_paper
    if paper is None or not reading.audience.sees_paper(item_id=paper.item_id, is_open=paper.is_open):
        return {}
    return {
        "item": paper.item_id,
        "paper": paper.pk,
        "page": meeting.stage_page,
        "shown_at": milliseconds(meeting.stage_shown_at),
    }


def _people(reading: _Reading) -> dict[str, Any]:
    seats = list(
        Seat.objects.filter(meeting=reading.meeting).exclude(role=Role.HALL).select_related("person")
    )
    present = queries.present_seats(reading.meeting.pk)
    shown: dict[str, Any] = {
        "present": sum(seat.pk in present for seat in seats),
        "total": len(seats),
        "seats": [],
    }
    if reading.audience.sees_names:
        seats.sort(key=lambda seat: (_ROLE_ORDER[seat.role], seat.person.sort_key, seat.pk))
        shown["seats"] = [
            {
                "id": seat.pk,
                "name": str(seat.person),
                "role": seat.role,
                "post": seat.post,
                "present": seat.pk in present,
            }
            for seat in seats
        ]
    return shown


def _floor(reading: _Reading) -> dict[str, Any]:
    """Who speaks, until when, and who waits: for the item under discussion, if the audience attends it."""
    current = next((item for item in reading.items if item.state == ItemState.CURRENT), None)
    if current is None or not reading.audience.sees_item(current.pk):
        return {}
    shown: dict[str, Any] = {"speaking": None, "queue": []}
    spoken: dict[int, dict[str, Any]] = {}
    for row in Speech.objects.filter(meeting=reading.meeting).exclude(state=SpeechState.WITHDRAWN):
        if row.state == SpeechState.SPEAKING:
            shown["speaking"] = _turn(reading, row) | {"started_at": milliseconds(row.started_at)}
        elif row.state == SpeechState.WAITING and row.item_id == current.pk and row.seat_id is not None:
            shown["queue"].append(_turn(reading, row))
        elif row.state == SpeechState.DONE and row.started_at and row.ended_at:
            blank = {"seat": row.seat_id, "name": row.post or row.name, "seconds": 0, "here": 0}
            heard = spoken.setdefault(row.seat_id or -row.pk, blank)
            lasted = round((row.ended_at - row.started_at).total_seconds())
            heard["seconds"] += lasted
            heard["here"] += lasted if row.item_id == current.pk else 0
    if reading.audience.sees_who_spoke:
        shown["spoken"] = list(spoken.values())
    return shown


def _turn(reading: _Reading, row: Speech) -> dict[str, Any]:
    return {
        "id": row.pk,
        "seat": row.seat_id,
        "name": row.name if reading.audience.sees_names else "",
        "post": row.post or row.name,
        "kind": row.kind,
        "seconds": row.seconds,
        "asked_at": milliseconds(row.asked_at),
    }


def _messages(reading: _Reading) -> list[dict[str, Any]]:
    audience = reading.audience
    rows = Message.objects.filter(meeting=reading.meeting)
    if audience.role == Role.INVITED:
        rows = rows.filter(item__in=audience.items)
    elif not audience.sees_messages_of(None):
        return []
    return [
        {
            "id": row.pk,
            "seat": row.seat_id,
            "name": row.name,
            "text": row.text,
            "at": milliseconds(row.at),
            "item": row.item_id,
        }
        for row in reversed(rows.order_by("-pk")[:MESSAGES_SHOWN])
    ]


def _notes(reading: _Reading) -> dict[str, Any]:
    if not reading.audience.sees_notes:
        return {}
    notes = Note.objects.filter(item__meeting=reading.meeting).order_by("item_id")
    return {
        str(note.item_id): {"text": note.text, "version": note.version, "at": milliseconds(note.at)}
        for note in notes
    }


SECTIONS: dict[str, Callable[[_Reading], Any]] = {
    "meeting": _meeting,
    "agenda": _agenda,
    "papers": _papers,
    "stage": _stage,
    "people": _people,
    "floor": _floor,
    "messages": _messages,
    "notes": _notes,
}


def project(
    meeting: Meeting, audience: rules.Audience, names: Collection[str] | None = None
) -> dict[str, Any]:
    """The named sections (all, if None) of the meeting as the audience may see them, JSON values only."""
    reading = _Reading(meeting, audience)
    return {name: build(reading) for name, build in SECTIONS.items() if names is None or name in names}


def project_now(ref: str, key: str, names: Collection[str] | None = None) -> tuple[int, dict[str, Any]]:
    """The revision and the named sections for an audience key, read as of one moment. Raises Absent."""
    with queries.one_moment():
        meeting = queries.meeting_named(ref)
        return meeting.revision, project(meeting, rules.Audience.from_key(key), names)
