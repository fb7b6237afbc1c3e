"""Writing procedures, articles and legal documents by program: the same rights as in Wagtail's screens."""

import datetime
from typing import Any, cast

from django.core.files.base import File
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.models import (
    ArticlePage,
    LegalDocumentIndexPage,
    LegalDocumentPage,
    LegalDocumentType,
    LifeEvent,
    NewsCategory,
    NewsIndexPage,
    ProcedureField,
    ProcedureIndexPage,
    ProcedurePage,
    TimeUnit,
    Trust,
)
from cms.rules import check_may_publish, check_may_write, slug_of, stream_from_outline, working_days_in
from intranet.audit.actions import record

from .tree import lock, place


@transaction.atomic
def publish_procedure(actor: Any, *, index: ProcedureIndexPage, **facts: Any) -> ProcedurePage:
    """Publish the procedure `facts["code"]` below `index`; an existing one gets a new revision.

    `facts`: code, name, field (code of a ProcedureField), summary, who, papers, steps, time, fee, online,
    form, legal_basis, receiving_place, result, trust, source, source_date …; time, fee and online are
    {"text", "note", "trust"}. Raises RuleBroken when `actor` may not publish, ValidationError when a required
    fact is missing.
    """
    lock(index)
    check_may_publish(actor, index)
    page = ProcedurePage.objects.filter(code=facts["code"]).first() or ProcedurePage(
        slug=slug_of(facts["name"], taken=_taken(index))
    )
    values = _procedure_values(facts)
    if "life_events" in facts:
        values["life_events"] = list(LifeEvent.objects.filter(code__in=facts["life_events"]))
    page = cast(ProcedurePage, place(actor, index, page, values))
    record(actor, "cms.publish_procedure", f"page:{page.pk}", chain="cms", code=page.code)
    return page


@transaction.atomic
def publish_article(
    actor: Any,
    *,
    index: NewsIndexPage,
    title: str,
    lead: str,
    category: str,
    published_on: datetime.date,
    slug: str = "",
    source: str = "",
    body: list[dict[str, Any]] | None = None,
    state: str = "published",
    **_ignored: Any,
) -> ArticlePage:
    """Write an article below `index` and take it to `state`: "published", "draft" or "in_review".

    The article is known by its `slug`. Raises RuleBroken when `actor` may not write, or not publish.
    """
    lock(index)
    (check_may_publish if state == "published" else check_may_write)(actor, index)
    slug = slug or slug_of(title)
    page = ArticlePage.objects.child_of(index).filter(slug=slug).first() or ArticlePage(slug=slug)
    values = {
        "title": title,
        "lead": lead,
        "category": NewsCategory.objects.get(code=category),
        "published_on": published_on,
        "source": source,
        "body": stream_from_outline(body or []),
    }
    page = cast(ArticlePage, place(actor, index, page, values, state=state))
    record(actor, "cms.publish_article", f"page:{page.pk}", chain="cms", state=state)
    return page


@transaction.atomic
def publish_legal_document(
    actor: Any,
    *,
    index: LegalDocumentIndexPage,
    number: str,
    type: str,
    title: str,
    issuer: str,
    issued_on: datetime.date,
    type_name: str = "",
    effective_on: datetime.date | None = None,
    expired_on: datetime.date | None = None,
    file: File[bytes] | None = None,
    signer_post: str = "",
    status: str = "in_force",
    status_note: str = "",
    field: str = "",
    excerpt: str = "",
    body: list[dict[str, Any]] | None = None,
    **_ignored: Any,
) -> LegalDocumentPage:
    """Publish the document `number` below `index`; an existing one gets a new revision.

    `type` is the code of a LegalDocumentType, made with `type_name` when new; `file` becomes its download.
    """
    lock(index)
    check_may_publish(actor, index)
    kind, _created = LegalDocumentType.objects.get_or_create(code=type, defaults={"name": type_name or type})
    page = LegalDocumentPage.objects.filter(number=number).first() or LegalDocumentPage(
        slug=slug_of(f"{number} {title}", taken=_taken(index))
    )
    values = {
        "title": title,
        "number": number,
        "type": kind,
        "issuer": issuer,
        "signer_post": signer_post,
        "issued_on": issued_on,
        "effective_on": effective_on,
        "expired_on": expired_on,
        "validity": status,
        "validity_note": status_note,
        "subject_field": field,
        "excerpt": excerpt,
        "body": stream_from_outline(body or []),
    }
    if file is not None and page.file is None:
        values["file"] = get_document_model().objects.create(
            title=f"{kind.name} {number}", file=file, file_size=file.size, uploaded_by_user=actor
        )
    page = cast(LegalDocumentPage, place(actor, index, page, values))
    record(actor, "cms.publish_legal_document", f"page:{page.pk}", chain="cms", number=number)
    return page


def _taken(index: Page) -> list[str]:
    return list(index.get_children().values_list("slug", flat=True))


def _procedure_values(facts: dict[str, Any]) -> dict[str, Any]:
    days = working_days_in(facts["time"]["text"])
    form = facts.get("form")
    forms = form if isinstance(form, list) else [form] if form else []
    source_date = facts.get("source_date")
    return {
        "title": facts["name"],
        "code": facts["code"],
        "field": ProcedureField.objects.get(code=facts["field"]),
        "level": facts.get("level", ""),
        "mechanism": facts.get("mechanism", ""),
        "summary": facts["summary"],
        "who": ", ".join(facts.get("who", [])),
        "requirements": facts.get("requirements", ""),
        "warning": facts.get("warning", ""),
        "papers": [{"type": "paper", "value": _paper(row)} for row in facts.get("papers", [])],
        "steps": [{"type": "step", "value": _step(row)} for row in facts.get("steps", [])],
        "forms": [
            {"type": "form", "value": {"title": row["name"], "source": row.get("source", "")}}
            for row in forms
        ],
        "legal_basis": [{"type": "law", "value": _law(row)} for row in facts.get("legal_basis", [])],
        "time_text": facts["time"]["text"],
        "time_amount": days,
        "time_unit": TimeUnit.WORKING_DAY if days else "",
        **{f"time_{key}": facts["time"].get(key, "") for key in ("note", "trust")},
        **{f"fee_{key}": facts["fee"].get(key, "") for key in ("text", "note", "trust")},
        **{
            f"online_{key}": (facts.get("online") or {}).get(key, "")
            for key in ("level", "text", "note", "trust")
        },
        "place": facts["receiving_place"],
        "place_note": facts.get("place_note") or " · ".join(facts.get("channels", [])),
        "result": facts["result"],
        "deciding_body": facts.get("deciding_body", ""),
        "trust": facts.get("trust", Trust.UNVERIFIED),
        "source": facts.get("source", ""),
        "source_date": datetime.date.fromisoformat(source_date)
        if isinstance(source_date, str)
        else source_date,
        "is_common": bool(facts.get("common")),
        "keywords": ", ".join(facts.get("keywords", [])),
    }


def _paper(row: Any) -> dict[str, Any]:
    return {key: row.get(key, "") for key in ("name", "copies", "not_needed", "note", "when")}


def _step(row: Any) -> dict[str, Any]:
    return (
        {"title": "", "text": row} if isinstance(row, str) else {"title": row["title"], "text": row["text"]}
    )


def _law(row: Any) -> dict[str, Any]:
    return (
        {"title": row, "note": ""}
        if isinstance(row, str)
        else {"title": row["title"], "note": row.get("note", "")}
    )
