"""Calls, words in private, the mood of the room."""

from typing import Any

from meetings import queries, rules
from meetings.models import Desk, Letter, Mood, Role, Seat, ServiceCall

from .reading import Reading, milliseconds


def signals_section(reading: Reading) -> dict[str, Any]:
    """Calls for the secretary, letters for those they were written to; for all others that there is news.

    What concerns one seat alone is not here: an audience is many. `news` says under a sign only that seat's
    screen knows that there is something to fetch; `load` that it is to load its page anew, if that is older.
    """
    asked = _signed(reading, "load_from")
    shown: dict[str, Any] = {"load": asked} if asked else {}
    if not reading.audience.takes_part:
        return shown
    shown |= {"news": _signed(reading, "news"), "mood": _mood(reading)}
    if reading.audience.role == Role.SECRETARY:
        shown["calls"] = [
            _call(row)
            for row in ServiceCall.objects.filter(meeting=reading.meeting, state__in=queries.OPEN_CALLS)
        ]
        shown["letters"] = _letters(reading, Desk.SECRETARY)
    if reading.audience.role == Role.CHAIR:
        shown["letters"] = _letters(reading, Desk.CHAIR)
    return shown


def _signed(reading: Reading, name: str) -> dict[str, int]:
    """A revision that each of some seats alone is told."""
    rows = Seat.objects.filter(meeting=reading.meeting, **{f"{name}__gt": 0}).order_by("pk")
    return {queries.sign_of(pk): revision for pk, revision in rows.values_list("pk", name)}


def _call(row: ServiceCall) -> dict[str, Any]:
    return {
        "id": row.pk,
        "seat": row.seat_id,
        "name": row.name,
        "post": row.post,
        "kind": row.kind,
        "state": row.state,
        "at": milliseconds(row.at),
        "by": row.taken_by,
    }


def _letters(reading: Reading, desk: str) -> list[dict[str, Any]]:
    rows = Letter.objects.filter(meeting=reading.meeting, desk=desk).select_related("seat")
    if desk == Desk.CHAIR:
        rows = rows.filter(chair__role=Role.CHAIR)
    return [
        {
            "id": row.pk,
            "seat": row.seat_id,
            "post": row.seat.post,
            "name": row.name,
            "answer": row.is_answer,
            "text": row.text,
            "at": milliseconds(row.at),
        }
        for row in rows
    ]


def _mood(reading: Reading) -> dict[str, Any] | None:
    """The last question on the item under discussion; counts only once it has ended, and never of a few."""
    mood = Mood.objects.filter(meeting=reading.meeting).order_by("-pk").first()
    current = reading.audience.closure.current
    if mood is None or mood.item_id != current or not reading.audience.is_heard_on(current):
        return None
    given = mood.agree + mood.unsure + mood.disagree
    shown: dict[str, Any] = {
        "id": mood.pk,
        "question": mood.question,
        "asked_at": milliseconds(mood.asked_at),
        "open": mood.ended_at is None,
        "answers": mood.answers.count() if mood.ended_at is None else given,
        "counts": None,
    }
    if mood.ended_at is not None and given >= rules.FEWEST_ANSWERS:
        shown["counts"] = {"agree": mood.agree, "unsure": mood.unsure, "disagree": mood.disagree}
    return shown
