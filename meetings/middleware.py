"""A tablet that was signed in with a seat card shows its meeting and nothing else of the person."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from intranet.live.registry import ONLY_TOPIC

from . import rules


class OnlyMeetingMiddleware:
    """The tablet may lie on the table when its person has gone: their mail and their account stay shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Looking into a session makes an answer its own: pages of the portal are kept for everybody.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        topic = request.session.get(ONLY_TOPIC) if has_session else None
        if topic is None:
            return self.get_response(request)
        ref = topic.rpartition("/")[2]
        if request.path_info.startswith(self._open_to(ref)):
            return self.get_response(request)
        return redirect("meetings:room", ref=ref)

    def _open_to(self, ref: str) -> tuple[str, ...]:
        own = reverse("meetings:meeting", args=[ref])
        files = reverse("files:download", args=["x"]).removesuffix("x/")
        card = reverse("meetings:sit_down", args=["x"]).removesuffix("x/")
        words = reverse("javascript_catalog")
        offline = (reverse("meetings:offline"), reverse("meetings:offline_worker"), reverse("desk:app"))
        out = (reverse("account_logout"), reverse("set_language"))
        return (own, f"/live/{rules.TOPIC}/{ref}/", files, card, words, *offline, *out)
