"""The drawing of the hall: how large it may be, and which chairs it has."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken

MOST_ROWS = 40
MOST_COLUMNS = 40


def chairs(rows: int, columns: int, aisles: Collection[int]) -> list[tuple[int, int]]:
    """The chairs of a hall of blocks: a column that is an aisle has none."""
    if not (1 <= rows <= MOST_ROWS and 1 <= columns <= MOST_COLUMNS):
        raise RuleBroken(_("A hall has 1 to 40 rows and 1 to 40 columns."))
    standing = [column for column in range(1, columns + 1) if column not in aisles]
    return [(row, column) for row in range(1, rows + 1) for column in standing]


def check_inside(row: int, column: int) -> None:
    """A chair stands within the largest hall."""
    if not (1 <= row <= MOST_ROWS and 1 <= column <= MOST_COLUMNS):
        raise RuleBroken(_("A hall has 1 to 40 rows and 1 to 40 columns."))
