"""One read of a meeting for one audience."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F

from meetings import queries, rules
from meetings.models import (
    AgendaItem,
    Interval,
    IntervalKind,
    LevelRule,
    Meeting,
    Paper,
    PaperVersion,
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
        seen = [row for row in rows if self.audience.sees_paper(row)]
        return sorted(seen, key=lambda row: (places[row.item_id], row.position))

    @cached_property
    def level_rules(self) -> dict[str, LevelRule]:
        return queries.level_rules()

    @cached_property
    def replaced(self) -> dict[int, PaperVersion]:
        """Of each paper that has been replaced the version before the one that holds."""
        if all(paper.version == 1 for paper in self.papers):
            return {}
        rows = PaperVersion.objects.filter(paper__item__meeting=self.meeting, number=F("paper__version") - 1)
        return {row.paper_id: row for row in rows}
