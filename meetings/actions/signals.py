"""Calls, words in private, the mood of the room. What concerns one seat alone is told to it by a sign."""

from typing import Any

from django.db.models import Count
from django.utils import timezone

from meetings import queries, rules
from meetings.models import Desk, Letter, Meeting, Mood, MoodAnswer, Role, Seat, ServiceCall
from meetings.revisions import change


def call_service(seat: Seat, *, kind: str) -> dict[str, Any]:
    """Ask somebody to come. Returns the key of the call as `call`; asking again while it waits keeps it."""
    with change(seat, "call_service", "signals") as (meeting, facts):
        call = ServiceCall.objects.filter(seat=seat, kind=kind, state__in=queries.OPEN_CALLS).first()
        if call is None:
            call = ServiceCall.objects.create(
                meeting=meeting,
                seat=seat,
                name=str(seat.person),
                post=seat.post,
                kind=kind,
                at=timezone.now(),
            )
        tell(meeting, seat.pk)
        facts.update(call=call.pk, kind=kind)
        return {"call": call.pk}


def withdraw_call(seat: Seat, *, call: int) -> None:
    """Nobody needs to come any more."""
    with change(seat, "withdraw_call", "signals") as (meeting, facts):
        row = queries.call_in(meeting, call)
        rules.check_own_call(seat, row)
        rules.check_call_open(row)
        facts.update(call=call)
        _close_call(meeting, row, ServiceCall.State.WITHDRAWN)


def take_call(seat: Seat, *, call: int) -> None:
    """Say that somebody is on the way. Twice is once, and the first name stays."""
    with change(seat, "take_call", "signals") as (meeting, facts):
        row = queries.call_in(meeting, call)
        rules.check_call_open(row)
        facts.update(call=call)
        if row.state == ServiceCall.State.WAITING:
            row.state, row.taken_by = ServiceCall.State.TAKEN, str(seat.person)
            row.save(update_fields=["state", "taken_by"])
            tell(meeting, row.seat_id)


def finish_call(seat: Seat, *, call: int) -> None:
    """What was asked for is done. Twice is once."""
    with change(seat, "finish_call", "signals") as (meeting, facts):
        row = queries.call_in(meeting, call)
        facts.update(call=call)
        if row.state in queries.OPEN_CALLS:
            _close_call(meeting, row, ServiceCall.State.DONE)


def _close_call(meeting: Meeting, row: ServiceCall, state: str) -> None:
    row.state, row.ended_at = state, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    tell(meeting, row.seat_id)


def write_privately(seat: Seat, *, desk: str, text: str) -> dict[str, Any]:
    """Write to the chair or to the secretaries alone. Returns the key as `letter`."""
    with change(seat, "write_privately", "signals") as (meeting, facts):
        rules.check_other_desk(seat, desk)
        readers = list(Seat.objects.filter(meeting=meeting, role=desk))
        rules.check_somebody_reads(desk, len(readers))
        letter = Letter.objects.create(
            meeting=meeting,
            seat=seat,
            desk=desk,
            chair=readers[0] if desk == Desk.CHAIR else None,
            name=str(seat.person),
            text=text,
            at=timezone.now(),
        )
        tell(meeting, seat.pk)
        facts.update(letter=letter.pk)
        return {"letter": letter.pk}


def answer_privately(seat: Seat, *, target: int, text: str) -> dict[str, Any]:
    """Write to one seat, as chair or as secretary. Returns the key as `letter`."""
    with change(seat, "answer_privately", "signals") as (meeting, facts):
        row = queries.seat_in(meeting, target)
        rules.check_other_desk(row, seat.role)
        letter = Letter.objects.create(
            meeting=meeting,
            seat=row,
            desk=seat.role,
            chair=seat if seat.role == Role.CHAIR else None,
            is_answer=True,
            name=str(seat.person),
            text=text,
            at=timezone.now(),
        )
        tell(meeting, row.pk)
        facts.update(letter=letter.pk)
        return {"letter": letter.pk}


def ask_mood(seat: Seat, *, question: str) -> dict[str, Any]:
    """Ask the room. What was open is closed. Returns the key as `mood`."""
    with change(seat, "ask_mood", "signals") as (meeting, facts):
        close_mood(meeting)
        mood = Mood.objects.create(
            meeting=meeting, item=queries.current_item(meeting), question=question, asked_at=timezone.now()
        )
        facts.update(mood=mood.pk)
        return {"mood": mood.pk}


def answer_mood(seat: Seat, *, mood: int, answer: str) -> None:
    """Answer, or answer otherwise, while the question is open. The log does not say what."""
    with change(seat, "answer_mood", "signals") as (meeting, facts):
        row = queries.mood_in(meeting, mood)
        rules.check_mood_open(row)
        rules.check_may_speak_now(seat, queries.current_item(meeting), queries.invited_items(seat))
        facts.update(mood=mood)
        MoodAnswer.objects.update_or_create(mood=row, seat=seat, defaults={"answer": answer})


def end_mood(seat: Seat, *, mood: int) -> None:
    """Count, show the counts, forget who answered what. Twice is once."""
    with change(seat, "end_mood", "signals") as (meeting, facts):
        row = queries.mood_in(meeting, mood)
        facts.update(mood=mood)
        if row.ended_at is None:
            close_mood(meeting)


def close_mood(meeting: Meeting) -> None:
    """The question that is open ends. For actions that hold the meeting and name the section "signals"."""
    mood = Mood.objects.filter(meeting=meeting, ended_at=None).first()
    if mood is None:
        return
    answers = MoodAnswer.objects.filter(mood=mood)
    for row in answers.values("answer").annotate(count=Count("pk")):
        setattr(mood, row["answer"], row["count"])
    mood.ended_at = timezone.now()
    mood.save(update_fields=["agree", "unsure", "disagree", "ended_at"])
    answers.delete()


def tell(meeting: Meeting, seat_id: int | None) -> None:
    """There is news for this seat alone. For actions that hold the meeting and name the section "signals"."""
    if seat_id is not None:
        Seat.objects.filter(meeting=meeting, pk=seat_id).update(news=meeting.revision)
