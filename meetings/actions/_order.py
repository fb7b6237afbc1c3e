"""Keeping positions 1, 2, 3 … without meeting the constraint that makes them unique."""

from typing import Any

from django.db.models import F, QuerySet

_AWAY = 10_000


def renumber(rows: QuerySet[Any], order: list[int]) -> None:
    """Give the rows, all those of one list, the positions of their keys in `order`."""
    # Both databases check a unique position row by row: first all go where nobody is.
    rows.update(position=F("position") + _AWAY)
    for position, pk in enumerate(order, start=1):
        rows.filter(pk=pk).update(position=position)


def moved(order: list[int], pk: int, position: int) -> list[int]:
    """`order` with `pk` taken out and put at `position` (from 1; beyond the end is the end)."""
    rest = [other for other in order if other != pk]
    place = min(max(position, 1), len(rest) + 1) - 1
    return [*rest[:place], pk, *rest[place:]]
