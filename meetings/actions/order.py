"""The order of a session: a pause, a recess, closed doors."""

import datetime

from django.db.models import Q
from django.utils import timezone

from meetings import queries, rules
from meetings.models import AgendaItem, Interval, IntervalKind, ItemState, Meeting, Seat
from meetings.revisions import Facts, change

from . import _clocks

STILL = ("order", "agenda", "floor")
"""What a break changes: the clocks of the item and of the speaker."""


def pause_meeting(seat: Seat) -> None:
    """Let the clocks stand still; people stay seated. In a break already it changes nothing."""
    with change(seat, "pause_meeting", *STILL) as (meeting, _facts):
        if queries.break_of(meeting) is None:
            _begin(meeting, IntervalKind.PAUSE, timezone.now())


def call_recess(seat: Seat, *, until: datetime.datetime) -> None:
    """Send people out until a time, or name another time of return."""
    with change(seat, "call_recess", *STILL) as (meeting, facts):
        now = timezone.now()
        rules.check_return(until, now)
        facts.update(until=until.isoformat())
        running = queries.break_of(meeting)
        if running is not None and running.kind == IntervalKind.RECESS:
            running.until = until
            running.save(update_fields=["until"])
            return
        if running is not None:
            _end(running, now)
        _begin(meeting, IntervalKind.RECESS, now, until)


def resume_meeting(seat: Seat) -> None:
    """The session goes on, and so do the clocks. Twice is once."""
    with change(seat, "resume_meeting", *STILL) as (meeting, _facts):
        running = queries.break_of(meeting)
        if running is not None:
            now = timezone.now()
            _end(running, now)
            _clocks.start_all(meeting, now)


def begin_closed_session(seat: Seat) -> None:
    """Close the doors: whoever is outside sees nothing from this commit on. Twice is once."""
    with change(seat, "begin_closed_session", rules.EVERYTHING) as (meeting, _facts):
        close_doors(meeting, queries.current_item(meeting))


def end_closed_session(seat: Seat) -> None:
    """Open the doors. What was taken up behind them stays closed. Twice is once."""
    with change(seat, "end_closed_session", rules.EVERYTHING) as (meeting, _facts):
        running = queries.closed_session_of(meeting)
        if running is not None:
            _end(running, timezone.now())


def set_item_closed(seat: Seat, *, item: int, closed: bool) -> None:
    """Put an item with its sub-items behind closed doors, or make it public again."""
    with change(seat, "set_item_closed", rules.EVERYTHING) as (meeting, facts):
        row = queries.item_in(meeting, item)
        facts.update(item=item, closed=closed)
        family = Q(pk=row.pk) | Q(parent=row)
        if not closed:
            doors = queries.closed_session_of(meeting)
            for each in AgendaItem.objects.filter(family):
                rules.check_may_open(seat, each, doors)
        AgendaItem.objects.filter(family).update(is_closed=closed)
        current = AgendaItem.objects.filter(family, state=ItemState.CURRENT).first()
        if closed and current is not None:
            close_doors(meeting, current)


def keep_closed(row: AgendaItem, left: AgendaItem | None, facts: Facts) -> None:
    """A sub-item that leaves a closed item stays closed. For actions that save `row` afterwards."""
    if left is not None and left.is_closed:
        row.is_closed = True
    if row.is_closed or (row.parent is not None and row.parent.is_closed):
        facts.more.add(rules.EVERYTHING)


def close_doors(meeting: Meeting, item: AgendaItem | None) -> None:
    """A closed session on `item`, which stays closed for good. For actions that name `rules.EVERYTHING`."""
    if queries.closed_session_of(meeting) is None:
        Interval.objects.create(
            meeting=meeting, kind=IntervalKind.CLOSED, item=item, started_at=timezone.now()
        )
    if item is not None:
        AgendaItem.objects.filter(Q(pk=item.pk) | Q(parent=item)).update(is_closed=True)


def take_up(meeting: Meeting, item: AgendaItem, facts: Facts) -> None:
    """Before `item` becomes current: a closed one closes the doors, and behind closed doors any is closed."""
    above = item.parent
    is_closed = item.is_closed or (above is not None and above.is_closed)
    if is_closed or queries.closed_session_of(meeting) is not None:
        close_doors(meeting, item)
        item.is_closed = True
        facts.more.add(rules.EVERYTHING)


def end_intervals(meeting: Meeting, facts: Facts) -> None:
    """The session is over: no break and no closed doors outlast it."""
    now = timezone.now()
    for row in Interval.objects.filter(meeting=meeting, ended_at=None):
        if row.kind == IntervalKind.CLOSED:
            facts.more.add(rules.EVERYTHING)
        _end(row, now)


def _begin(
    meeting: Meeting, kind: str, now: datetime.datetime, until: datetime.datetime | None = None
) -> None:
    _clocks.stop_all(meeting, now)
    Interval.objects.create(
        meeting=meeting, kind=kind, item=queries.current_item(meeting), started_at=now, until=until
    )


def _end(row: Interval, now: datetime.datetime) -> None:
    row.ended_at = max(now, row.started_at)
    row.save(update_fields=["ended_at"])
