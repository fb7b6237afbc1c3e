"""The floor: whose turn it is and who may act on it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import AgendaItem, Seat, Speech, SpeechKind, SpeechState, TimeBudget

from .table import PODIUM

SPEAKING_SECONDS = {
    SpeechKind.MAIN: 300,
    SpeechKind.REPLY: 180,
    SpeechKind.QUESTION: 120,
    SpeechKind.ANSWER: 300,
    SpeechKind.ORDER: 60,
}
"""How long a turn lasts unless the chair says otherwise."""
LONGEST_SPEECH = 3600
LONGEST_BUDGET = 12 * 3600


def item_open_for_speaking(current: AgendaItem | None) -> AgendaItem:
    """The item somebody may ask to speak on. Raises RuleBroken when none is under discussion."""
    if current is None:
        raise RuleBroken(_("Nothing is under discussion yet."))
    return current


def check_own_speech(seat: Seat, speech: Speech) -> None:
    """One ends or withdraws one's own turn; chair and secretary anybody's."""
    if seat.role not in PODIUM and speech.seat_id != seat.pk:
        raise RuleBroken(_("This turn to speak belongs to somebody else."))


def check_still_waiting(speech: Speech) -> None:
    """Only who is on the list can be called, moved or withdrawn."""
    if speech.state != SpeechState.WAITING:
        raise RuleBroken(_("This turn is no longer on the list."))


def check_not_over(speech: Speech) -> None:
    """A turn that is over keeps its length."""
    if speech.state not in (SpeechState.WAITING, SpeechState.SPEAKING):
        raise RuleBroken(_("This turn to speak is over."))


def check_same_item(speech: Speech, current: AgendaItem | None) -> None:
    """The floor is given on the item under discussion."""
    if current is None or speech.item_id != current.pk:
        raise RuleBroken(_("This turn was asked for on another item."))


def check_expected_speech(speaking: int | None, expected: int | None) -> None:
    """Two hands on the floor: the second names somebody who no longer speaks and changes nothing."""
    if speaking != expected:
        raise RuleBroken(_("The floor has changed hands meanwhile. See who speaks and press again."))


def seconds_of(kind: str, here: Mapping[str, int]) -> int:
    """How long a turn of this kind lasts in a meeting with these lengths of its own."""
    return here.get(kind, SPEAKING_SECONDS[SpeechKind(kind)])


def check_list_open(item: AgendaItem, kind: str) -> None:
    """A closed list takes points of order alone: how the meeting is led can always be questioned."""
    if item.is_list_closed and kind != SpeechKind.ORDER:
        raise RuleBroken(_("The list of speakers is closed for this item."))


def check_speaking(speech: Speech) -> None:
    """Only a turn that is going on can be stopped for a while or asked more time for."""
    if speech.state != SpeechState.SPEAKING:
        raise RuleBroken(_("This turn is not going on."))


def check_over(speech: Speech) -> None:
    """Only who is no longer on the list can be put on it again."""
    if speech.state in (SpeechState.WAITING, SpeechState.SPEAKING):
        raise RuleBroken(_("This turn is not over."))


def counts(speech: Speech, budget: TimeBudget, seats: Collection[int]) -> bool:
    """Whether a turn is spent from a budget of these seats."""
    return (
        (not budget.kind or speech.kind == budget.kind)
        and (budget.item_id is None or speech.item_id == budget.item_id)
        and (not seats or speech.seat_id in seats)
    )
