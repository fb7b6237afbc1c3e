"""The door from the room to the agency's own video system."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from intranet.lib.errors import Absent
from meetings import queries, registry, rules


@login_required
@require_GET
@never_cache
def video(request: HttpRequest, ref: str) -> HttpResponse:
    """Made on request, for who has a seat and is not outside a closed session; where there is none: 404."""
    seat = queries.seat_for(request.user, ref)
    provider = registry.video_provider()
    if provider is None or seat.meeting.state not in rules.ATTENDED or queries.audience_of(seat).is_outside:
        raise Absent()
    return redirect(provider(seat))
