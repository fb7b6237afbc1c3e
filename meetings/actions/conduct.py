"""In session: opening, moving the agenda, showing a page, closing."""

from django.utils import timezone

from meetings import queries, rules
from meetings.models import AgendaItem, ItemState, Meeting, Seat, State
from meetings.revisions import change

from .attendance import end_all_stays
from .floor import end_turn


def open_meeting(seat: Seat) -> None:
    """Begin the session."""
    with change(seat, "open_meeting", "meeting") as (meeting, _facts):
        meeting.state = State.LIVE
        meeting.opened_at = timezone.now()
        meeting.save(update_fields=["state", "opened_at"])


def go_to_item(seat: Seat, *, item: int, expected_item: int | None) -> None:
    """Take up an item; the one before it is done. `expected_item` is what the presser saw as current.

    Naming the item that is current already changes nothing but is no error: a double tap.
    """
    with change(seat, "go_to_item", "agenda", "stage", "floor") as (meeting, facts):
        row = queries.item_in(meeting, item)
        current = queries.current_item(meeting)
        facts.update(item=item, was=current.pk if current else None)
        if current is not None and current.pk == row.pk:
            return
        rules.check_expected_item(current.pk if current else None, expected_item)
        _end_current(meeting)
        end_turn(meeting)
        row.state = ItemState.CURRENT
        row.started_at = row.started_at or timezone.now()
        row.ended_at = None
        row.save(update_fields=["state", "started_at", "ended_at"])
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
    with change(seat, "close_meeting", "meeting", "agenda", "stage", "floor", "attendance") as (
        meeting,
        _facts,
    ):
        _end_current(meeting)
        end_turn(meeting)
        end_all_stays(meeting)
        _clear_stage(meeting)
        meeting.state = State.CLOSED
        meeting.closed_at = timezone.now()
        meeting.save(update_fields=["state", "closed_at"])


def _end_current(meeting: Meeting) -> None:
    AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).update(
        state=ItemState.DONE, ended_at=timezone.now()
    )


def _clear_stage(meeting: Meeting) -> None:
    meeting.stage_paper = meeting.stage_page = meeting.stage_shown_at = None
    meeting.save(update_fields=["stage_paper", "stage_page", "stage_shown_at"])
