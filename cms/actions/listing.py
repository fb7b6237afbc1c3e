"""Keeping the listing in step with what is published."""

import unicodedata
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import ArticlePage, Kind, LegalDocumentPage, Listing, ProcedurePage, StandardPage
from cms.rules import folded_words_of, words_of
from intranet.lib.text import collation_key

KINDS = {
    ProcedurePage: Kind.PROCEDURE,
    LegalDocumentPage: Kind.LEGAL_DOCUMENT,
    ArticlePage: Kind.ARTICLE,
    StandardPage: Kind.PAGE,
}


@transaction.atomic
def list_page(page: Page) -> None:
    """Write the row of a published page anew; take it out when the page is not for the public."""
    page = page.specific
    kind = KINDS.get(type(page))
    if kind is None or not page.live:
        unlist_page(page.pk)
        return
    title, text = (unicodedata.normalize("NFC", value) for value in (page.title, page.search_text()))
    listing, _created = Listing.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "kind": kind,
            "title": title,
            "summary": unicodedata.normalize("NFC", page.search_summary()),
            "text": text,
            "facts": page.search_facts(),
            "words_title": words_of(title),
            "words": words_of(f"{title} {text}"),
            "folded_title": folded_words_of(title),
            "folded": folded_words_of(f"{title} {text}"),
            "sort_key": collation_key(title)[:600],
            "date": page.search_date(),
            **_columns(page),
        },
    )
    listing.life_events.set(page.life_events.all() if isinstance(page, ProcedurePage) else [])


def unlist_page(page_id: int) -> None:
    """Take a page out of every list and search. Nothing happens when it is not there."""
    Listing.objects.filter(page_id=page_id).delete()


@transaction.atomic
def relist_everything() -> int:
    """Make the whole listing anew from the published pages; returns how many there are."""
    pages = Page.objects.live().type(*KINDS).specific()
    Listing.objects.exclude(page_id__in=[page.pk for page in pages]).delete()
    for page in pages:
        list_page(page)
    return len(pages)


def _columns(page: Any) -> dict[str, Any]:
    if isinstance(page, ProcedurePage):
        return {"number": page.code, "field": page.field, "is_common": page.is_common}
    if isinstance(page, LegalDocumentPage):
        return {
            "number": page.number,
            "document_type": page.type,
            "document": page.file,
            "validity": page.validity,
        }
    if isinstance(page, ArticlePage):
        return {"category": page.category}
    return {}
