"""The floor: asking to speak, giving the floor, ending a turn."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from meetings import queries, rules
from meetings.models import AgendaItem, Meeting, Seat, Speech, SpeechState, TimeBudget
from meetings.revisions import change

from . import _clocks


def ask_to_speak(seat: Seat, *, kind: str) -> dict[str, Any]:
    """Ask to speak on the item under discussion. Returns the key of the turn as `speech`.

    Asking again while waiting is no error: the first place on the list stays.
    """
    with change(seat, "ask_to_speak", "floor") as (meeting, facts):
        current = rules.item_open_for_speaking(queries.current_item(meeting))
        rules.check_may_speak_now(seat, current, queries.invited_items(seat))
        if seat.role not in rules.PODIUM:
            rules.check_list_open(current, kind)
        speech = _put_on_list(meeting, current, seat, kind)
        facts.update(speech=speech.pk, kind=kind)
        return {"speech": speech.pk}


def add_speaker(seat: Seat, *, target: int, kind: str) -> dict[str, Any]:
    """Put somebody on the list who asked by hand. Returns the key of the turn as `speech`."""
    with change(seat, "add_speaker", "floor") as (meeting, facts):
        current = rules.item_open_for_speaking(queries.current_item(meeting))
        row = queries.seat_in(meeting, target)
        rules.check_may_speak_now(row, current, queries.invited_items(row))
        speech = _put_on_list(meeting, current, row, kind)
        facts.update(speech=speech.pk, kind=kind, name=speech.name)
        return {"speech": speech.pk}


def withdraw_speech(seat: Seat, *, speech: int) -> None:
    """Take a turn off the list: one's own, or as chair or secretary anybody's."""
    with change(seat, "withdraw_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_own_speech(seat, row)
        facts.update(speech=row.pk, name=row.name)
        rules.check_still_waiting(row)
        row.state = SpeechState.WITHDRAWN
        row.ended_at = timezone.now()
        row.save(update_fields=["state", "ended_at"])


def move_speech(seat: Seat, *, speech: int, position: int) -> None:
    """Put a waiting turn at another place (from 1) of the list."""
    with change(seat, "move_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_still_waiting(row)
        waiting = [each for each in queries.waiting_speeches(meeting, row.item_id) if each.pk != row.pk]
        waiting.insert(position - 1, row)
        for place, each in enumerate(waiting, start=1):
            if each.position != place:
                each.position = place
                each.save(update_fields=["position"])
        facts.update(speech=row.pk, position=position)


def give_floor(seat: Seat, *, speech: int, expected_speech: int | None) -> None:
    """Let somebody on the list speak; whoever spoke is done. `expected_speech`: who seemed to speak.

    Naming who speaks already changes nothing but is no error: a double tap.
    """
    with change(seat, "give_floor", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        speaking = queries.current_speech(meeting)
        facts.update(speech=row.pk, name=row.name, was=speaking.pk if speaking else None)
        if speaking is not None and speaking.pk == row.pk:
            return
        rules.check_expected_speech(speaking.pk if speaking else None, expected_speech)
        rules.check_still_waiting(row)
        rules.check_same_item(row, queries.current_item(meeting))
        rules.check_going_on(queries.break_of(meeting))
        end_turn(meeting)
        row.state = SpeechState.SPEAKING
        row.started_at = row.ticking_since = timezone.now()
        row.seconds = _within_budgets(meeting, row)
        row.save(update_fields=["state", "started_at", "ticking_since", "seconds"])


def end_speech(seat: Seat, *, speech: int) -> None:
    """End the turn of whoever speaks: one's own, or as chair or secretary anybody's. Twice is once."""
    with change(seat, "end_speech", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_own_speech(seat, row)
        facts.update(speech=row.pk, name=row.name)
        if row.state == SpeechState.SPEAKING:
            end_turn(meeting)


def set_speech_length(seat: Seat, *, speech: int, seconds: int) -> None:
    """Say how long the turn may last in all."""
    with change(seat, "set_speech_length", "floor") as (meeting, facts):
        row = queries.speech_in(meeting, speech)
        rules.check_not_over(row)
        facts.update(speech=row.pk, seconds=seconds, was=row.seconds)
        row.seconds, row.wants_more = seconds, False
        row.save(update_fields=["seconds", "wants_more"])


def end_turn(meeting: Meeting) -> None:
    """Whoever speaks is done. For actions that hold the meeting and name the section "floor"."""
    speaking = queries.current_speech(meeting)
    if speaking is not None:
        _end(speaking)


def leave_floor(meeting: Meeting, seat: Seat) -> None:
    """A seat that is taken away or may no longer be heard: its turns end. As for `end_turn`."""
    own = Speech.objects.filter(meeting=meeting, seat=seat)
    for speaking in own.filter(state=SpeechState.SPEAKING):
        _end(speaking)
    own.filter(state=SpeechState.WAITING).update(state=SpeechState.WITHDRAWN, ended_at=timezone.now())


def _within_budgets(meeting: Meeting, row: Speech) -> int:
    """How long the turn may last: never longer than what is left of a budget it is spent from."""
    left = [row.seconds]
    for budget in TimeBudget.objects.filter(meeting=meeting):
        if rules.counts(row, budget, set(budget.seats.values_list("pk", flat=True))):
            spent = queries.spent_on(meeting, budget).total_seconds()
            left.append(max(0, round(budget.seconds - spent)))
    return min(left)


def _end(row: Speech) -> None:
    now = timezone.now()
    _clocks.stop(row, now)
    row.state = SpeechState.DONE
    row.ended_at = now
    row.is_held = row.wants_more = False
    row.save(update_fields=["state", "ended_at", "spent", "ticking_since", "is_held", "wants_more"])


def _put_on_list(meeting: Meeting, item: AgendaItem, seat: Seat, kind: str) -> Speech:
    asked = Speech.objects.filter(item=item, seat=seat, kind=kind, state=SpeechState.WAITING).first()
    if asked is not None:
        return asked
    last = Speech.objects.filter(item=item).aggregate(last=Max("position"))["last"] or 0
    return Speech.objects.create(
        meeting=meeting,
        item=item,
        seat=seat,
        name=str(seat.person),
        post=seat.post,
        kind=kind,
        position=last + 1,
        seconds=rules.seconds_of(kind, meeting.speaking_seconds),
        asked_at=timezone.now(),
    )
