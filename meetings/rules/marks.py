"""What a mark on a paper may be, and who sees it. Pure."""

import datetime
import json
import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Ink, MarkKind, Reach, Role, Seat, Stamp

from .seeing import Audience
from .table import SPEAKING

MOST_MARKS = 5_000
"""Of one person in one meeting; erased ones do not count."""
MOST_BYTES = 16 * 1024 * 1024
MOST_NUMBERS = 60_000
"""Erased ones counted too: what a script that draws and erases for ever comes to an end at."""
MOST_AT_ONCE = 300
"""Marks of one request."""
MOST_POINTS = 4_000
MOST_RECTS = 300
TEXT_LENGTH = 2_000
THICKEST = 12.0
OUTSIDE = 20.0
"""Points a stroke may run over the edge of the page."""

INK_RGB = {
    Ink.BLUE: (29, 79, 156),
    Ink.RED: (173, 45, 24),
    Ink.GREEN: (49, 97, 40),
    Ink.BLACK: (36, 29, 25),
    Ink.YELLOW: (244, 196, 48),
    Ink.ROSE: (229, 143, 176),
}
"""The colours of static/meetings/css/marks.css, for papers that leave the house."""

_WRONG = _("This mark was not understood. Reload the page and try again.")


@dataclass(frozen=True)
class MarkFacts:
    """One mark as a tablet sent it, looked through."""

    uuid: uuid.UUID
    page: int
    kind: str
    colour: str
    shape: dict[str, Any]
    quote: str
    text: str
    reach: str
    to: int | None
    """A seat."""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 200 + len(json.dumps(self.shape)) + 2 * len(self.quote) + 2 * len(self.text)


def read_mark(raw: Any, pages: Sequence[Sequence[float]]) -> MarkFacts:
    """A mark on a document with these page sizes. RuleBroken when it cannot be one."""
    if not isinstance(raw, dict):
        raise RuleBroken(_WRONG)
    number = mark_number(raw.get("id"))
    page, kind, colour = raw.get("page"), raw.get("kind"), raw.get("colour")
    if number is None or type(page) is not int or kind not in MarkKind.values or colour not in Ink.values:
        raise RuleBroken(_WRONG)
    if not 1 <= page <= len(pages):
        raise RuleBroken(_("This page is not in the paper."))
    width, height = pages[page - 1]
    shape = _shape(kind, raw, width, height)
    text = _words(raw.get("text"))
    if kind == MarkKind.NOTE and not text:
        raise RuleBroken(_("Write something first."))
    reach, to = read_reach(raw)
    return MarkFacts(number, page, kind, colour, shape, _words(raw.get("quote")), text, reach, to)


def read_reach(raw: Mapping[str, Any]) -> tuple[str, int | None]:
    """Who is to see it, and the seat when it is one person. RuleBroken when that says nothing."""
    reach, to = raw.get("reach", Reach.ME), raw.get("to")
    if reach not in Reach.values or (reach == Reach.PERSON) != (type(to) is int):
        raise RuleBroken(_("Choose who is to see it."))
    return reach, to


def mark_number(value: Any) -> uuid.UUID | None:
    """The number a tablet gave a mark, None for anything else."""
    try:
        return uuid.UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _words(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or "\x00" in value:
        raise RuleBroken(_WRONG)
    if len(value) > TEXT_LENGTH:
        raise RuleBroken(_("A note may have at most %(most)s characters.") % {"most": TEXT_LENGTH})
    return value.strip()


def _shape(kind: str, raw: Mapping[str, Any], width: float, height: float) -> dict[str, Any]:
    if kind == MarkKind.INK:
        points = _numbers(raw.get("points"), MOST_POINTS * 3)
        thickness: Any = raw.get("width")
        if not points or len(points) % 3 or not _is_number(thickness) or not 0.2 <= thickness <= THICKEST:
            raise RuleBroken(_WRONG)
        for at in range(0, len(points), 3):
            _check_inside(points[at], points[at + 1], width, height)
            if not 0 <= points[at + 2] <= 100:
                raise RuleBroken(_WRONG)
        return {"width": round(thickness, 2), "points": points}
    if kind == MarkKind.HIGHLIGHT:
        rows = raw.get("rects")
        if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_RECTS:
            raise RuleBroken(_WRONG)
        rects = [_numbers(row, 4) for row in rows]
        for rect in rects:
            if len(rect) != 4 or rect[0] >= rect[2] or rect[1] >= rect[3]:
                raise RuleBroken(_WRONG)
            _check_inside(rect[0], rect[1], width, height)
            _check_inside(rect[2], rect[3], width, height)
        return {"rects": rects}
    at_point = _numbers(raw.get("at"), 2)
    if len(at_point) != 2:
        raise RuleBroken(_WRONG)
    _check_inside(at_point[0], at_point[1], width, height)
    if kind == MarkKind.NOTE:
        return {"at": at_point}
    if raw.get("stamp") not in Stamp.values:
        raise RuleBroken(_WRONG)
    return {"at": at_point, "stamp": raw["stamp"]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _numbers(value: Any, most: int) -> list[float]:
    if not isinstance(value, list) or len(value) > most or not all(_is_number(each) for each in value):
        raise RuleBroken(_WRONG)
    return [round(each, 1) for each in value]


def _check_inside(x: float, y: float, width: float, height: float) -> None:
    if not (-OUTSIDE <= x <= width + OUTSIDE and -OUTSIDE <= y <= height + OUTSIDE):
        raise RuleBroken(_WRONG)


def check_room_for_marks(*, count: int, size: int, numbers: int) -> None:
    """Whether a person with so many marks in a meeting may make another."""
    if count >= MOST_MARKS or size >= MOST_BYTES or numbers >= MOST_NUMBERS:
        raise RuleBroken(
            _("There is no room for more marks in this meeting. Erase some of the old ones first.")
        )


def check_still_kept(until: datetime.datetime | None, now: datetime.datetime) -> None:
    """After the day its body lays down nothing is drawn in a meeting any more: it would stay for ever."""
    if until is not None and until <= now:
        raise RuleBroken(_("The marks of this meeting have been deleted, as its body lays down."))


def check_may_mark(seat: Seat) -> None:
    """A wall reads nothing and draws nothing."""
    if seat.role == Role.HALL:
        raise RuleBroken(_("Your seat in this meeting may not do this."))


def check_may_share(seat: Seat, reach: str, target: Seat | None) -> None:
    """Marks are shared by and with those who take part; an observer keeps theirs."""
    if reach == Reach.ME:
        return
    if seat.role not in SPEAKING or (target is not None and target.role not in SPEAKING):
        raise RuleBroken(_("Marks can be shared with those who take part in the meeting."))


def reaches_seen(audience: Audience, item: int) -> frozenset[str]:
    """The circles this audience belongs to on a paper of `item` it may read."""
    if audience.role == Role.HALL:
        return frozenset()
    if audience.takes_part and audience.sees_item(item):
        return frozenset({Reach.ITEM, Reach.ALL})
    return frozenset({Reach.ALL})
