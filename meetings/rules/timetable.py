"""Numbers and planned times of an agenda."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from meetings.models import AgendaItem


@dataclass(frozen=True)
class Slot:
    """Where an item stands in the plan."""

    number: str
    minutes: int
    starts_at: datetime.datetime


def timetable(items: Collection[AgendaItem], starts_at: datetime.datetime) -> dict[int, Slot]:
    """Number, length and planned start of each item, by key, in agenda order (sub-items after theirs).

    An item with sub-items lasts as long as they do together, or its own minutes when they have none planned.
    """
    slots: dict[int, Slot] = {}
    children: dict[int, list[AgendaItem]] = {}
    tops = sorted((item for item in items if item.parent_id is None), key=lambda item: item.position)
    for item in sorted(items, key=lambda item: item.position):
        if item.parent_id is not None:
            children.setdefault(item.parent_id, []).append(item)
    clock = starts_at
    for number, top in enumerate(tops, start=1):
        subs = children.get(top.pk, [])
        total = sum(sub.minutes for sub in subs) or top.minutes
        slots[top.pk] = Slot(str(number), total, clock)
        sub_clock = clock
        for sub_number, sub in enumerate(subs, start=1):
            slots[sub.pk] = Slot(f"{number}.{sub_number}", sub.minutes, sub_clock)
            sub_clock += datetime.timedelta(minutes=sub.minutes)
        clock += datetime.timedelta(minutes=total)
    return slots
