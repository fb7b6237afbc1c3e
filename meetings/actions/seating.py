"""Who has a seat. A right that is taken away is gone with the commit; open screens follow at once."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from intranet.live import actions as live
from intranet.organization.models import Person
from intranet.organization.queries import post_of
from meetings import queries, rules
from meetings.models import AgendaItem, Meeting, Noted, Role, Seat
from meetings.revisions import change

from .attendance import end_stay
from .floor import leave_floor
from .polls import end_proxies

PEOPLE = ("meeting", "people", "attendance", "seatmap", "sites", "consent", rules.ACCESS)
"""The meeting names its chair; the quorum counts those with a vote."""
OF_ONE = ("floor", "polls", "signals", "motions")
"""What a seat has there ends, or is for other eyes, when the seat becomes another one."""


def seat_person(
    seat: Seat, *, person: Person, role: str = Role.DELEGATE, items: Collection[int] = ()
) -> dict[str, Any]:
    """Give a person a seat. Returns its key as `seat`."""
    with change(seat, "seat_person", *PEOPLE) as (meeting, facts):
        if Seat.objects.filter(meeting=meeting, person=person).exists():
            raise RuleBroken(_("This person already has a seat."))
        if not person.is_active:
            raise RuleBroken(_("This account is disabled."))
        _check_chair(meeting, role, None)
        new = Seat.objects.create(
            meeting=meeting,
            person=person,
            role=role,
            post=post_of(person),
            votes=rules.votes_by_role(role),
        )
        new.items.set(_items(meeting, role, items))
        facts.update(person=person.pk, name=str(person), role=role)
        return {"seat": new.pk}


def change_role(seat: Seat, *, target: int, role: str, items: Collection[int] = ()) -> None:
    """Change what a seat is, or the items an invited seat attends; its open screens start again as that."""
    with change(seat, "change_role", *PEOPLE, *OF_ONE) as (meeting, facts):
        row = queries.seat_in(meeting, target)
        if role != Role.SECRETARY:
            rules.check_seat_remains(row, _others(meeting, row))
        _check_chair(meeting, role, row)
        facts.update(person=row.person_id, name=str(row.person), role=role, was=row.role)
        if row.role != role:
            row.votes = rules.votes_by_role(role)
        row.role = role
        row.keeps_site = row.keeps_site and role in rules.SPEAKING
        row.save(update_fields=["role", "votes", "keeps_site"])
        if not row.votes:
            end_proxies(meeting, row, also_held=True)
        row.items.set(_items(meeting, role, items))
        if not rules.may_be_heard(role, queries.invited_items(row), queries.current_item(meeting)):
            leave_floor(meeting, row)
        if role not in rules.ATTENDING:
            end_stay(meeting, row, Noted.CLERK)
        live.end_person(row.person_id)


def unseat(seat: Seat, *, target: int) -> None:
    """Take a seat away. The person's next request finds no meeting; open screens are closed."""
    with change(seat, "unseat", *PEOPLE, *OF_ONE, "messages") as (meeting, facts):
        row = queries.seat_in(meeting, target, lock=True)
        rules.check_seat_remains(row, _others(meeting, row))
        facts.update(person=row.person_id, name=str(row.person), role=row.role)
        person_id = row.person_id
        leave_floor(meeting, row)
        end_stay(meeting, row, Noted.CLERK)
        row.delete()
        live.end_person(person_id)


def set_voting(seat: Seat, *, target: int, votes: bool, weight: int = 1) -> None:
    """Say whether a member has a vote, and of what weight. A vote that is open keeps what it froze."""
    with change(seat, "set_voting", "consent", "people", "attendance", "polls") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        if votes:
            rules.check_may_vote_at_all(row.role)
        facts.update(person=row.person_id, name=str(row.person), votes=votes, weight=weight)
        row.votes, row.weight = votes, weight
        row.save(update_fields=["votes", "weight"])
        if not votes:
            end_proxies(meeting, row, also_held=True)


def _others(meeting: Meeting, seat: Seat) -> list[Seat]:
    return list(Seat.objects.filter(meeting=meeting).exclude(pk=seat.pk))


def _check_chair(meeting: Meeting, role: str, seat: Seat | None) -> None:
    others = Seat.objects.filter(meeting=meeting, role=Role.CHAIR)
    if role == Role.CHAIR and others.exclude(pk=seat.pk if seat else 0).exists():
        raise RuleBroken(_("The meeting has a chair already: give that seat another role first."))


def _items(meeting: Meeting, role: str, items: Collection[int]) -> list[AgendaItem]:
    if role != Role.INVITED:
        return []
    return list(AgendaItem.objects.filter(meeting=meeting, pk__in=items))
