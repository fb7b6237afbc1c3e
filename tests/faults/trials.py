"""The long trials by name, in the order in which they run."""

from collections.abc import Callable
from dataclasses import replace

from tests.faults import cuts, kills
from tests.faults.cuts import Tell
from tests.faults.ground import SCALE, SEED, Ground

Trial = Callable[[Ground, Tell], dict[str, object]]


def scaled(number: int, least: int = 1) -> int:
    """A number of the full length, or its part."""
    return max(least, round(number * SCALE))


def cut_lines(ground: Ground, tell: Tell) -> dict[str, object]:
    """Lines cut, stalled, half open, slow and torn."""
    house = ground.house()
    full = cuts.LONG
    size = replace(full, cuts=scaled(full.cuts), events=scaled(full.events, 200))
    try:
        return cuts.cut_lines(house, size, SEED, tell)
    finally:
        house.stop()


def kill_parts(ground: Ground, tell: Tell) -> dict[str, object]:
    """kill -9 of web processes, the worker, Redis, PostgreSQL."""
    house = ground.house(worker=True)
    size = replace(kills.LONG, kills=scaled(kills.LONG.kills, 10))
    try:
        return kills.kill_parts(house, size, SEED, tell, redis=ground.redis, postgresql=ground.postgresql)
    finally:
        house.stop()


TRIALS: dict[str, Trial] = {"cuts": cut_lines, "kills": kill_parts}
