"""What a tablet sends about marks: one batch for a paper, as JSON, for there may be many strokes in it."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.rules import marks as marking


@dataclass(frozen=True)
class MarkBatch:
    """Read from a request: the marks themselves are looked through one by one by `marking.read_mark`."""

    paper: int
    file: str
    add: list[Any]
    erase: list[uuid.UUID]
    share: list[tuple[list[uuid.UUID], str, int | None]]


def read_batch(body: bytes) -> MarkBatch:
    """The batch in a request's body. Raises RuleBroken when it is none."""
    try:
        given = json.loads(body)
        paper, file = given["paper"], given["file"]
        add, erase, share = (given.get(name, []) for name in ("add", "erase", "share"))
        if type(paper) is not int or not isinstance(file, str) or not isinstance(add, list):
            raise ValueError
        if len(add) + len(erase) + sum(len(one["marks"]) for one in share) > marking.MOST_AT_ONCE:
            raise ValueError
        return MarkBatch(
            paper,
            file,
            add,
            [uuid.UUID(number) for number in erase],
            [([uuid.UUID(number) for number in one["marks"]], *marking.read_reach(one)) for one in share],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RuleBroken(_("This mark was not understood. Reload the page and try again.")) from None
