"""When a part the site stands on fails under a view: one sentence for the reader, one line for the log."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from intranet.lib.errors import NO_SPACE

logger = logging.getLogger(__name__)

DISK_FULL = "53100"
"""PostgreSQL's code; SQLite has only words."""
RETRY_SECONDS = "10"

SENTENCES: dict[int, str | Promise] = {
    507: _(
        "The server has no room left on its disk. Nothing of this was saved. Tell the system administrator; "
        "what was saved before is safe and can be read."
    ),
    503: _(
        "The server cannot reach its database at this moment. Wait a few seconds and try again; "
        "what you saw confirmed is safe."
    ),
}


class TroubleMiddleware:
    """Answers 507 when the disk is full and 503 when the database is away, instead of a bare error."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator, no-any-return]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a view that failed; None for what is our own mistake."""
        status = status_of(exception)
        if status is None:
            return None
        logger.error("%s %s: %s", request.method, request.path, str(exception).split("\n")[0])
        return trouble(request, status)


def server_error(request: HttpRequest) -> HttpResponse:
    """The same for what failed before or after the view, such as the reading of a session."""
    exception = sys.exc_info()[1]
    status = None if exception is None else status_of(exception)
    return defaults.server_error(request) if status is None else trouble(request, status)


def status_of(exception: BaseException) -> int | None:
    """507, 503, or None when it is neither the disk nor the database."""
    if isinstance(exception, OSError) and exception.errno in NO_SPACE:
        return 507
    if isinstance(exception, OperationalError | InterfaceError):
        is_full = getattr(exception.__cause__, "sqlstate", None) == DISK_FULL or "is full" in str(exception)
        return 507 if is_full else 503
    return None


def trouble(request: HttpRequest, status: int) -> HttpResponse:
    """The sentence as a page, or as `error` for a script."""
    sentence = str(SENTENCES[status])
    response: HttpResponse
    if request.headers.get("Accept") == "application/json":
        response = JsonResponse({"error": sentence}, status=status)
    else:
        response = HttpResponse(render_to_string("trouble.html", {"sentence": sentence}), status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = RETRY_SECONDS
    return response
