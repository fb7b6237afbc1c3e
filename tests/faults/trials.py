"""The long trials by name, in the order in which they run."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.faults import away, clocks, cuts, disk, hostile, kills, mutations, revocation, votes
from tests.faults.cuts import Tell
from tests.faults.ground import SCALE, SEED, Ground
from tests.faults.house import House

Trial = Callable[[Ground, Tell], dict[str, object]]
APPLICATION = "tests.faults.application:application"
HEARTBEAT = 10


def scaled(number: float, least: int = 1) -> int:
    """A number of the full length, or its part."""
    return max(least, round(number * SCALE))


@contextmanager
def house(ground: Ground, **how: Any) -> Iterator[House]:
    """Two web processes for one trial."""
    built = ground.house(**how)
    try:
        yield built
    finally:
        built.stop()


def unreliable_hints(ground: Ground, tell: Tell) -> dict[str, object]:
    """The layer between processes loses, doubles, delays and reorders 1, 10 and 30 % of its messages."""
    figures: dict[str, object] = {}
    for share in ("0.01", "0.1", "0.3"):
        with house(ground, FAULTY_LAYER=share, FAULTY_SEED=str(SEED)) as built:
            size = cuts.Size(clients=40, cuts=0, events=scaled(500, 100), pause=0.01)
            told = cuts.cut_lines(built, size, SEED, tell)
            figures[f"{float(share):.0%}"] = told
    return figures


def cut_lines(ground: Ground, tell: Tell) -> dict[str, object]:
    """Lines cut, stalled, half open, slow and torn."""
    full = cuts.LONG
    with house(ground) as built:
        size = replace(
            full, cuts=scaled(full.cuts), events=scaled(full.events, 200), bulk=scaled(full.bulk, 100)
        )
        return cuts.cut_lines(built, size, SEED, tell)


def kill_parts(ground: Ground, tell: Tell) -> dict[str, object]:
    """kill -9 of web processes, the worker, Redis, PostgreSQL."""
    with house(ground, worker=True) as built:
        size = replace(kills.LONG, kills=scaled(kills.LONG.kills, 10))
        return kills.kill_parts(built, size, SEED, tell, redis=ground.redis, postgresql=ground.postgresql)


def kill_casters(ground: Ground, tell: Tell) -> dict[str, object]:
    """kill -9 of processes that cast ballots."""
    with house(ground):
        return votes.kill_casters(scaled(200, 8), SEED, tell)


def redis_away(ground: Ground, tell: Tell) -> dict[str, object]:
    """Redis is gone for nine heartbeats."""
    with house(ground) as built:
        return away.without_redis(built, ground.redis, scaled(90, 15), SEED, tell)


def postgresql_away(ground: Ground, tell: Tell) -> dict[str, object]:
    """PostgreSQL is gone for a while."""
    with house(ground) as built:
        return away.without_postgresql(built, ground.postgresql, scaled(40, 8), SEED, tell)


def rights(ground: Ground, tell: Tell) -> dict[str, object]:
    """Rights are taken away while somebody looks."""
    with house(ground) as built:
        return revocation.revoke(built, ground.redis, HEARTBEAT)


def harm(ground: Ground, tell: Tell) -> dict[str, object]:
    """Clients that mean harm."""
    with house(ground) as built:
        size = replace(hostile.LONG, flood=scaled(hostile.LONG.flood, 5_000))
        return hostile.attack(built, size, SEED)


def full_disk(ground: Ground, tell: Tell) -> dict[str, object]:
    """The disk of files and database (SQLite) is full."""
    if os.geteuid():
        # Not passed over: whoever may not mount one names the other trials, FAULTS="cuts kills …".
        raise PermissionError("a small file system can be made by root only: this trial was not run")
    folder = ground.folder / "full"
    logs = ground.folder / "full-logs"
    logs.mkdir()
    with disk.small_disk(folder):
        return disk.run_in_own_process(folder, logs)


def wrong_clocks(ground: Ground, tell: Tell) -> dict[str, object]:
    """Clocks of devices and of servers are a quarter of an hour wrong."""
    clock = ground.folder / "clock"
    clock.write_text("0")
    with house(ground, application=APPLICATION, FAULTS_CLOCK=str(clock)) as built:
        return clocks.wrong_devices(built, SEED) | clocks.wrong_server(built, clock)


def changed_papers(ground: Ground, tell: Tell) -> dict[str, object]:
    """Files with bytes changed, cut and repeated."""
    with house(ground, worker=True, FILES_QUOTA_BYTES=str(1 << 40)) as built:
        return mutations.send_all(built, scaled(10_000, 100), SEED, tell)


TRIALS: dict[str, Trial] = {
    "hints": unreliable_hints,
    "rights": rights,
    "harm": harm,
    "clocks": wrong_clocks,
    "disk": full_disk,
    "redis": redis_away,
    "postgresql": postgresql_away,
    "kills": kill_parts,
    "votes": kill_casters,
    "papers": changed_papers,
    "cuts": cut_lines,
}
