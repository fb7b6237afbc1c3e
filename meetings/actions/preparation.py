"""Before the meeting: convening it, its details and its agenda."""

import datetime
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from intranet.audit import actions as audit
from intranet.lib.errors import RuleBroken
from intranet.organization import rules as organization
from intranet.organization.models import Office, Person
from intranet.organization.queries import post_of
from meetings import queries, rules
from meetings.models import AgendaItem, AgendaTemplate, Body, ItemKind, Meeting, Role, Seat, State
from meetings.revisions import change

from ._order import moved, renumber
from .bodies import take_body
from .calling_off import take_back_postponing
from .consent import forget_agreement
from .order import keep_closed

AGENDA = ("agenda", "papers")
"""Items carry the numbers under which papers are listed: a change of order changes both."""


def convene(
    actor: Person,
    *,
    title: str,
    place: str,
    office: Office,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    template: AgendaTemplate | None = None,
    body: Body | None = None,
    command: uuid.UUID | None = None,
) -> Meeting:
    """Begin a draft: the actor is its secretary, the agenda that of `template`, seats for those of `body`.

    The same `command` by the same person finds it again. RuleBroken when they may not convene for the office.
    """
    command = command or uuid.uuid4()
    try:
        with transaction.atomic():
            earlier = Meeting.objects.filter(command=command).first()
            if earlier is not None:
                return _first_answer(earlier, actor, title)
            if not organization.may(actor, "meetings.convene_meeting", office=office):
                raise RuleBroken(_("You may not convene meetings for this office."))
            rules.check_times(starts_at, ends_at)
            meeting = Meeting.objects.create(
                title=title,
                place=place,
                office=office,
                starts_at=starts_at,
                ends_at=ends_at,
                convened_by=actor,
                command=command,
            )
            Seat.objects.create(
                meeting=meeting,
                person=actor,
                role=Role.SECRETARY,
                post=post_of(actor),
            )
            if template is not None:
                _copy_agenda(template, meeting)
            if body is not None:
                rules.check_body_of_office(body, meeting)
                take_body(meeting, body)
            audit.record(
                actor,
                "meetings.convene",
                f"meeting:{meeting.ref}",
                chain=f"meeting:{meeting.pk}",
                title=title,
            )
            return meeting
    except IntegrityError:
        # Two presses at the same instant: the other one has just committed.
        earlier = Meeting.objects.filter(command=command).first()
        if earlier is None:
            raise
        return _first_answer(earlier, actor, title)


def _first_answer(meeting: Meeting, actor: Person, title: str) -> Meeting:
    if meeting.convened_by_id != actor.pk:
        raise RuleBroken(_("This was already sent with other content. Reload the page and try again."))
    return meeting


def _copy_agenda(template: AgendaTemplate, meeting: Meeting) -> None:
    copies: dict[int, AgendaItem] = {}
    rows = list(template.items.order_by("position", "pk"))
    counts: dict[int | None, int] = {}
    for row in sorted(rows, key=lambda row: row.parent_id is not None):
        counts[row.parent_id] = counts.get(row.parent_id, 0) + 1
        copies[row.pk] = AgendaItem.objects.create(
            meeting=meeting,
            parent=copies[row.parent_id] if row.parent_id is not None else None,
            position=counts[row.parent_id],
            title=row.title,
            presenter=row.presenter,
            minutes=row.minutes,
            kind=row.kind,
        )


def edit_details(
    seat: Seat,
    *,
    title: str,
    place: str,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
) -> None:
    """Change what the invitation says."""
    with change(seat, "edit_details", "meeting", "agenda") as (meeting, facts):
        rules.check_times(starts_at, ends_at)
        meeting.title, meeting.place = title, place
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        if meeting.postponed_from == starts_at:
            take_back_postponing(seat, meeting)
        meeting.save(update_fields=["title", "place", "starts_at", "ends_at", "postponed_from", "reason"])
        facts.update(title=title, place=place, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())


def add_item(
    seat: Seat,
    *,
    title: str,
    presenter: str = "",
    minutes: int = 0,
    kind: str = ItemKind.DISCUSSION,
    parent: int | None = None,
) -> dict[str, Any]:
    """Put an item at the end of the agenda, or of the sub-items of `parent`. Returns its key as `item`."""
    with change(seat, "add_item", *AGENDA, "consent") as (meeting, facts):
        above = queries.item_in(meeting, parent) if parent is not None else None
        rules.check_may_be_parent(None, above)
        rules.check_consent_stands_alone(kind, has_parent_or_children=above is not None)
        if above is not None:
            rules.check_consent_stands_alone(above.kind, has_parent_or_children=True)
        item = AgendaItem.objects.create(
            meeting=meeting,
            parent=above,
            position=_siblings(meeting, above).count() + 1,
            title=title,
            presenter=presenter,
            minutes=minutes,
            kind=kind,
        )
        facts.update(item=item.pk, title=title)
        return {"item": item.pk}


def edit_item(
    seat: Seat,
    *,
    item: int,
    title: str,
    presenter: str = "",
    minutes: int = 0,
    kind: str = ItemKind.DISCUSSION,
) -> None:
    """Change the words, the planned length and the kind of an item.

    What was agreed to under other words is no longer agreed to.
    """
    with change(seat, "edit_item", *AGENDA, "consent") as (meeting, facts):
        row = queries.item_in(meeting, item)
        if kind != row.kind:
            rules.check_item_in_waiting(meeting, row)
            stands_alone = row.parent_id is None and not row.children.exists()
            rules.check_consent_stands_alone(kind, has_parent_or_children=not stands_alone)
            forget_agreement(meeting, row, objections=True)
        elif title != row.title:
            forget_agreement(meeting, row)
        row.title, row.presenter, row.minutes, row.kind = title, presenter, minutes, kind
        row.save(update_fields=["title", "presenter", "minutes", "kind"])
        facts.update(item=item, title=title)


def move_item(
    seat: Seat, *, item: int, position: int, parent: int | None = None, expected_order: str = ""
) -> None:
    """Put an item at `position` (from 1) among the items of `parent`; None is the top level.

    `expected_order` are the keys of those items as the mover saw them, with commas; "" does not care.
    """
    with change(seat, "move_item", *AGENDA) as (meeting, facts):
        row = queries.item_in(meeting, item)
        above = queries.item_in(meeting, parent) if parent is not None else None
        rules.check_may_be_parent(row, above)
        rules.check_item_in_waiting(meeting, row)
        rules.check_order_seen(_keys(_siblings(meeting, above)), expected_order)
        if above is not None:
            rules.check_consent_stands_alone(row.kind, has_parent_or_children=True)
            rules.check_consent_stands_alone(above.kind, has_parent_or_children=True)
        if above is not None and row.children.exists():
            raise RuleBroken(_("An item with sub-items cannot become a sub-item itself."))
        left = _siblings(meeting, row.parent)
        if row.parent_id != parent:
            row.position = _siblings(meeting, above).count() + 1
            before, row.parent = row.parent, above
            keep_closed(row, before, facts)
            row.save(update_fields=["position", "parent", "is_closed"])
            renumber(left, _keys(left))
        there = _siblings(meeting, above)
        renumber(there, moved(_keys(there), row.pk, position))
        facts.update(item=item, position=position, parent=parent)


def remove_item(seat: Seat, *, item: int) -> None:
    """Take an item off the agenda, with its sub-items and the papers laid before them."""
    spoken = ("messages", "notes", "floor", "signals")
    what = (*AGENDA, "stage", "polls", "consent", "motions", *spoken, rules.ACCESS)
    with change(seat, "remove_item", *what) as (meeting, facts):
        row = queries.item_in(meeting, item)
        for each in (row, *row.children.all()):
            rules.check_item_in_waiting(meeting, each)
        facts.update(item=item, title=row.title)
        above = row.parent
        row.delete()
        rest = _siblings(meeting, above)
        renumber(rest, _keys(rest))


def publish(seat: Seat) -> None:
    """Convene the meeting: from now on everybody with a seat finds it."""
    with change(seat, "publish", "meeting", rules.ACCESS) as (meeting, _facts):
        roles = list(Seat.objects.filter(meeting=meeting).values_list("role", flat=True))
        items = AgendaItem.objects.filter(meeting=meeting).count()
        rules.check_may_publish(rules.missing_for_publishing(meeting, items=items, roles=roles))
        meeting.state = State.PUBLISHED
        meeting.save(update_fields=["state"])


def _siblings(meeting: Meeting, parent: AgendaItem | None) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting, parent=parent)


def _keys(rows: QuerySet[AgendaItem]) -> list[int]:
    return list(rows.order_by("position").values_list("pk", flat=True))
