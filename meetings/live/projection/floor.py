"""Who speaks, until when, and who waits."""

import datetime
from typing import Any

from meetings import rules
from meetings.models import AgendaItem, ItemState, Speech, SpeechKind, SpeechState, TimeBudget

from .reading import Reading, milliseconds, whole_milliseconds


def floor_section(reading: Reading) -> dict[str, Any]:
    """Who speaks, until when, and who waits: for the item under discussion, if the audience attends it."""
    current = next((item for item in reading.items if item.state == ItemState.CURRENT), None)
    shown: dict[str, Any] = {}
    rows = list(Speech.objects.filter(meeting=reading.meeting).exclude(state=SpeechState.WITHDRAWN))
    if reading.audience.leads:
        here = reading.meeting.speaking_seconds
        shown["lengths"] = {kind: rules.seconds_of(kind, here) for kind in SpeechKind.values}
        shown["budgets"] = _budgets(reading, rows)
    if current is None or not reading.audience.sees_item(current.pk):
        return shown
    if reading.audience.takes_part and not reading.audience.leads:
        shown["budgets"] = _budgets(reading, rows)
    shown |= {"speaking": None, "queue": [], "closed": current.is_list_closed}
    for row in rows:
        if row.state == SpeechState.SPEAKING:
            shown["speaking"] = _turn(reading, row) | {
                "started_at": milliseconds(row.started_at),
                "spent": whole_milliseconds(row.spent),
                "since": milliseconds(row.ticking_since),
                "held": row.is_held,
                "more": row.wants_more,
            }
        elif row.state == SpeechState.WAITING and row.item_id == current.pk and row.seat_id is not None:
            shown["queue"].append(_turn(reading, row))
    if reading.audience.sees_who_spoke:
        shown["spoken"] = _spoken(rows, current)
    return shown


def _spoken(rows: list[Speech], current: AgendaItem) -> list[dict[str, Any]]:
    """How long each has spoken, in all and on this item, with the last turn on it."""
    spoken: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row.state != SpeechState.DONE:
            continue
        blank = {"seat": row.seat_id, "name": row.post or row.name, "seconds": 0, "here": 0, "last": None}
        heard = spoken.setdefault(row.seat_id or -row.pk, blank)
        lasted = round(row.spent.total_seconds())
        heard["seconds"] += lasted
        if row.item_id == current.pk:
            heard["here"] += lasted
            heard["last"] = row.pk
    return list(spoken.values())


def _budgets(reading: Reading, rows: list[Speech]) -> list[dict[str, Any]]:
    """What each group has, and what of it is spent; the clock of a turn that goes on is to be added."""
    shown = []
    for budget in TimeBudget.objects.filter(meeting=reading.meeting).prefetch_related("seats"):
        if budget.item_id is not None and not reading.audience.sees_item(budget.item_id):
            continue
        seats = sorted(seat.pk for seat in budget.seats.all())
        turns = [row for row in rows if rules.counts(row, budget, seats)]
        since = next((row.ticking_since for row in turns if row.ticking_since is not None), None)
        shown.append(
            {
                "id": budget.pk,
                "name": budget.name,
                "kind": budget.kind,
                "item": budget.item_id,
                "seats": seats,
                "seconds": budget.seconds,
                "spent": whole_milliseconds(sum((row.spent for row in turns), datetime.timedelta())),
                "since": milliseconds(since),
            }
        )
    return shown


def _turn(reading: Reading, row: Speech) -> dict[str, Any]:
    return {
        "id": row.pk,
        "seat": row.seat_id,
        "name": row.name if reading.audience.sees_names else "",
        "post": row.post or row.name,
        "kind": row.kind,
        "seconds": row.seconds,
        "asked_at": milliseconds(row.asked_at),
    }
