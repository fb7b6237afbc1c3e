"""Votes before they are opened."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max

from meetings import queries, rules
from meetings.actions._order import moved
from meetings.models import MajorityKind, Meeting, Poll, PollKind, PollState, Seat
from meetings.revisions import change

COPIED = (
    *("item_id", "title", "kind", "form", "options", "least", "most", "per_option", "places"),
    *("majority_kind", "majority_base", "numerator", "denominator", "more_than"),
    *("quorum_numerator", "quorum_denominator"),
)
"""What a vote held again takes over."""


def add_poll(seat: Seat, **paper: Any) -> dict[str, Any]:
    """Prepare a vote, as `_write` describes it. Returns its key as `poll` and its `number`."""
    with change(seat, "add_poll", "polls") as (meeting, facts):
        poll = draft_poll(meeting, **paper)
        facts.update(poll=poll.pk, number=poll.number, title=poll.title, kind=poll.kind, form=poll.form)
        return {"poll": poll.pk, "number": poll.number}


def draft_poll(meeting: Meeting, **paper: Any) -> Poll:
    """The same for actions that hold the meeting and name the section "polls"."""
    poll = Poll(meeting=meeting, number=_next_number(meeting))
    _write(poll, meeting, **paper)
    poll.save()
    return poll


def edit_poll(seat: Seat, *, poll: int, **paper: Any) -> None:
    """Write a vote anew that nobody could cast in yet."""
    with change(seat, "edit_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll)
        rules.check_unchanged(row)
        _write(row, meeting, **paper)
        row.save()
        facts.update(poll=row.pk, number=row.number, title=row.title, kind=row.kind, form=row.form)


def remove_poll(seat: Seat, *, poll: int) -> None:
    """Throw a draft away."""
    with change(seat, "remove_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll)
        rules.check_unchanged(row)
        facts.update(poll=row.pk, number=row.number, title=row.title)
        row.delete()


def move_poll(seat: Seat, *, poll: int, position: int) -> None:
    """Put a draft at another place (from 1) among the drafts: they share out their numbers anew."""
    with change(seat, "move_poll", "polls") as (meeting, facts):
        row = queries.poll_in(meeting, poll)
        rules.check_unchanged(row)
        drafts = list(Poll.objects.filter(meeting=meeting, state=PollState.DRAFT, early_until=None))
        numbers = [each.number for each in drafts]
        order = moved([each.pk for each in drafts], row.pk, position)
        facts.update(poll=row.pk, position=position)
        spare = _next_number(meeting)
        places = dict(zip(order, numbers, strict=True))
        changed = [each for each in drafts if places[each.pk] != each.number]
        for step in (spare, 0):
            for each in changed:
                Poll.objects.filter(pk=each.pk).update(number=places[each.pk] + step)


def repeat_poll(seat: Seat, *, poll: int) -> dict[str, Any]:
    """Prepare the same vote again under a new number; the old one stays. Returns `poll` and `number`."""
    with change(seat, "repeat_poll", "polls") as (meeting, facts):
        old = queries.poll_in(meeting, poll)
        rules.check_is(old, PollState.CLOSED, PollState.PUBLISHED, PollState.VOID)
        copied = {name: getattr(old, name) for name in COPIED}
        new = Poll.objects.create(meeting=meeting, number=_next_number(meeting), repeats=old, **copied)
        facts.update(poll=new.pk, number=new.number, repeats=old.number)
        return {"poll": new.pk, "number": new.number}


def _next_number(meeting: Meeting) -> int:
    return (Poll.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1


def _write(
    poll: Poll,
    meeting: Meeting,
    *,
    title: str,
    item: int | None = None,
    kind: str = PollKind.MOTION,
    form: str = "named",
    options: Collection[str] = (),
    least: int = 1,
    most: int = 1,
    per_option: int = 1,
    places: int = 1,
    majority_kind: str = MajorityKind.HALF,
    majority_base: str = "all",
    numerator: int = 1,
    denominator: int = 2,
    more_than: bool = True,
    quorum_numerator: int = 0,
    quorum_denominator: int = 1,
) -> None:
    """The draft as it is to be. `options` are labels; a motion has its own."""
    poll.title, poll.kind, poll.form = title, kind, form
    poll.item = None if item is None else queries.item_in(meeting, item)
    poll.least, poll.most, poll.per_option, poll.places = least, most, per_option, places
    if kind == PollKind.MOTION:
        poll.options = [{"id": name, "label": ""} for name in rules.MOTION_OPTIONS]
        poll.least = poll.most = poll.per_option = poll.places = 1
    else:
        poll.options = [{"id": str(place), "label": label} for place, label in enumerate(options, start=1)]
    if kind == PollKind.ELECTION:
        poll.per_option = 1
    elif kind == PollKind.LIST:
        poll.most = poll.per_option = 1
        poll.least = min(least, 1)
    poll.majority_kind, poll.majority_base = majority_kind, majority_base
    share = rules.SHARES.get(MajorityKind(majority_kind), (numerator, denominator, more_than))
    poll.numerator, poll.denominator, poll.more_than = share
    poll.quorum_numerator, poll.quorum_denominator = quorum_numerator, quorum_denominator
    rules.check_ballot_paper(poll)
