"""Items, papers, and agendas to start from."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from intranet.files.models import StoredFile
from intranet.files.registry import Access
from intranet.lib.doors import found
from meetings import rules
from meetings.models import AgendaItem, AgendaTemplate, ItemState, Meeting, Paper, Seat

from .order import closure_of


def item_in(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of this meeting, or Absent."""
    return found(AgendaItem.objects.filter(meeting=meeting, pk=pk).first())


def paper_in(meeting: Meeting, pk: int) -> Paper:
    """A paper of this meeting with its content, or Absent."""
    return found(
        Paper.objects.select_related("item", "stored_file__content")
        .filter(item__meeting=meeting, pk=pk)
        .first()
    )


def current_item(meeting: Meeting) -> AgendaItem | None:
    """The item under discussion."""
    return AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).first()


def access_to_file(person: Any, stored_file: StoredFile) -> Access | None:
    """What a seat the person holds now lets them do with this file as a paper of a meeting."""
    papers = list(
        Paper.objects.filter(stored_file=stored_file, item__meeting__seats__person_id=person.pk)
        .select_related("item__meeting")
        .distinct()
    )
    if not papers or not person.is_active:
        return None
    seats = {
        seat.meeting_id: seat
        for seat in Seat.objects.filter(
            person_id=person.pk, meeting_id__in=[paper.item.meeting_id for paper in papers]
        ).prefetch_related("items")
    }
    for paper in papers:
        seat = seats.get(paper.item.meeting_id)
        if seat is None or not rules.sees_meeting(seat.role, paper.item.meeting.state):
            continue
        items = frozenset(item.pk for item in seat.items.all())
        audience = rules.Audience(seat.role, items, closure_of(paper.item.meeting))
        if audience.sees_paper(item_id=paper.item_id, is_open=paper.is_open):
            return Access(offline_hours=settings.OFFLINE_HOURS)
    return None


def templates() -> QuerySet[AgendaTemplate]:
    """The agenda templates to choose from."""
    return AgendaTemplate.objects.order_by("name")
