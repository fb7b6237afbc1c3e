"""Motions with their text of now, and the amendments with what they change."""

from collections.abc import Iterable
from typing import Any

from meetings import queries, rules
from meetings.models import Amendment, AmendmentKind, Motion, MotionState

from .reading import Reading, milliseconds


def motions_section(reading: Reading) -> list[dict[str, Any]]:
    """For the members, and for the invited on their items; what was not admitted for those who lead alone."""
    audience = reading.audience
    if not audience.sees_motions:
        return []
    rows = Motion.objects.filter(meeting=reading.meeting).prefetch_related("clauses", "amendments")
    return [
        motion_row(row, [each for each in row.amendments.all() if _is_seen(audience, each)])
        for row in rows
        if audience.sees_item(row.item_id) and _is_seen(audience, row)
    ]


def _is_seen(audience: rules.Audience, row: Motion | Amendment) -> bool:
    """What was taken back before anybody but those who lead saw it is nothing."""
    return row.number is not None or (audience.leads and row.state != MotionState.WITHDRAWN)


def motion_row(row: Motion, amendments: Iterable[Amendment]) -> dict[str, Any]:
    """A motion as screens draw it, with these amendments."""
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
        "amendments": [amendment_row(each) for each in amendments],
        "refusal": row.refusal,
    }


def amendment_row(row: Amendment) -> dict[str, Any]:
    """An amendment as screens draw it."""
    old = "" if row.kind == AmendmentKind.INSERT else row.based_on
    return {
        "id": row.pk,
        "number": row.number,
        "motion": row.motion_id,
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
        "refusal": row.refusal,
        "proposed_at": milliseconds(row.proposed_at),
        "decided_at": milliseconds(row.decided_at),
    }
