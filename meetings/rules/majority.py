"""Counting, majorities and quorum in whole numbers. Pure; docs/ballots.md says which law asks for what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from meetings.models import MajorityBase, MajorityKind

SHARES = {
    MajorityKind.SIMPLE: (1, 2, True),
    MajorityKind.HALF: (1, 2, True),
    MajorityKind.TWO_THIRDS: (2, 3, False),
    MajorityKind.THREE_QUARTERS: (3, 4, False),
}
"""Numerator, denominator, and whether more than that is asked. `CUSTOM` brings its own."""

DECIDED = "decided"
"""The base of a simple majority: those who took a side."""

Choice = Mapping[str, int]
"""`{option: votes}` of one ballot; empty: a blank one."""


def votes_needed(of: int, *, numerator: int, denominator: int, more_than: bool) -> int:
    """The fewest votes out of `of` that reach the share; never less than one."""
    product = of * numerator
    return max(1, product // denominator + 1 if more_than else -(-product // denominator))


def quorum_needed(members: int, *, numerator: int, denominator: int) -> int:
    """How many members must be present; 0 when no quorum is asked."""
    return (
        0
        if not numerator
        else votes_needed(members, numerator=numerator, denominator=denominator, more_than=False)
    )


@dataclass(frozen=True)
class Count:
    """What the ballots say together."""

    ballots: int
    votes_cast: int
    votes_decided: int
    """Without blank ballots and without a motion's "no opinion"."""
    counts: dict[str, int]
    are_alike: bool
    """Whether every ballot says the same, so that the totals show how each person voted."""


def count(options: Collection[str], ballots: Iterable[tuple[Choice, int]], *, undecided: str = "") -> Count:
    """Add up `(choice, weight)` pairs. `undecided` is the option that takes no side."""
    counts = dict.fromkeys(options, 0)
    number = cast = decided = 0
    seen = set()
    for choice, weight in ballots:
        number += 1
        cast += weight
        if any(votes and option != undecided for option, votes in choice.items()):
            decided += weight
        for option, votes in choice.items():
            counts[option] += votes * weight
        seen.add(tuple(sorted(choice.items())))
    return Count(number, cast, decided, counts, len(seen) <= 1)


def base_of(base: str, *, decided: int, cast: int, present: int, members: int) -> int:
    """What the majority is a share of."""
    return {
        DECIDED: decided,
        MajorityBase.CAST: cast,
        MajorityBase.PRESENT: present,
        MajorityBase.ALL: members,
    }[base]


def elect(counts: Mapping[str, int], *, places: int, need: int) -> tuple[list[str], list[str]]:
    """Who is elected and who is tied: the most votes first, nobody below `need`.

    Options with equal votes that do not all fit into the places left are named as tied and none of them is
    elected: the chair decides how to go on, not the order of the alphabet.
    """
    elected: list[str] = []
    for votes in sorted({votes for votes in counts.values() if votes >= need}, reverse=True):
        level = [option for option, got in counts.items() if got == votes]
        left = places - len(elected)
        if left <= 0:
            break
        if len(level) > left:
            return elected, level
        elected += level
    return elected, []
