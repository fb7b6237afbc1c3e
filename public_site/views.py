"""Public pages. None of them reads or starts a session: what they show is the same for everybody."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from cms.models import Kind, Validity

from . import queries
from .forms import KINDS, VALIDITIES, LegalFilterForm, SearchForm

View = Callable[..., HttpResponse]
NGINX_KEEPS = "5"
"""Seconds for which nginx may give a public page to everybody who has no session."""


def public_page(view: View) -> View:
    """Serve in the language of the content, compressed, and answer 304 to a browser that has the page."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, *args)
        response.headers["Content-Language"] = settings.LANGUAGE_CODE
        patch_cache_control(response, no_cache=True)
        if settings.BEHIND_NGINX and response.status_code == 200:
            response.headers["X-Accel-Expires"] = NGINX_KEEPS
        return response

    return gzip_page(conditional_page(require_safe(inner)))


@public_page
def home(request: HttpRequest, page: Any) -> HttpResponse:
    frame = queries.frame_for(request)
    today = timezone.localdate()
    context = {
        "page": page,
        "fields": queries.fields_with_counts(),
        "events": queries.life_events_with_counts(),
        "procedures": queries.home_procedures(),
        "news": queries.latest(Kind.ARTICLE, 4),
        "documents": queries.latest(Kind.LEGAL_DOCUMENT, 4),
        "opening": queries.opening_of(frame.agency),
        "closed_days": queries.closed_days_of(frame.agency, since=today)[:2],
        "notice": frame.agency if _has_notice(frame.agency, today) else None,
        "today": today,
    }
    return render(request, "public_site/pages/home.html", context)


def _has_notice(agency: Any, today: Any) -> bool:
    return bool(agency.notice_title) and (agency.notice_until is None or agency.notice_until >= today)


@public_page
def procedure_index(request: HttpRequest, page: Any) -> HttpResponse:
    asked = SearchForm.read(request.GET)
    event_code = request.GET.get("viec", "")
    fields, events = queries.fields_with_counts(), queries.life_events_with_counts()
    context = {
        "page": page,
        "fields": fields,
        "events": events,
        "field": next((row for row, _count in fields if row.code == asked.field), None),
        "event": next((row for row, _count in events if row.code == event_code), None),
    }
    context["listed"] = queries.procedures(
        field_code=context["field"].code if context["field"] else "",
        event_code=context["event"].code if context["event"] else "",
        number=asked.number,
    )
    return render(request, "public_site/pages/procedure_index.html", context)


@public_page
def procedure(request: HttpRequest, page: Any) -> HttpResponse:
    papers = [row.value for row in page.papers]
    context = {
        "page": page,
        "papers": [paper for paper in papers if not paper["when"]],
        "cases": [paper for paper in papers if paper["when"]],
        "related": queries.related_procedures(page),
    }
    return render(request, "public_site/pages/procedure.html", context)


@public_page
def news_index(request: HttpRequest, page: Any) -> HttpResponse:
    categories = queries.news_categories()
    code = request.GET.get("loai", "")
    category = next((row for row in categories if row.code == code), None)
    listed = queries.news(category=category.code if category else "", number=request.GET.get("trang", ""))
    context = {"page": page, "categories": categories, "category": category, "listed": listed}
    return render(request, "public_site/pages/news_index.html", context)


@public_page
def article(request: HttpRequest, page: Any) -> HttpResponse:
    context = {"page": page, "others": queries.latest(Kind.ARTICLE, 4, but=page.pk)}
    return render(request, "public_site/pages/article.html", context)


@public_page
def legal_document_index(request: HttpRequest, page: Any) -> HttpResponse:
    asked = LegalFilterForm.read(request.GET)
    types, years = queries.legal_document_choices()
    listed = queries.legal_documents(
        asked.query,
        type_code=asked.type,
        year=asked.year,
        validity=VALIDITIES.get(asked.validity, ""),
        number=asked.number,
    )
    context = {
        "page": page,
        "asked": asked,
        "type": next((row for row in types if row.code == asked.type), None),
        "validity": Validity(VALIDITIES[asked.validity]).label if asked.validity else "",
        "types": types,
        "years": [str(year) for year in years],
        "validities": [(code, value.label) for code, value in VALIDITIES.items()],
        "listed": listed,
    }
    return render(request, "public_site/pages/legal_document_index.html", context)


@public_page
def legal_document(request: HttpRequest, page: Any) -> HttpResponse:
    context = {"page": page, "others": queries.latest(Kind.LEGAL_DOCUMENT, 4, but=page.pk)}
    return render(request, "public_site/pages/legal_document.html", context)


@public_page
def standard(request: HttpRequest, page: Any) -> HttpResponse:
    today = timezone.localdate()
    agency = queries.frame_for(request).agency
    context = {
        "page": page,
        "opening": queries.opening_of(agency),
        "closed_days": queries.closed_days_of(agency, since=today)[:2],
        "today": today,
    }
    return render(request, "public_site/pages/standard.html", context)


PAGE_VIEWS: dict[str, View] = {
    "HomePage": home,
    "ProcedureIndexPage": procedure_index,
    "ProcedurePage": procedure,
    "NewsIndexPage": news_index,
    "ArticlePage": article,
    "LegalDocumentIndexPage": legal_document_index,
    "LegalDocumentPage": legal_document,
    "StandardPage": standard,
}


@public_page
def search(request: HttpRequest) -> HttpResponse:
    asked = SearchForm.read(request.GET)
    found = queries.search(
        asked.query, kind=KINDS.get(asked.kind, ""), field_code=asked.field, number=asked.number
    )
    context = {
        "asked": asked,
        "found": found,
        "kinds": [(code, kind.label, found.counts.get(kind.value, 0)) for code, kind in KINDS.items()],
        "everything": sum(found.counts.get(kind.value, 0) for kind in KINDS.values()),
        "fields": [
            (row, found.counts[f"field:{row.code}"])
            for row in queries.fields()
            if f"field:{row.code}" in found.counts
        ],
        "suggestion": queries.suggestion(asked.query) if asked.query.terms and not found.counts else "",
    }
    return render(request, "public_site/pages/search.html", context)


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    home_page = queries.frame_for(request).home
    pages = queries.addresses(home_page) if home_page else []
    return render(request, "public_site/sitemap.xml", {"pages": pages}, content_type="application/xml")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "public_site/robots.txt", content_type="text/plain")
