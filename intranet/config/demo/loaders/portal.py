"""The public portal: sections, procedures, news, documents, and who writes and approves them."""

import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cms import actions
from intranet.config.demo import content, papers
from intranet.config.demo.clock import at

from .organization import Cast

NOTICE_DAYS = 10
"""How long before a closed day the home page says so."""


def load(cast: Cast, now: datetime.datetime) -> None:
    """Build the portal and publish everything as the administrator, each thing on its own day."""
    today = timezone.localdate(now)
    administrator = cast["quantri"]
    editorial = actions.install_editorial_workflow(administrator)
    groups = {"Editors": editorial.editors, "Moderators": editorial.approvers}
    for username, names in cast.groups.items():
        for name in names:
            actions.enrol(administrator, cast[username], group=groups[name])
    pages = content.read("pages", today)
    for closed in pages["site"]["closed_days"]:
        closed["date"] = datetime.date.fromisoformat(closed["date"])
    site = actions.build_site(administrator, commune=pages)
    events = content.read("life_events", today)
    actions.sort_procedures(
        administrator,
        fields=content.read("procedure_fields", today),
        life_events=[_without(event, "procedures") for event in events],
    )
    for row in content.read("procedures", today):
        codes = [event["code"] for event in events if row["code"] in event["procedures"]]
        actions.publish_procedure(administrator, index=site.procedures, life_events=codes, **row)
    _documents(cast, site, now)
    _news(cast, site, now)
    _notice(cast, site, pages["site"]["closed_days"], today)


def _documents(cast: Cast, site: actions.Portal, now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    for row in sorted(content.read("legal_documents", today), key=lambda row: -row["days_ago"]):
        file = None
        if row["file"]:
            file = ContentFile(papers.make(row["file"], today), name=f"{row['file']}.pdf")
        expired = row.pop("expired_days_ago")
        with at(now - datetime.timedelta(days=row["days_ago"])):
            actions.publish_legal_document(
                cast["quantri"],
                index=site.documents,
                issued_on=_days_ago(today, row.pop("days_ago")),
                effective_on=_days_ago(today, row.pop("effective_days_ago")),
                expired_on=None if expired is None else _days_ago(today, expired),
                **{**row, "file": file},
            )


def _news(cast: Cast, site: actions.Portal, now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    actions.sort_news(cast["quantri"], categories=content.read("news_categories", today))
    for row in sorted(content.read("news", today), key=lambda row: -row["days_ago"]):
        day = _days_ago(today, row["days_ago"])
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(row["hour"])))
        author = cast["quantri"] if row["state"] == "published" else cast["bientap"]
        with at(min(moment, now)):
            actions.publish_article(author, index=site.news, published_on=day, **row)


def _notice(
    cast: Cast, site: actions.Portal, closed_days: list[dict[str, Any]], today: datetime.date
) -> None:
    for closed in closed_days:
        if datetime.timedelta() <= closed["date"] - today <= datetime.timedelta(days=NOTICE_DAYS):
            day = closed["date"]
            actions.set_notice(
                cast["quantri"],
                title=f"Nghỉ {content.WEEKDAYS[day.weekday()]} {day:%d/%m}: {closed['reason']}.",
                text="Trung tâm Phục vụ hành chính công mở lại lúc 07:00 ngày làm việc liền sau.",
                until=day,
                page=site.news.get_children().filter(slug="lich-tiep-nhan-ho-so-ngay-nghi-le").first(),
            )
            return


def _days_ago(today: datetime.date, days: int) -> datetime.date:
    return today - datetime.timedelta(days=days)


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}
