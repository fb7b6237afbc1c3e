"""How public pages are shown: the theme upstairs plugs in one view for each page type."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

PageView = Callable[[HttpRequest, Any], HttpResponse]

_views: dict[str, PageView] = {}


def register_page_view(page_type: str, view: PageView) -> None:
    """Show pages of the type named `page_type` ("ProcedurePage") with `view(request, page)`."""
    _views[page_type] = view


def page_view(page_type: str) -> PageView:
    """The view of a page type. Raises KeyError for a type nobody shows."""
    return _views[page_type]
