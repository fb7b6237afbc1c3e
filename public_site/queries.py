"""What visitors may see: lists, searches and the frame around every page."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import and_, or_
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from cms.models import (
    Agency,
    Kind,
    LegalDocumentType,
    LifeEvent,
    Listing,
    NewsCategory,
    ProcedureField,
    StandardPage,
)
from cms.rules import Hours, Opening, opening

from .rules import PAGE_SIZE, Asked, corrected, page_number


# ── The frame ───────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Frame:
    """What stands around every public page."""

    agency: Agency
    home: Page | None
    sections: list[Page]
    """What the menu shows."""
    places: dict[str, Page]
    """The parts of the site by the name of their page type: "newsindexpage"."""
    contact: Page | None = None


def frame_for(request: HttpRequest) -> Frame:
    """The frame of the site `request` came to; made once for each request."""
    frame: Frame | None = getattr(request, "_portal_frame", None)
    if frame is None:
        site = Site.find_for_request(request)
        agency = Agency.for_request(request) if site else Agency(name="Đình", full_name="Đình")
        below = _below(site.root_page) if site else []
        frame = Frame(
            agency,
            site.root_page if site else None,
            [page for page in below if page.show_in_menus],
            {page.cached_content_type.model: page for page in below},
            next((page for page in below if page.shows_contact), None),
        )
        request._portal_frame = frame  # type: ignore[attr-defined]
    return frame


def _below(home: Page) -> list[Any]:
    contact = StandardPage.objects.filter(pk=OuterRef("pk"), shows_contact=True)
    return list(public(Page.objects.child_of(home).live()).annotate(shows_contact=Exists(contact)))


def public(pages: Any, *, path: str = "path") -> Any:
    """Those of `pages` that no access restriction covers, on themselves or above them."""
    covering = PageViewRestriction.objects.alias(
        shown=ExpressionWrapper(OuterRef(path), output_field=CharField())
    ).filter(shown__startswith=F("page__path"))
    return pages.filter(~Exists(covering))


def hours_of(agency: Agency) -> list[Hours]:
    """The opening hours of `agency` as plain values."""
    return [
        Hours(
            label=row.value["label"],
            weekdays=frozenset(int(day) for day in row.value["weekdays"]),
            sessions=tuple((session["opens"], session["closes"]) for session in row.value["sessions"]),
            counts=row.value["counts"],
        )
        for row in agency.hours
    ]


def closed_days_of(agency: Agency, *, since: datetime.date) -> list[tuple[datetime.date, str]]:
    """The days `agency` is closed from `since` on, with their reasons, the next one first."""
    return sorted(
        (row.value["date"], row.value["reason"]) for row in agency.closed_days if row.value["date"] >= since
    )


def opening_of(agency: Agency) -> Opening | None:
    """Whether the one-stop desk is open now."""
    now = timezone.localtime()
    return opening(hours_of(agency), [day for day, _reason in closed_days_of(agency, since=now.date())], now)


# ── Lists ───────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Listed:
    """One page of a list: its rows, how many there are in all, and where one stands."""

    rows: list[Listing]
    total: int
    number: int = 1
    last: int = 1
    counts: dict[str, int] = field(default_factory=dict)


def listings() -> QuerySet[Listing]:
    """Everything the public may find."""
    rows: QuerySet[Listing] = public(Listing.objects.filter(page__live=True), path="page__path")
    return rows.select_related("page", "field", "category", "document_type", "document").defer(
        "text", "words", "words_title", "folded", "folded_title"
    )


def home_procedures(limit: int = 6) -> list[Listing]:
    """The procedures marked as most used, at most `limit`."""
    return list(listings().filter(kind=Kind.PROCEDURE, is_common=True).order_by("sort_key")[:limit])


def latest(kind: Kind, limit: int, *, but: int = 0) -> list[Listing]:
    """The newest pages of a kind, without the page `but`."""
    return list(listings().filter(kind=kind).exclude(page_id=but).order_by("-date", "-page_id")[:limit])


def related_procedures(page: Any, limit: int = 4) -> list[Listing]:
    """Other procedures: those of the same life events first, then those of the same field."""
    shared = Listing.life_events.through.objects.filter(
        listing=OuterRef("pk"), lifeevent__in=LifeEvent.objects.filter(procedures=page.pk)
    )
    rows = listings().filter(kind=Kind.PROCEDURE).exclude(page_id=page.pk)
    rows = rows.alias(is_shared=Exists(shared)).filter(Q(is_shared=True) | Q(field=page.field_id))
    return list(rows.order_by("-is_shared", "-is_common", "sort_key")[:limit])


def fields_with_counts() -> list[tuple[ProcedureField, int]]:
    """Fields that have procedures, each with how many the public may see."""
    shown = listings().filter(kind=Kind.PROCEDURE, field=OuterRef("pk")).select_related(None)
    return [(row, row.count) for row in ProcedureField.objects.annotate(count=_count_of(shown)) if row.count]


def fields() -> list[ProcedureField]:
    """Every field, in its order."""
    return list(ProcedureField.objects.all())


def life_events_with_counts() -> list[tuple[LifeEvent, int]]:
    """Life events that have procedures, each with how many."""
    shown = listings().filter(kind=Kind.PROCEDURE, life_events=OuterRef("pk")).select_related(None)
    return [(row, row.count) for row in LifeEvent.objects.annotate(count=_count_of(shown)) if row.count]


def procedures(*, field_code: str = "", event_code: str = "", number: str = "1") -> Listed:
    """Procedures in alphabetical order, of one field or one life event when its code is given."""
    rows = listings().filter(kind=Kind.PROCEDURE)
    if field_code:
        rows = rows.filter(field__code=field_code)
    if event_code:
        rows = rows.filter(life_events__code=event_code)
    return _page(rows.order_by("sort_key", "page_id"), number, size=20)


def news(*, category: str = "", number: str = "1") -> Listed:
    """News, newest first, of one category when its code is given."""
    rows = listings().filter(kind=Kind.ARTICLE)
    if category:
        rows = rows.filter(category__code=category)
    return _page(rows.order_by("-date", "-page_id"), number)


def news_categories() -> list[NewsCategory]:
    """Categories that have an article for the public."""
    used = _count_by(listings().filter(kind=Kind.ARTICLE), "category_id")
    return [row for row in NewsCategory.objects.all() if row.pk in used]


def legal_documents(
    query: Asked, *, type_code: str = "", year: str = "", validity: str = "", number: str = "1"
) -> Listed:
    """Legal documents, newest first, narrowed by words, type, year of issue and validity."""
    rows = listings().filter(kind=Kind.LEGAL_DOCUMENT)
    if query.terms:
        rows = rows.filter(_holds_all("folded", query.terms))
    if type_code:
        rows = rows.filter(document_type__code=type_code)
    if year.isascii() and year.isdecimal() and len(year) == 4:
        rows = rows.filter(date__year=int(year))
    if validity:
        rows = rows.filter(validity=validity)
    return _page(rows.order_by("-date", "-page_id"), number, size=20)


def legal_document_choices() -> tuple[list[LegalDocumentType], list[int]]:
    """The types and years (newest first) that occur among the documents the public may see."""
    rows = listings().filter(kind=Kind.LEGAL_DOCUMENT)
    seen = rows.order_by().values_list("document_type_id", "date__year").distinct()
    types, years = {type_id for type_id, _year in seen}, {year for _type, year in seen if year}
    return [row for row in LegalDocumentType.objects.all() if row.pk in types], sorted(years, reverse=True)


# ── Search ──────────────────────────────────────────────────────────────────
def search(query: Asked, *, kind: str = "", field_code: str = "", number: str = "1") -> Listed:
    """Pages that hold every word of `query`, with or without diacritics, the likeliest first.

    `counts` holds the hits of each kind and, as "field:<code>", of each field, before these filters.
    """
    if not query.terms:
        return Listed([], 0)
    found = listings().filter(_matches(query))
    groups = found.select_related(None).order_by().values_list("kind", "field__code").annotate(n=Count("pk"))
    counts: dict[str, int] = {}
    total = 0
    for group, code, count in groups:
        counts[group] = counts.get(group, 0) + count
        if code:
            counts[f"field:{code}"] = counts.get(f"field:{code}", 0) + count
        total += count if kind in ("", group) and field_code in ("", code) else 0
    if kind:
        found = found.filter(kind=kind)
    if field_code:
        found = found.filter(field__code=field_code)
    ranked = found.annotate(rank=_rank(query), order=_KIND_ORDER).defer(None).defer("words", "folded")
    return _page(
        ranked.order_by("rank", "order", "-is_common", "-date", "sort_key", "page_id"),
        number,
        total=total,
        counts=counts,
    )


def suggestion(query: Asked) -> str:
    """What a visitor who found nothing probably meant, "" when nothing is near. One query."""
    spellings: dict[str, Counter[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for words, folded in listings().values_list("words", "folded"):
        plain = folded.split()
        pairs.update(set(pairwise(plain)))
        for written, word in zip(words.split(), plain, strict=False):
            spellings.setdefault(word, Counter())[written] += 1
    known = {word: written.most_common(1)[0][0] for word, written in spellings.items()}
    return corrected(query.terms, known, pairs)


def _matches(query: Asked) -> Q:
    in_title = _holds_all("folded_title", query.terms)
    if len(query.terms) == 1:
        return in_title | _holds_all("folded", query.terms)
    # In the text every syllable must stand beside one of its neighbours: "mở quán" is not "mở … cơ quan".
    beside = [Q(folded__contains=f" {one} {two} ") for one, two in query.pairs]
    near = [reduce(or_, beside[max(0, at - 1) : at + 1]) for at in range(len(query.terms))]
    return in_title | reduce(and_, near)


def _rank(query: Asked) -> Case:
    plain = f" {' '.join(query.terms)} "
    return Case(
        When(words_title__contains=query.words, then=Value(0)),
        When(folded_title__contains=plain, then=Value(1)),
        When(_holds_all("folded_title", query.terms), then=Value(2)),
        When(words__contains=query.words, then=Value(3)),
        When(folded__contains=plain, then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )


_KIND_ORDER = Case(
    *(When(kind=kind, then=Value(at)) for at, kind in enumerate(Kind.values)),
    default=Value(9),
    output_field=IntegerField(),
)


def _holds_all(column: str, terms: Iterable[str]) -> Q:
    return reduce(and_, (Q(**{f"{column}__contains": f" {term} "}) for term in terms))


def _count_of(rows: QuerySet[Listing]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("kind").annotate(n=Count("pk")).values("n")), 0)


def _count_by(rows: QuerySet[Listing], column: str) -> dict[Any, int]:
    counted = rows.select_related(None).order_by().values_list(column).annotate(n=Count("pk", distinct=True))
    return dict(counted)


def _page(
    rows: QuerySet[Listing],
    number: str,
    *,
    size: int = PAGE_SIZE,
    total: int | None = None,
    counts: dict[str, int] | None = None,
) -> Listed:
    total = rows.count() if total is None else total
    at, last = page_number(number, total, size=size)
    return Listed(list(rows[(at - 1) * size : at * size]) if total else [], total, at, last, counts or {})


# ── For machines ────────────────────────────────────────────────────────────
def addresses(root: Page) -> list[Page]:
    """Every page of the site for the sitemap, oldest path first."""
    pages: list[Page] = list(public(Page.objects.descendant_of(root, inclusive=True).live()).order_by("path"))
    return pages
