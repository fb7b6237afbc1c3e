"""The long poll, for browsers whose network lets no socket through."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from intranet.lib.errors import Absent

from . import frames, polling
from .reading import ANONYMOUS


@never_cache
@require_GET
async def events(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """What changed since `after` (of `epoch`), at once or within `wait` seconds; a beat when nothing did."""
    answer = await polling.wait_for_news(
        request.session.session_key or "",
        kind,
        ref,
        has=polling.version_said(request.GET.get("epoch"), request.GET.get("after")),
        seconds=polling.seconds_said(request.GET.get("wait")),
    )
    if answer == ANONYMOUS:
        return HttpResponse(status=401)
    if isinstance(answer, str):
        raise Absent
    response = HttpResponse(answer.body, content_type="application/json")
    response["Server-Now"] = str(frames.now_ms())
    return response
