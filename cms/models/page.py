"""What all page types of the portal share."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search import index

from cms.registry import page_view
from intranet.lib.text import fold


def plain(value: Any) -> str:
    """The words of a rich text, stream or plain value on one line, for search and descriptions."""
    if hasattr(value, "stream_block"):
        parts = value.stream_block.get_searchable_content(value)
    else:
        parts = [str(value)]
    return " ".join(strip_tags(" ".join(parts)).split())


class PublicPage(Page):
    """A page of the portal: shown by the theme, found with and without diacritics."""

    template = ""
    search_fields = [
        *Page.search_fields,
        index.AutocompleteField("folded_title"),
        index.SearchField("folded_title"),
    ]
    preview_modes = [("", "")]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return page_view(type(self).__name__)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.is_preview = True  # type: ignore[attr-defined]
        return self.serve(request)

    def folded_title(self) -> str:
        """The title as it is compared with what an editor types without diacritics."""
        return fold(self.title)

    def search_summary(self) -> str:
        """One or two sentences for lists and for search engines."""
        return str(self.search_description)

    def search_text(self) -> str:
        """Everything else by which the page is found."""
        return ""

    def search_facts(self) -> dict[str, Any]:
        """Short values shown with the page in lists."""
        return {}

    def search_date(self) -> datetime.date | None:
        """The day by which lists are sorted."""
        return None
