"""Middleware of the whole site: the content security policy and the language."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

ADMIN_PATH = "/admin/"


class ContentSecurityMiddleware(CSPMiddleware):  # type: ignore[misc]
    """Strict for everyone; Wagtail's editor, and nothing else, needs inline scripts and styles."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN_PATH):
            inline = [SELF, UNSAFE_INLINE]
            response._csp_update = {"script-src": [UNSAFE_INLINE], "style-src": inline}  # type: ignore[attr-defined]
        return super().process_response(request, response)  # type: ignore[no-any-return]


class LanguageMiddleware:
    """Vietnamese unless the reader chose otherwise.

    The browser's own preference is not used: a phone set to English in a Vietnamese commune would get a page half
    in English, and a page that depends on a header cannot be kept by a shared cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
