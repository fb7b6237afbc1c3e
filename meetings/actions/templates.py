"""The agendas to start from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intranet.audit import actions as audit
from intranet.lib.errors import RuleBroken
from intranet.organization.models import Person
from meetings.models import AgendaTemplate, AgendaTemplateItem, ItemKind


@transaction.atomic
def keep_template(
    actor: Person, *, name: str, title: str, items: Iterable[Mapping[str, Any]]
) -> AgendaTemplate:
    """Make the template `name`, or replace its agenda. RuleBroken unless the actor is an administrator.

    Each of `items` has a title and may have a presenter, minutes, and sub-items of the same form as `items`.
    """
    if not actor.is_superuser:
        raise RuleBroken(_("Only an administrator may change the agenda templates."))
    template, _created = AgendaTemplate.objects.update_or_create(name=name, defaults={"title": title})
    template.items.all().delete()
    _add_items(template, items, None)
    audit.record(actor, "meetings.keep_template", f"template:{template.pk}", chain="meetings", name=name)
    return template


def _add_items(
    template: AgendaTemplate, items: Iterable[Mapping[str, Any]], parent: AgendaTemplateItem | None
) -> None:
    for position, item in enumerate(items, start=1):
        row = AgendaTemplateItem.objects.create(
            template=template,
            parent=parent,
            position=position,
            title=item["title"],
            presenter=item.get("presenter", ""),
            minutes=item.get("minutes", 0),
            kind=item.get("kind", ItemKind.DISCUSSION),
        )
        _add_items(template, item.get("items", ()), row)
