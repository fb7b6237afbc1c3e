"""What a rehearsal found, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .measures import LIMITS, broken, first_broken, held, reached

MEASURES: dict[str, Promise] = {
    "errors": _("lost connections and unanswered requests"),
    "screen": _("time until the room is on screen"),
    "switch": _("time until the last tablet follows the chair"),
    "page": _("time for a page of a paper that all open at once"),
}
KINDS: dict[str, Promise] = {
    "cut": _("connections cut"),
    "late": _("not there in time"),
    "answer": _("answered with an error"),
    "refused": _("connections refused"),
    "foreign": _("another page answered"),
    "bytes": _("more was downloaded than one rehearsal may"),
}
TROUBLE: dict[str, Promise] = {
    "unreachable": _("No tablet reached the site at this address. Check that the site can be opened there."),
    "stranger": _("Something else than this site answers at this address."),
    "late": _("The first step was not finished in time: this server is too slow for so many tablets."),
    "killed": _("The background work of the server was stopped in the middle. Start the rehearsal again."),
    "broken": _("The rehearsal failed. Start it again; if it fails again, tell the administrator."),
}


def verdict(steps: Sequence[Mapping[str, Any]]) -> str | Promise:
    """What the finished steps say, in one or two sentences; at least one step."""
    tablets, over = held(steps), first_broken(steps)
    if not over:
        most = max(int(step["tablets"]) for step in steps)
        return format_lazy(_("This server serves {tablets} tablets well; more were not tried."), tablets=most)
    if not tablets:
        return format_lazy(
            _("This server does not serve {tablets} tablets well. What fails: {what}."),
            tablets=int(steps[0]["tablets"]),
            what=MEASURES[over],
        )
    failed = next(int(step["tablets"]) for step in steps if broken(step))
    return format_lazy(
        _("This server serves {tablets} tablets well. With {more}, this fails first: {what}."),
        tablets=tablets,
        more=failed,
        what=MEASURES[over],
    )


def limits() -> list[tuple[str, Promise, float]]:
    """Each measure with its name and its limit in seconds (or, for errors, their number)."""
    return [(measure, MEASURES[measure], limit) for measure, limit in LIMITS.items()]


def failures(step: Mapping[str, Any]) -> list[tuple[Promise, int]]:
    """What went wrong in a step, by kind, with how often."""
    return [(KINDS[kind], int(count)) for kind, count in step["errors"].items()]


def is_over(step: Mapping[str, Any], measure: str) -> bool:
    """Whether a step is beyond the limit of a measure."""
    return reached(step, measure) > LIMITS[measure]
