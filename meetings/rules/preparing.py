"""Before the session: times, the agenda, seats, convening."""

import datetime
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import AgendaItem, ItemState, Meeting, Role, Seat, State


def check_times(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    """A meeting ends after it starts, within a day."""
    if ends_at <= starts_at:
        raise RuleBroken(_("The meeting must end after it starts."))
    if ends_at - starts_at > datetime.timedelta(days=1):
        raise RuleBroken(_("A meeting lasts at most one day: convene one for each day."))


def check_later(starts_at: datetime.datetime, than: datetime.datetime) -> None:
    """A meeting is postponed to a later time; an earlier one is a change of the details."""
    if starts_at <= than:
        raise RuleBroken(_("Choose a later time: the meeting is postponed, not moved forward."))


def check_item_in_waiting(meeting: Meeting, item: AgendaItem) -> None:
    """In session only items that still wait may be moved or removed."""
    if meeting.state == State.LIVE and item.state != ItemState.WAITING:
        raise RuleBroken(_("This item has already been taken up: it can no longer be moved or removed."))


def check_may_be_parent(item: AgendaItem | None, parent: AgendaItem | None) -> None:
    """The agenda has one level of sub-items."""
    if parent is None:
        return
    if parent.parent_id is not None:
        raise RuleBroken(_("A sub-item cannot have sub-items of its own."))
    if item is not None and parent.pk == item.pk:
        raise RuleBroken(_("An item cannot stand below itself."))


def check_seat_remains(seat: Seat, others: Iterable[Seat]) -> None:
    """A meeting keeps at least one secretary, or nobody could prepare it any more."""
    if seat.role == Role.SECRETARY and not any(other.role == Role.SECRETARY for other in others):
        raise RuleBroken(_("A meeting needs a secretary: appoint another one first."))


def missing_for_publishing(meeting: Meeting, *, items: int, roles: Collection[str]) -> list[str]:
    """What still stands in the way of convening, as codes of `PUBLISHING`; empty when nothing does."""
    missing = []
    if not items:
        missing.append("items")
    if Role.CHAIR not in roles:
        missing.append("chair")
    if not {Role.DELEGATE, Role.INVITED} & set(roles):
        missing.append("delegates")
    return missing


PUBLISHING = {
    "items": _("The agenda has at least one item."),
    "chair": _("A chair is appointed."),
    "delegates": _("At least one delegate or invited person has a seat."),
}


def check_may_publish(missing: Collection[str]) -> None:
    """Raise RuleBroken naming the first thing that is missing."""
    sentences = {
        "items": _("The agenda is empty: add at least one item first."),
        "chair": _("Nobody chairs the meeting: appoint a chair first."),
        "delegates": _("Nobody is invited: seat at least one delegate first."),
    }
    for code in missing:
        raise RuleBroken(sentences[code])
