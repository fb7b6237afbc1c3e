"""Laying out a site: its sections, its agency, and what pages are sorted by."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from cms.models import (
    Agency,
    HomePage,
    LegalDocumentIndexPage,
    LifeEvent,
    NewsCategory,
    NewsIndexPage,
    ProcedureField,
    ProcedureIndexPage,
    ProcedurePage,
    StandardPage,
)
from cms.rules import check_may_publish, sessions_from_words, stream_from_outline, weekdays_from_words
from intranet.audit.actions import record

from .tree import place


@dataclass(frozen=True)
class Portal:
    home: HomePage
    procedures: ProcedureIndexPage
    documents: LegalDocumentIndexPage
    news: NewsIndexPage
    about: StandardPage
    contact: StandardPage


@transaction.atomic
def build_site(actor: Any, *, commune: dict[str, Any]) -> Portal:
    """Make the home page and its sections from `commune`: site, home, procedures, news … (see the demo).

    Sections that exist are brought up to date. Raises RuleBroken when `actor` may not publish.
    """
    root = Page.get_first_root_node()
    check_may_publish(actor, root)
    home = _home(actor, root, commune)
    sections = {
        "procedures": (ProcedureIndexPage, "thu-tuc", {}),
        "documents": (LegalDocumentIndexPage, "van-ban", {}),
        "news": (NewsIndexPage, "tin-tuc", {}),
        "about": (StandardPage, "gioi-thieu", {}),
        "contact": (StandardPage, "lien-he", {"shows_contact": True}),
    }
    made: dict[str, Any] = {}
    for key, (model, slug, extra) in sections.items():
        facts = commune[key]
        values = {"title": facts["title"], "lead": facts.get("lead", ""), "show_in_menus": True, **extra}
        if model is StandardPage:
            values["body"] = stream_from_outline(facts.get("body", []))
            values["units"] = [{"type": "unit", "value": _unit(unit)} for unit in facts.get("offices", [])]
        page = model.objects.child_of(home).filter(slug=slug).first() or model(slug=slug)
        made[key] = place(actor, home, page, values)
    _agency(commune)
    record(actor, "cms.build_site", f"page:{home.pk}", chain="cms")
    return Portal(home=home, **made)


@transaction.atomic
def sort_procedures(
    actor: Any, *, fields: Iterable[dict[str, Any]], life_events: Iterable[dict[str, Any]] = ()
) -> None:
    """Make the fields and life events procedures are sorted by, in the order given.

    A life event may name the codes of its "procedures": those already written are joined to it.
    """
    for order, row in enumerate(fields):
        ProcedureField.objects.update_or_create(code=row["code"], defaults=_sorting(row, order))
    for order, row in enumerate(life_events):
        event, _created = LifeEvent.objects.update_or_create(code=row["code"], defaults=_sorting(row, order))
        for page in ProcedurePage.objects.filter(code__in=row.get("procedures", [])):
            page.life_events.add(event)
            page.save_revision(user=actor, log_action=False).publish(user=actor, skip_permission_checks=True)
    record(actor, "cms.sort_procedures", "list:procedures", chain="cms")


@transaction.atomic
def sort_news(actor: Any, *, categories: Iterable[dict[str, Any]]) -> None:
    """Make the categories of news, in the order given."""
    for order, row in enumerate(categories):
        NewsCategory.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"], "order": order}
        )
    record(actor, "cms.sort_news", "list:news", chain="cms")


@transaction.atomic
def set_notice(
    actor: Any, *, title: str, text: str, until: datetime.date | None = None, page: Page | None = None
) -> None:
    """Put a notice on the home page, up to and including the day `until`; an empty title takes it away."""
    site = Site.objects.get(is_default_site=True)
    check_may_publish(actor, site.root_page)
    Agency.objects.filter(site=site).update(
        notice_title=title, notice_text=text, notice_until=until, notice_page=page
    )
    record(actor, "cms.set_notice", f"site:{site.pk}", chain="cms", title=title)


def _home(actor: Any, root: Page, commune: dict[str, Any]) -> HomePage:
    facts = commune["site"]
    values = {
        "title": f"{facts['name']} – {facts.get('tagline', '')}".rstrip(" –"),
        "question": commune["home"].get("question", ""),
        "intro": commune["home"].get("intro", ""),
        "examples": [{"type": "word", "value": word} for word in facts.get("search_examples", [])[:6]],
    }
    home: HomePage = place(actor, root, HomePage.objects.first() or HomePage(slug="trang-chu"), values)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": facts["name"], "hostname": "localhost"},
    )
    for welcome in Page.objects.filter(depth=2, slug="home").exact_type(Page):
        welcome.delete()
    return home


def _agency(commune: dict[str, Any]) -> None:
    facts, contact = commune["site"], commune["contact"]
    agency = Agency.for_site(Site.objects.get(is_default_site=True))
    agency.name = facts["name"]
    agency.tagline = facts.get("tagline", "")
    agency.full_name = facts.get("full_name") or facts["agency"]
    agency.superior = facts.get("superior", "")
    agency.address = facts.get("address", "")
    agency.phone = facts.get("phone", "")
    agency.email = facts.get("email", "")
    agency.responsible = facts.get("responsible", "")
    agency.desk_name = facts.get("desk_name", "")
    agency.hours = [("hours", _hours(row)) for row in contact.get("hours", [])]
    agency.closed_days = [("day", row) for row in facts.get("closed_days", [])]
    agency.phones = [("phone", row) for row in contact.get("phones", [])]
    notice = facts.get("notice") or {}
    agency.notice_title = notice.get("title", "")
    agency.notice_text = notice.get("text", "")
    agency.notice_until = notice.get("until")
    agency.save()


def _hours(row: dict[str, Any]) -> dict[str, Any]:
    sessions = row.get("sessions")
    pairs = (
        [tuple(datetime.time.fromisoformat(part) for part in pair) for pair in sessions]
        if sessions
        else sessions_from_words(row.get("times", []))
    )
    note = row.get("note", "")
    return {
        "label": f"{row['days']} ({note})" if note else row["days"],
        "weekdays": [str(day) for day in row.get("weekdays", weekdays_from_words(row["days"]))],
        "sessions": [{"opens": opens, "closes": closes} for opens, closes in pairs],
        "counts": row.get("counts", not note),
    }


def _unit(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row.get(key, "") for key in ("name", "tasks", "phone", "email")}


def _sorting(row: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "name": row["name"],
        "icon": row.get("icon") or "i-doc",
        "summary": row.get("summary", ""),
        "order": order,
    }
