"""What concerns one person in the votes of a meeting; it never travels with what an audience shares."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from meetings import actions, forms, queries
from meetings.models import PollKind, Seat


def poll_paper(seat: Seat) -> dict[str, Any]:
    """A form for a new vote, beginning with what the meeting's body keeps."""
    papers = queries.papers_of_body(seat.meeting)
    return {
        "poll_form": forms.PollPaperForm(initial=papers[PollKind.MOTION], auto_id="poll-%s"),
        "poll_rules": json.dumps(papers),
    }


@login_required
@require_GET
def polls_mine(request: HttpRequest, ref: str) -> JsonResponse:
    """For whom I may vote, whether I have, my receipts: see `queries.polls_of`. Asked on load, after an
    absence and when the section "polls" changed. Whoever looks also ends votes whose time has run out.
    """
    seat = queries.seat_for(request.user, ref)
    actions.close_due(seat.meeting_id)
    response = JsonResponse(queries.polls_of(seat))
    response["Cache-Control"] = "private, no-store"
    return response
