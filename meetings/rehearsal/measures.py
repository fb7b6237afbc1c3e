"""What a rehearsal measures, when a step counts as passed, and what the steps together say. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

FEWEST = 1
MOST = 2000
"""Tablets one machine simulates at all."""
SECONDS = 240
"""Of a whole rehearsal; what is finished by then counts."""
BYTES = 4 * 1024**3
"""Downloaded by all tablets together, in all steps."""
SWITCHES = 4
PAGE_TURNS = 2
PAPER_PAGES = 12

LIMITS: dict[str, float] = {"errors": 0, "screen": 6.0, "switch": 2.0, "page": 3.0}
"""Errors at all; seconds until 95 of 100 tablets show the room, until the last one has changed to another
item, until 95 of 100 have a page that all ask for at once. The order is that in which they are looked at."""

TROUBLES = ("unreachable", "stranger", "late", "killed", "broken")
"""Nothing answers at the address; something else answers; out of time before the first step was done; the
process that ran it died; an error of our own."""


def spread(values: Iterable[float]) -> dict[str, float]:
    """p50, p95 and the greatest of some seconds, to the millisecond; nothing measured is {}."""
    ordered = sorted(values)
    if not ordered:
        return {}

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {"p50": at(0.5), "p95": at(0.95), "max": round(ordered[-1], 3)}


def reached(step: Mapping[str, Any], measure: str) -> float:
    """What a finished step shows of a measure of `LIMITS`; nothing measured counts as beyond it."""
    if measure == "errors":
        return float(sum(step["errors"].values()))
    part = "max" if measure == "switch" else "p95"
    return float(step[measure].get(part, LIMITS[measure] + 1))


def broken(step: Mapping[str, Any]) -> list[str]:
    """The measures of `LIMITS` that a finished step is beyond."""
    return [measure for measure, limit in LIMITS.items() if reached(step, measure) > limit]


def next_step(tablets: int, most: int, steps: Sequence[Mapping[str, Any]]) -> int | None:
    """How many tablets come next: the number asked for, then twice as many up to `most`; None at the end."""
    if not steps:
        return tablets
    last = steps[-1]
    if broken(last) or last["tablets"] >= most:
        return None
    return min(int(last["tablets"]) * 2, most)


def held(steps: Collection[Mapping[str, Any]]) -> int:
    """The greatest number of tablets that stayed within every limit, 0 if even the first did not."""
    return max((int(step["tablets"]) for step in steps if not broken(step)), default=0)


def first_broken(steps: Sequence[Mapping[str, Any]]) -> str:
    """The measure that went beyond its limit first, "" when none did."""
    for step in steps:
        if over := broken(step):
            return over[0]
    return ""
