"""What every door does with what it looked for."""

from typing import TypeVar

from .errors import Absent

_T = TypeVar("_T")


def found(row: _T | None) -> _T:
    """The row, or Absent: `return found(Motion.objects.filter(meeting=meeting, pk=pk).first())`."""
    if row is None:
        raise Absent()
    return row
