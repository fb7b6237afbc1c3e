"""Middleware of the whole site: the content security policy, the language, when a session was last used."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.middleware import UserSessionsMiddleware
from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from intranet.organization import actions as organization

ADMIN_PATH = "/admin/"
SEEN_SECONDS = 300


class ContentSecurityMiddleware(CSPMiddleware):
    """Strict for everyone; Wagtail's editor, and nothing else, needs inline scripts and styles."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PATH) and parts.update is None:
            parts.update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        return parts


class SessionActivityMiddleware(UserSessionsMiddleware):  # type: ignore[misc]
    """Notes when a session was last used, at most once in `SEEN_SECONDS`.

    allauth's own reads and writes a row on every request: with every page image of a meeting that would be
    the busiest table of the house, and on SQLite each a turn of the one writer. A row that is there is only
    given its time.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if not key or not cache.add(f"session-seen:{key}", True, SEEN_SECONDS):
            return self.get_response(request)  # type: ignore[no-any-return]
        if organization.note_session(key, address=get_adapter().get_client_ip(request)):
            return self.get_response(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[no-any-return]


class LanguageMiddleware:
    """Vietnamese unless the reader chose otherwise.

    The browser's own preference is not used: a phone set to English in a Vietnamese commune would get a
    page half in English, and a page that depends on a header cannot be kept by a shared cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
