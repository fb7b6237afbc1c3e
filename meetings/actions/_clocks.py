"""Clocks that stand still and go on. For actions that hold the meeting; `now` is one moment for an act."""

import datetime

from meetings.models import AgendaItem, ItemState, Meeting, Speech, SpeechState


def stop(row: AgendaItem | Speech, now: datetime.datetime) -> None:
    """Let what ran count. A machine whose clock was set back loses a moment, it never takes one away."""
    if row.ticking_since is not None:
        row.spent += max(now - row.ticking_since, datetime.timedelta())
        row.ticking_since = None


def stop_all(meeting: Meeting, now: datetime.datetime) -> None:
    """The clocks of the item and of whoever speaks stand still."""
    for row in _running(meeting):
        stop(row, now)
        row.save(update_fields=["spent", "ticking_since"])


def start_all(meeting: Meeting, now: datetime.datetime) -> None:
    """They go on, all but that of a turn which was stopped by itself."""
    for row in _running(meeting):
        if row.ticking_since is None and not (isinstance(row, Speech) and row.is_held):
            row.ticking_since = now
            row.save(update_fields=["ticking_since"])


def _running(meeting: Meeting) -> list[AgendaItem | Speech]:
    return [
        *AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT),
        *Speech.objects.filter(meeting=meeting, state=SpeechState.SPEAKING),
    ]
