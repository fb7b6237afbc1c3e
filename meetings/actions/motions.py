"""Motions and amendments: moving, amending, recommending, deciding."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from meetings import queries, rules
from meetings.models import (
    Amendment,
    AmendmentState,
    Clause,
    Meeting,
    Motion,
    MotionState,
    PollState,
    Seat,
    Subject,
)
from meetings.revisions import change

from .polls.drafts import draft_poll
from .signals import tell


def add_motion(
    seat: Seat, *, item: int, title: str, text: str, mover: int | None = None, name: str = ""
) -> dict[str, Any]:
    """Lay a motion before an item; every paragraph becomes a numbered clause. Returns its key as `motion`.

    Those who lead lay it before the room, moved by the seat `mover`, by somebody named, or by themselves. A
    member submits it: it waits for them.
    """
    with change(seat, "add_motion", "motions", "signals") as (meeting, facts):
        row = queries.item_in(meeting, item)
        _check_may_move(meeting, seat, row.pk)
        lines = rules.clauses_of(text)
        rules.check_motion_text(lines)
        leads = seat.role in rules.PODIUM
        moved_by = queries.seat_in(meeting, mover) if leads and mover is not None else None
        if moved_by is None and not (leads and name):
            moved_by = seat
        motion = Motion.objects.create(
            meeting=meeting,
            item=row,
            number=_next_motion(meeting) if leads else None,
            title=title,
            seat=moved_by,
            name=str(moved_by.person) if moved_by else name,
            state=MotionState.PROPOSED if leads else MotionState.SUBMITTED,
            proposed_at=timezone.now(),
        )
        _write_clauses(motion, lines)
        if not leads:
            tell(meeting, seat.pk)
        facts.update(motion=motion.pk, number=motion.number)
        return {"motion": motion.pk}


def review_motion(seat: Seat, *, motion: int, admitted: bool, reason: str = "") -> None:
    """Lay a submitted motion before the room, or return it to its author. Twice is once."""
    with change(seat, "review_motion", "motions", "signals") as (meeting, facts):
        row = queries.motion_in(meeting, motion)
        outcome = MotionState.PROPOSED if admitted else MotionState.RETURNED
        facts.update(motion=motion, outcome=outcome)
        if row.state == outcome:
            return
        rules.check_expected_state(row.state, MotionState.SUBMITTED)
        rules.check_reason_to_return(admitted, reason)
        if admitted:
            row.number = _next_motion(meeting)
        else:
            row.refusal = reason
        _set_motion(row, outcome)
        tell(meeting, row.seat_id)


def edit_motion(seat: Seat, *, motion: int, title: str, text: str, version: int) -> None:
    """Write a motion's text anew over `version`, as long as nobody has proposed to amend it."""
    with change(seat, "edit_motion", "motions") as (meeting, facts):
        row = queries.motion_in(meeting, motion)
        rules.check_motion_open(row)
        rules.check_motion_version(row.version, version)
        lines = rules.clauses_of(text)
        rules.check_motion_text(lines)
        if lines != queries.text_of(row):
            rules.check_text_still_free(row.amendments.exists())
            row.clauses.all().delete()
            _write_clauses(row, lines)
        row.title = title
        row.version += 1
        row.save(update_fields=["title", "version"])
        facts.update(motion=motion, version=row.version)


def withdraw_motion(seat: Seat, *, motion: int) -> None:
    """Take a motion back."""
    with change(seat, "withdraw_motion", "motions", "signals") as (meeting, facts):
        row = queries.motion_in(meeting, motion)
        rules.check_sees_motion(seat, number=row.number, owner=row.seat_id)
        rules.check_own(seat, row.seat_id, state=row.state)
        facts.update(motion=motion)
        if row.state != MotionState.WITHDRAWN:
            if row.state != MotionState.SUBMITTED:
                rules.check_motion_open(row)
            _set_motion(row, MotionState.WITHDRAWN)
            tell(meeting, row.seat_id)


def decide_motion(seat: Seat, *, motion: int, outcome: str, expected_state: str) -> None:
    """Put a motion to the vote, or write down that it was adopted, rejected, or is open again.

    `expected_state` is what the presser saw; naming the state it has already is a double tap.
    """
    with change(seat, "decide_motion", "motions", "polls") as (meeting, facts):
        row = queries.motion_in(meeting, motion)
        facts.update(motion=motion, outcome=outcome, was=row.state)
        if row.state == outcome:
            return
        rules.check_expected_state(row.state, expected_state)
        rules.check_way(row.state, outcome)
        if outcome in (MotionState.VOTING, MotionState.ADOPTED):
            rules.check_nothing_open(row.amendments.values_list("state", flat=True))
        rules.check_outcome(row.poll, outcome)
        if outcome == MotionState.VOTING:
            _prepare_poll(
                meeting,
                row,
                row.item_id,
                gettext("Motion %(number)s: %(title)s") % {"number": row.number, "title": row.title},
            )
        elif outcome == MotionState.PROPOSED:
            _drop_poll(row)
        _set_motion(row, outcome)


def propose_amendment(
    seat: Seat, *, motion: int, clause: str, kind: str, text: str = "", based_on: str, reason: str = ""
) -> dict[str, Any]:
    """Propose another text for a clause; `based_on` is the one the author saw. Returns its key.

    That of a member is submitted and waits for those who lead.
    """
    with change(seat, "propose_amendment", "motions", "signals") as (meeting, facts):
        row = queries.motion_in(meeting, motion)
        rules.check_sees_motion(seat, number=row.number, owner=row.seat_id)
        _check_may_move(meeting, seat, row.item_id)
        rules.check_motion_open(row)
        text, based_on = rules.one_line(text), rules.one_line(based_on)
        rules.check_amendment_text(kind, text=text, based_on=based_on)
        amendment = Amendment(motion=row, clause=clause, kind=kind, text=text, based_on=based_on)
        rules.amended(queries.text_of(row), queries.change_of(amendment))
        if seat.role in rules.PODIUM:
            amendment.number = _next_amendment(row)
        else:
            amendment.state = AmendmentState.SUBMITTED
            tell(meeting, seat.pk)
        amendment.reason = reason
        amendment.seat, amendment.name, amendment.post = seat, str(seat.person), seat.post
        amendment.proposed_at = timezone.now()
        amendment.save()
        facts.update(motion=motion, amendment=amendment.pk, clause=clause)
        return {"amendment": amendment.pk}


def review_amendment(seat: Seat, *, amendment: int, admitted: bool, reason: str = "") -> None:
    """Lay a submitted amendment before the room, or return it to its author. Twice is once."""
    with change(seat, "review_amendment", "motions", "signals") as (meeting, facts):
        row = queries.amendment_in(meeting, amendment)
        outcome = AmendmentState.PROPOSED if admitted else AmendmentState.RETURNED
        facts.update(amendment=amendment, outcome=outcome)
        if row.state == outcome:
            return
        rules.check_expected_state(row.state, AmendmentState.SUBMITTED)
        rules.check_reason_to_return(admitted, reason)
        if admitted:
            rules.check_motion_open(row.motion)
            row.number = _next_amendment(row.motion)
        else:
            row.refusal = reason
        _set_amendment(row, outcome)
        tell(meeting, row.seat_id)


def withdraw_amendment(seat: Seat, *, amendment: int) -> None:
    """Take an amendment back."""
    with change(seat, "withdraw_amendment", "motions", "signals") as (meeting, facts):
        row = queries.amendment_in(meeting, amendment)
        rules.check_sees_motion(seat, number=row.number, owner=row.seat_id)
        rules.check_own(seat, row.seat_id, state=row.state)
        facts.update(amendment=amendment)
        if row.state != AmendmentState.WITHDRAWN:
            if row.state != AmendmentState.SUBMITTED:
                rules.check_amendment_open(row.state)
            _set_amendment(row, AmendmentState.WITHDRAWN)
            tell(meeting, row.seat_id)


def recommend_amendment(seat: Seat, *, amendment: int, recommendation: str, advice: str = "") -> None:
    """Say what the secretary recommends, and why."""
    with change(seat, "recommend_amendment", "motions") as (meeting, facts):
        row = queries.amendment_in(meeting, amendment)
        rules.check_amendment_open(row.state)
        row.recommendation, row.advice = recommendation, advice
        row.save(update_fields=["recommendation", "advice"])
        facts.update(amendment=amendment, recommendation=recommendation)


def decide_amendment(seat: Seat, *, amendment: int, outcome: str, expected_state: str) -> None:
    """Write down what became of an amendment: accepted by the mover, put to the vote, adopted, rejected.

    What is accepted or adopted takes effect at once, after all that took effect before.
    """
    with change(seat, "decide_amendment", "motions", "polls") as (meeting, facts):
        row = queries.amendment_in(meeting, amendment)
        rules.check_sees_motion(seat, number=row.number, owner=row.seat_id)
        rules.check_may_decide(seat, row.motion.seat_id, outcome)
        facts.update(amendment=amendment, outcome=outcome, was=row.state)
        if row.state == outcome:
            return
        rules.check_expected_state(row.state, expected_state)
        rules.check_amendment_open(row.state)
        rules.check_motion_open(row.motion)
        rules.check_outcome(row.poll, outcome)
        if outcome == AmendmentState.VOTING:
            words = gettext("Amendment %(number)s to clause %(clause)s of: %(motion)s")
            title = words % {"number": row.number, "clause": row.clause, "motion": row.motion.title}
            _prepare_poll(meeting, row, row.motion.item_id, title)
        elif outcome in (AmendmentState.PROPOSED, AmendmentState.ACCEPTED):
            _drop_poll(row)
        if outcome in rules.IN_EFFECT:
            rules.amended(queries.text_of(row.motion), queries.change_of(row))
            row.place = (row.motion.amendments.aggregate(last=Max("place"))["last"] or 0) + 1
        _set_amendment(row, outcome)


def _check_may_move(meeting: Meeting, seat: Seat, item: int) -> None:
    rules.check_sees_item(queries.audience_of(seat), item)
    rules.check_may_move(seat, votes=queries.seat_in(meeting, seat.pk).votes)


def _next_motion(meeting: Meeting) -> int:
    return (Motion.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1


def _next_amendment(motion: Motion) -> int:
    return (motion.amendments.aggregate(last=Max("number"))["last"] or 0) + 1


def _prepare_poll(meeting: Meeting, row: Motion | Amendment, item: int, title: str) -> None:
    """A vote by the rule of the body, ready to be opened."""
    rule = queries.voting_rule_for(meeting, Subject.DECISION)
    paper: dict[str, Any] = {"title": title[:500], "item": item}
    if rule is not None:
        paper |= {"majority_kind": rule.majority, "majority_base": rule.base}
        paper |= {"numerator": rule.part or 1, "denominator": rule.whole or 2, "more_than": False}
        paper |= {"quorum_numerator": rule.quorum_part, "quorum_denominator": rule.quorum_whole}
    row.poll = draft_poll(meeting, **paper)
    row.save(update_fields=["poll"])


def _drop_poll(row: Motion | Amendment) -> None:
    """A vote that was prepared and never opened is thrown away."""
    if row.poll is not None and row.poll.state == PollState.DRAFT:
        row.poll.delete()
        row.poll = None


def _set_motion(row: Motion, state: str) -> None:
    row.state = state
    row.decided_at = None if state in (MotionState.PROPOSED, MotionState.VOTING) else timezone.now()
    row.save(update_fields=["state", "decided_at", "number", "refusal"])


def _set_amendment(row: Amendment, state: str) -> None:
    row.state = state
    row.decided_at = None if state in rules.OPEN_AMENDMENT else timezone.now()
    row.save(update_fields=["state", "decided_at", "place", "number", "refusal"])


def _write_clauses(motion: Motion, lines: list[rules.Line]) -> None:
    Clause.objects.bulk_create(
        Clause(motion=motion, position=place, number=line.number, text=line.text)
        for place, line in enumerate(lines, start=1)
    )
