"""Items, and agendas to start from."""

from django.db.models import QuerySet

from intranet.lib.doors import found
from meetings.models import AgendaItem, AgendaTemplate, ItemState, Meeting


def item_in(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of this meeting, or Absent."""
    return found(AgendaItem.objects.filter(meeting=meeting, pk=pk).first())


def current_item(meeting: Meeting) -> AgendaItem | None:
    """The item under discussion."""
    return AgendaItem.objects.filter(meeting=meeting, state=ItemState.CURRENT).first()


def templates() -> QuerySet[AgendaTemplate]:
    """The agenda templates to choose from."""
    return AgendaTemplate.objects.order_by("name")
