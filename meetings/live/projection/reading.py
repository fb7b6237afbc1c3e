"""One read of a meeting for one audience."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from meetings import rules
from meetings.models import (
    AgendaItem,
    Interval,
    IntervalKind,
    Meeting,
    Paper,
)


def milliseconds(moment: datetime.datetime | None) -> int | None:
    """A moment as the browser counts: milliseconds since 1970, or None."""
    return None if moment is None else round(moment.timestamp() * 1000)


def whole_milliseconds(length: datetime.timedelta) -> int:
    """A length of time in milliseconds."""
    return round(length.total_seconds() * 1000)


@dataclass
class Reading:
    """One read of a meeting for one audience; what several sections need is read once."""

    meeting: Meeting
    seen_by: rules.Audience
    """As its key says. What is closed to it is read from the meeting alone."""

    @cached_property
    def audience(self) -> rules.Audience:
        """Who reads, and what is closed to them at this moment."""
        is_closed = any(row.kind == IntervalKind.CLOSED for row in self.intervals)
        return replace(self.seen_by, closure=rules.closure_of(self.items, is_closed=is_closed))

    @cached_property
    def intervals(self) -> list[Interval]:
        """Those that are open."""
        return list(Interval.objects.filter(meeting=self.meeting, ended_at=None))

    @cached_property
    def items(self) -> list[AgendaItem]:
        return list(AgendaItem.objects.filter(meeting=self.meeting))

    @cached_property
    def slots(self) -> dict[int, rules.Slot]:
        return rules.timetable(self.items, self.meeting.starts_at)

    @cached_property
    def in_order(self) -> list[AgendaItem]:
        places = {pk: place for place, pk in enumerate(self.slots)}
        return sorted(self.items, key=lambda item: places[item.pk])

    @cached_property
    def papers(self) -> list[Paper]:
        """Only those the audience may read, in the order of the agenda."""
        places = {pk: place for place, pk in enumerate(self.slots)}
        rows = (
            Paper.objects.filter(item__meeting=self.meeting)
            .select_related("stored_file__content")
            .defer("stored_file__content__outline")
        )
        seen = [row for row in rows if self.audience.sees_paper(item_id=row.item_id, is_open=row.is_open)]
        return sorted(seen, key=lambda row: (places[row.item_id], row.position))
