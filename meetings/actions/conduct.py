"""In session: opening, moving the agenda, showing a page, closing."""

import datetime

from django.utils import timezone

from meetings import queries, rules
from meetings.models import AgendaItem, ItemState, Meeting, Seat, State
from meetings.revisions import change

from . import _clocks
from .attendance import end_all_stays
from .floor import end_turn
from .marks import plan_deletion
from .order import end_intervals, take_up
from .signals import close_mood

WHOLE_ROOM = ("meeting", "agenda", "stage", "floor", "order", "attendance", "signals")


def open_meeting(seat: Seat) -> None:
    """Begin the session."""
    with change(seat, "open_meeting", "meeting", "order") as (meeting, _facts):
        meeting.state = State.LIVE
        meeting.opened_at = timezone.now()
        meeting.save(update_fields=["state", "opened_at"])


def go_to_item(seat: Seat, *, item: int, expected_item: int | None) -> None:
    """Take up an item; the one before it is done. `expected_item` is what the presser saw as current.

    Naming the item that is current already changes nothing but is no error: a double tap.
    """
    with change(seat, "go_to_item", "agenda", "stage", "floor", "signals") as (meeting, facts):
        row = queries.item_in(meeting, item)
        current = queries.current_item(meeting)
        facts.update(item=item, was=current.pk if current else None)
        if current is not None and current.pk == row.pk:
            return
        rules.check_expected_item(current.pk if current else None, expected_item)
        rules.check_going_on(queries.break_of(meeting))
        take_up(meeting, row, facts)
        now = timezone.now()
        end_turn(meeting)
        close_mood(meeting)
        if current is not None:
            _end_item(current, now)
        row.state = ItemState.CURRENT
        row.started_at = row.started_at or now
        row.ended_at = None
        row.ticking_since = now
        row.save(update_fields=["state", "started_at", "ended_at", "ticking_since"])
        _clear_stage(meeting)


def show_page(seat: Seat, *, paper: int, page: int) -> None:
    """Show a page (from 1) of a paper to the room."""
    with change(seat, "show_page", "stage") as (meeting, facts):
        row = queries.paper_in(meeting, paper)
        rules.check_page(row, page)
        meeting.stage_paper = row
        meeting.stage_page = page
        meeting.stage_shown_at = timezone.now()
        meeting.save(update_fields=["stage_paper", "stage_page", "stage_shown_at"])
        facts.update(paper=paper, page=page)


def stop_showing(seat: Seat) -> None:
    """Let everybody read on their own."""
    with change(seat, "stop_showing", "stage") as (meeting, _facts):
        _clear_stage(meeting)


def close_meeting(seat: Seat) -> None:
    """End the session for good."""
    with change(
        seat, "close_meeting", "meeting", "agenda", "stage", "floor", "order", "attendance", "signals"
    ) as (
        meeting,
        facts,
    ):
        rules.check_no_open_poll(queries.is_any_poll_open(meeting))
        current = queries.current_item(meeting)
        end_turn(meeting)
        if current is not None:
            _end_item(current, timezone.now())
        end_all_stays(meeting)
        close_mood(meeting)
        end_intervals(meeting, facts)
        _clear_stage(meeting)
        meeting.state = State.CLOSED
        meeting.closed_at = timezone.now()
        meeting.save(update_fields=["state", "closed_at"])
        plan_deletion(meeting)


def _end_item(row: AgendaItem, now: datetime.datetime) -> None:
    _clocks.stop(row, now)
    row.state = ItemState.DONE
    row.ended_at = now
    row.save(update_fields=["state", "ended_at", "spent", "ticking_since"])


def _clear_stage(meeting: Meeting) -> None:
    meeting.stage_paper = meeting.stage_page = meeting.stage_shown_at = None
    meeting.save(update_fields=["stage_paper", "stage_page", "stage_shown_at"])
