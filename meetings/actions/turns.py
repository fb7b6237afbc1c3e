"""Turns and their time: stopping a clock for a while, asking for more, lengths and budgets."""

from collections.abc import Collection
from typing import Any

from django.db.models import Min
from django.utils import timezone

from meetings import queries, rules
from meetings.models import Seat, Speech, SpeechState, TimeBudget
from meetings.revisions import change

from . import _clocks


def pause_speech(seat: Seat, *, speech: int) -> None:
    """Stop the clock of whoever speaks. Twice is once."""
    with change(seat, "pause_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        facts.update(speech=row.pk, name=row.name)
        rules.check_speaking(row)
        _clocks.stop(row, timezone.now())
        row.is_held = True
        row.save(update_fields=["spent", "ticking_since", "is_held"])


def resume_speech(seat: Seat, *, speech: int) -> None:
    """Let the clock go on. Twice is once."""
    with change(seat, "resume_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        facts.update(speech=row.pk, name=row.name)
        rules.check_speaking(row)
        rules.check_going_on(queries.break_of(meeting))
        row.is_held = False
        row.ticking_since = row.ticking_since or timezone.now()
        row.save(update_fields=["is_held", "ticking_since"])


def ask_more_time(seat: Seat, *, speech: int) -> None:
    """Ask those who lead for a longer turn: one's own. Twice is once."""
    with change(seat, "ask_more_time", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_own_speech(seat, row)
        rules.check_speaking(row)
        facts.update(speech=row.pk)
        row.wants_more = True
        row.save(update_fields=["wants_more"])


def refuse_more_time(seat: Seat, *, speech: int) -> None:
    """The turn stays as long as it is. To grant, say how long it lasts in all: `set_speech_length`."""
    with change(seat, "refuse_more_time", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        facts.update(speech=row.pk)
        row.wants_more = False
        row.save(update_fields=["wants_more"])


def readd_speech(seat: Seat, *, speech: int) -> dict[str, Any]:
    """Put somebody whose turn is over at the head of the list again. Returns the new turn as `speech`."""
    with change(seat, "readd_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_over(row)
        current = rules.item_open_for_speaking(queries.current_item(meeting))
        rules.check_same_item(row, current)
        target = queries.seat_in(meeting, row.seat_id or 0)
        rules.check_may_speak_now(target, current, queries.invited_items(target))
        facts.update(speech=row.pk, name=row.name)
        waiting = Speech.objects.filter(item=current, state=SpeechState.WAITING)
        again = waiting.filter(seat=target, kind=row.kind).first()
        if again is None:
            first = waiting.aggregate(first=Min("position"))["first"]
            if first == 0:
                _move_down(list(waiting))
                first = 1
            again = Speech.objects.create(
                meeting=meeting,
                item=current,
                seat=target,
                name=row.name,
                post=row.post,
                kind=row.kind,
                position=1 if first is None else first - 1,
                seconds=rules.seconds_of(row.kind, meeting.speaking_seconds),
                asked_at=timezone.now(),
            )
        return {"speech": again.pk}


def _move_down(rows: list[Speech]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = place
        row.save(update_fields=["position"])


def set_list_closed(seat: Seat, *, item: int, closed: bool) -> None:
    """Take no more speakers on an item, or take them again. Those who wait stay on the list."""
    with change(seat, "set_list_closed", "floor") as (meeting, facts):
        row = queries.item_in(meeting, item)
        facts.update(item=item, closed=closed)
        row.is_list_closed = closed
        row.save(update_fields=["is_list_closed"])


def set_kind_length(seat: Seat, *, kind: str, seconds: int) -> None:
    """Say how long turns of a kind last in this meeting; those on the list keep what they have."""
    with change(seat, "set_kind_length", "floor") as (meeting, facts):
        facts.update(kind=kind, seconds=seconds)
        meeting.speaking_seconds = meeting.speaking_seconds | {kind: seconds}
        meeting.save(update_fields=["speaking_seconds"])


def set_time_budget(
    seat: Seat,
    *,
    name: str,
    seconds: int,
    kind: str = "",
    item: int | None = None,
    seats: Collection[int] = (),
) -> dict[str, Any]:
    """Give a group or a kind of turn a time to share, or change what was given under this name."""
    with change(seat, "set_time_budget", "floor") as (meeting, facts):
        row = queries.item_in(meeting, item) if item is not None else None
        people = [queries.seat_in(meeting, pk) for pk in seats]
        facts.update(name=name, seconds=seconds)
        budget, _made = TimeBudget.objects.update_or_create(
            meeting=meeting, name=name, defaults={"seconds": seconds, "kind": kind, "item": row}
        )
        budget.seats.set(people)
        return {"budget": budget.pk}


def remove_time_budget(seat: Seat, *, name: str) -> None:
    """Nothing is counted under this name any more. Twice is once."""
    with change(seat, "remove_time_budget", "floor") as (meeting, facts):
        facts.update(name=name)
        TimeBudget.objects.filter(meeting=meeting, name=name).delete()
