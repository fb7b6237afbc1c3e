"""Who speaks and who waits."""

import datetime

from intranet.lib.doors import found
from meetings import rules
from meetings.models import Meeting, Speech, SpeechState, TimeBudget


def speech_in(meeting: Meeting, pk: int) -> Speech:
    """A turn to speak in this meeting, or Absent."""
    return found(Speech.objects.filter(meeting=meeting, pk=pk).first())


def current_speech(meeting: Meeting) -> Speech | None:
    """The turn of whoever speaks now."""
    return Speech.objects.filter(meeting=meeting, state=SpeechState.SPEAKING).first()


def waiting_speeches(meeting: Meeting, item_id: int | None) -> list[Speech]:
    """Who waits to speak on an item, in the order of the list."""
    return list(Speech.objects.filter(meeting=meeting, item_id=item_id, state=SpeechState.WAITING))


def spent_on(meeting: Meeting, budget: TimeBudget) -> datetime.timedelta:
    """What turns that are over, or stand still, have taken from a budget."""
    seats = set(budget.seats.values_list("pk", flat=True))
    rows = Speech.objects.filter(meeting=meeting, spent__gt=datetime.timedelta())
    return sum((row.spent for row in rows if rules.counts(row, budget, seats)), datetime.timedelta())
