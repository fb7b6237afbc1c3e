"""What the rehearsal page shows of one rehearsal."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings import rules
from meetings.models import Rehearsal
from meetings.rehearsal import measures, verdict

TURNS = {"switching": measures.SWITCHES, "reading": measures.PAGE_TURNS}


@dataclass
class StepRow:
    """One line of the table."""

    step: dict[str, Any]
    errors: int
    kinds: list[tuple[Promise, int]]
    over: set[str]
    """Measures beyond their limit."""


@dataclass
class Trial:
    """A rehearsal with its sentences."""

    row: Rehearsal
    rows: list[StepRow]
    verdict: str | Promise
    is_good: bool
    """Whether the number of tablets asked for is served well."""
    trouble: str | Promise
    phase: str
    ready: int
    whole: int
    limits: dict[str, float]


def trial(row: Rehearsal) -> Trial:
    """The rehearsal as it stands now; one that nobody runs any more says so."""
    rows = [
        StepRow(
            step=step,
            errors=int(measures.reached(step, "errors")),
            kinds=verdict.failures(step),
            over=set(measures.broken(step)),
        )
        for step in row.steps
    ]
    killed = rules.is_abandoned(row, timezone.now())
    return Trial(
        row=row,
        rows=rows,
        verdict=verdict.verdict(row.steps) if rows else "",
        is_good=bool(rows) and measures.held(row.steps) >= row.tablets,
        trouble=verdict.TROUBLE["killed" if killed else row.trouble] if killed or row.trouble else "",
        phase=_phase(row),
        ready=int(row.doing.get("ready", 0)),
        whole=_whole(row),
        limits=measures.LIMITS,
    )


def _whole(row: Rehearsal) -> int:
    phase = row.doing.get("phase", "joining")
    return TURNS.get(phase, 0) or int(row.doing.get("tablets", row.tablets))


def _phase(row: Rehearsal) -> str:
    if row.is_stopping:
        return _("Stopping…")
    if row.state == Rehearsal.State.WAITING:
        return _("Waiting for the background work of the server…")
    facts = {"tablets": row.doing.get("tablets", row.tablets), "ready": row.doing.get("ready", 0)}
    facts["whole"] = _whole(row)
    if row.doing.get("phase") == "switching":
        return _("%(tablets)s tablets: the chair changes the item, time %(ready)s of %(whole)s") % facts
    if row.doing.get("phase") == "reading":
        return _("%(tablets)s tablets: all open a page, time %(ready)s of %(whole)s") % facts
    return _("%(ready)s of %(tablets)s tablets are in the room") % facts
