"""How the tablets of the room are doing. Asked by who looks, told by the processes that hold the lines."""

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from intranet.live import queries as live
from intranet.live.registry import Line
from meetings import queries, rules
from meetings.live.projection import milliseconds
from meetings.models import Pack
from meetings.queries import offline as packs


@login_required
@require_GET
@never_cache
async def tablets(request: HttpRequest, ref: str) -> JsonResponse:
    """Each seat: connected or not, since when, and for each of its lines how far behind it is."""
    await sync_to_async(queries.tablet_keeper_for)(await request.auser(), ref)
    lines = await live.lines(rules.TOPIC, ref)
    return JsonResponse({"tablets": await sync_to_async(_rows)(await request.auser(), ref, lines)})


def _rows(person: Any, ref: str, lines: list[Line]) -> list[dict[str, Any]]:
    keeper = queries.tablet_keeper_for(person, ref)
    seats, present = queries.seats_with_tablets(keeper)
    taken = packs.packs_of(keeper.meeting_id)
    by_person: dict[int, list[Line]] = {}
    for line in lines:
        by_person.setdefault(line.person_id, []).append(line)
    return [
        {
            "seat": seat.pk,
            "name": str(seat.person),
            "role": seat.role,
            "connected": seat.pk in present,
            "since": milliseconds(seat.line_at),
            "pack": _pack(taken.get(seat.pk)),
            "lines": [
                {"socket": line.is_socket, "behind": line.behind, "silent": line.silent}
                for line in by_person.get(seat.person_id, [])
            ],
        }
        for seat in seats
    ]


def _pack(pack: Pack | None) -> dict[str, Any] | None:
    """How much of the meeting the device last checked holds for reading without the server."""
    if pack is None or pack.until < timezone.now():
        return None
    return {"ready": pack.ready, "total": pack.total, "checked": milliseconds(pack.checked_at)}
