"""The order of a session: breaks, closed doors."""

import datetime

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import AgendaItem, Interval, Role, Seat

LONGEST_RECESS = datetime.timedelta(hours=18)


def check_going_on(break_now: Interval | None) -> None:
    """While the session stands still nothing begins whose clock would run."""
    if break_now is not None:
        raise RuleBroken(_("The session stands still: resume it first."))


def check_return(until: datetime.datetime, now: datetime.datetime) -> None:
    """A recess ends at a time to come, soon enough to be meant."""
    if until <= now:
        raise RuleBroken(_("The time of return must lie ahead."))
    if until - now > LONGEST_RECESS:
        raise RuleBroken(_("A recess lasts at most until the next morning."))


def check_may_open(seat: Seat, item: AgendaItem, doors: Interval | None) -> None:
    """What was taken up is made public by the chair alone, and by nobody while the doors are closed."""
    if doors is not None:
        raise RuleBroken(_("End the closed session first."))
    if item.started_at is not None and seat.role != Role.CHAIR:
        raise RuleBroken(_("This item has been taken up: only the chair can make it public."))
