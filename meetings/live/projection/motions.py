"""Motions with their text of now, and the amendments with what they change."""

from typing import Any

from meetings import queries, rules
from meetings.models import Amendment, AmendmentKind, Motion

from .reading import Reading, milliseconds


def motions_section(reading: Reading) -> list[dict[str, Any]]:
    """For the members, and for the invited on their items."""
    if not reading.audience.sees_motions:
        return []
    rows = Motion.objects.filter(meeting=reading.meeting).prefetch_related("clauses", "amendments")
    return [_motion(row) for row in rows if reading.audience.sees_item(row.item_id)]


def _motion(row: Motion) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "item": row.item_id,
        "title": row.title,
        "seat": row.seat_id,
        "name": row.name,
        "state": row.state,
        "poll": row.poll_id,
        "version": row.version,
        "decided_at": milliseconds(row.decided_at),
        "clauses": [{"number": line.number, "text": line.text} for line in queries.text_of(row)],
        "moved": [{"number": line.number, "text": line.text} for line in row.clauses.all()],
        "amendments": [_amendment(each) for each in row.amendments.all()],
    }


def _amendment(row: Amendment) -> dict[str, Any]:
    old = "" if row.kind == AmendmentKind.INSERT else row.based_on
    return {
        "id": row.pk,
        "number": row.number,
        "clause": row.clause,
        "kind": row.kind,
        "diff": rules.word_diff(old, row.text),
        "reason": row.reason,
        "seat": row.seat_id,
        "name": row.name,
        "post": row.post,
        "state": row.state,
        "poll": row.poll_id,
        "recommendation": row.recommendation,
        "advice": row.advice,
        "proposed_at": milliseconds(row.proposed_at),
        "decided_at": milliseconds(row.decided_at),
    }
