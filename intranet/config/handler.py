"""How a page is answered: in one thread, from the first middleware to the last.

Django's own handler runs every middleware that can in the event loop and calls its parts back into a thread.
Some of ours cannot, so a page went some twenty times from one thread to another and back, and that cost more
than the page; see docs/decisions/0011.
"""

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve


class PageHandler(ASGIHandler):
    """Django's handler for ASGI, but only views that wait (the long poll) are run by the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.in_one_thread = BaseHandler()
        self.in_one_thread.load_middleware()

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        if waits(request):
            return await super().get_response_async(request)
        return await sync_to_async(self.in_one_thread.get_response)(request)


def waits(request: HttpRequest) -> bool:
    """Whether the view at this address is a coroutine, which would hold a thread for as long as it waits."""
    try:
        return iscoroutinefunction(resolve(request.path_info).func)
    except Resolver404:
        return False
