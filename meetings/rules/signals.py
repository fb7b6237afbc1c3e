"""Calls, words in private, the mood of the room, and what is written to all."""

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Desk, Message, Mood, Seat, ServiceCall, Talk

from .table import PODIUM

FEWEST_ANSWERS = 3
"""Fewer answers than these would tell who gave which: the counts are not shown."""


def check_may_write(seat: Seat, talk: str) -> None:
    """Whether the room takes messages now; those who lead may always write to it."""
    if talk == Talk.OFF and seat.role not in PODIUM:
        raise RuleBroken(_("Messages to the room are switched off."))


def waits(seat: Seat, talk: str) -> bool:
    """Whether a message waits until somebody who leads has released it."""
    return talk == Talk.HELD and seat.role not in PODIUM


def check_waiting_to_be_shown(message: Message) -> None:
    """A message is released once; it is never taken back into waiting."""
    if not message.is_held:
        raise RuleBroken(_("This message is shown already."))


def check_own_call(seat: Seat, call: ServiceCall) -> None:
    """One withdraws one's own call; the secretary any."""
    if call.seat_id != seat.pk and seat.role not in PODIUM:
        raise RuleBroken(_("This call belongs to somebody else."))


def check_call_open(call: ServiceCall) -> None:
    """A call that is over stays over."""
    if call.state not in (ServiceCall.State.WAITING, ServiceCall.State.TAKEN):
        raise RuleBroken(_("This call is over."))


def check_other_desk(seat: Seat, desk: str) -> None:
    """Nobody writes to themselves."""
    if seat.role == desk:
        raise RuleBroken(_("You read what is written to this desk yourself."))


def check_somebody_reads(desk: str, readers: int) -> None:
    """A word nobody would read is not taken."""
    if not readers:
        raise RuleBroken(
            _("Nobody chairs this meeting.")
            if desk == Desk.CHAIR
            else _("Nobody is secretary of this meeting.")
        )


def check_mood_open(mood: Mood) -> None:
    """An answer counts while the question is open."""
    if mood.ended_at is not None:
        raise RuleBroken(_("This question is closed."))
