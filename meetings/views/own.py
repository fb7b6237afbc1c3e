"""What concerns one seat alone: its calls, its words in private, its messages and motions that wait."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from meetings import queries
from meetings.live import projection
from meetings.live.projection import milliseconds


@login_required
@require_GET
def own(request: HttpRequest, ref: str) -> JsonResponse:
    """Fetched when the screen is told that there is news for it, and when the line is back."""
    seat = queries.seat_for(request.user, ref)
    facts: dict[str, Any] = {
        "calls": [
            {
                "id": row.pk,
                "kind": row.kind,
                "state": row.state,
                "by": row.taken_by,
                "at": milliseconds(row.at),
            }
            for row in queries.own_calls(seat)
        ],
        "letters": [
            {
                "id": row.pk,
                "desk": row.desk,
                "answer": row.is_answer,
                "name": row.name,
                "text": row.text,
                "at": milliseconds(row.at),
            }
            for row in queries.own_letters(seat)
        ],
        "held": [
            {"id": row.pk, "text": row.text, "at": milliseconds(row.at)}
            for row in queries.own_held_messages(seat)
        ],
        "motions": [projection.motion_row(row, []) for row in queries.own_motions(seat)],
        "amendments": [projection.amendment_row(row) for row in queries.own_amendments(seat)],
    }
    response = JsonResponse(facts)
    response["Cache-Control"] = "private, no-store"
    return response
