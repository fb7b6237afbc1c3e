"""kill -9 at random moments: of web processes, the worker, Redis, PostgreSQL, one after the other."""

import random
import time
from dataclasses import dataclass

from django.db import connection

from tests.faults.crowd import Tablet, crowd
from tests.faults.cuts import Tell
from tests.faults.house import House
from tests.faults.laws import check_history, check_store
from tests.faults.papers import Librarian, check_papers
from tests.faults.parts import Postgresql, Redis
from tests.faults.rooms import make_room
from tests.faults.writers import Chair, Delegate, Secretary, Work


@dataclass(frozen=True)
class Size:
    """How much of it."""

    kills: int
    clients: int
    rest: float
    """Seconds, at most, from one kill to the next; the least is none."""
    pause: float
    """Seconds between two acts of one person."""
    seconds: float = 3600.0
    """After this no more is killed."""


SMALL = Size(kills=3, clients=6, rest=0.6, pause=0.05)
LONG = Size(kills=200, clients=30, rest=1.2, pause=0.05, seconds=420)


def kill_parts(
    house: House,
    size: Size,
    seed: int,
    tell: Tell,
    *,
    redis: Redis | None = None,
    postgresql: Postgresql | None = None,
) -> dict[str, object]:
    """The trial. Only the parts that are given, the web processes and the worker, if there is one, die."""
    rng = random.Random(seed)  # noqa: S311
    room = make_room(delegates=size.clients - 2)
    victims = ["web"] * 5 + ["worker"] * 2 * bool(house.worker)
    victims += (
        ["redis"] * 2 * bool(redis) + ["postgresql"] * 2 * bool(postgresql) + ["backend"] * bool(postgresql)
    )
    died: dict[str, int] = {}
    tablets = [
        Tablet(f"{role}-{number}", f"http://127.0.0.1:{house.ports[number % 2]}", room.ref, one.cookie, role)
        for role, sitters in room.sitters.items()
        for number, one in enumerate(sitters)
    ]
    people: list[Chair | Secretary | Delegate | Librarian] = [
        Chair(room, room.one("chair"), house.ports, random.Random(seed + 1)),  # noqa: S311
        Secretary(room, room.one("secretary"), house.ports, random.Random(seed + 2)),  # noqa: S311
        *[
            Delegate(room, sitter, house.ports, random.Random(seed + 10 + n))  # noqa: S311
            for n, sitter in enumerate(room.sitters["delegate"][:3])
        ],
    ]
    if house.worker:
        people.append(Librarian(room, room.one("secretary"), house.ports, random.Random(seed + 3)))  # noqa: S311
    with crowd(tablets, kind="meeting", watch=["stage"]) as tabs:
        tabs.wait_live(60)
        work = Work(people, pause=lambda who: size.pause * (40 if isinstance(who, Librarian) else 1))
        work.start()
        began = told_at = time.monotonic()
        for number in range(size.kills):
            if time.monotonic() - began > size.seconds:
                break
            time.sleep(rng.uniform(0, size.rest))
            work.check()
            victim = rng.choice(victims)
            died[victim] = died.get(victim, 0) + 1
            if victim == "web":
                web = rng.choice(house.webs)
                web.kill()
                time.sleep(rng.uniform(0, 0.5))
                web.start()
                if all(not one.is_up for one in house.webs):
                    web.wait()
            elif victim == "worker":
                assert house.worker is not None
                house.worker.kill()
            elif victim == "redis":
                assert redis is not None
                redis.kill()
                time.sleep(rng.uniform(0, 1.5))
                redis.start()
            elif postgresql is not None:
                postgresql.kill() if victim == "postgresql" else postgresql.kill_backend()
                time.sleep(rng.uniform(0, 1.0))
                if victim == "postgresql":
                    postgresql.start()
            if time.monotonic() - told_at > 15:
                told_at = time.monotonic()
                tell(f"{number + 1} of {size.kills} kills, {work.count} acts")
        done = sum(died.values())
        assert done >= size.kills // 3, f"only {done} of {size.kills} kills in {size.seconds} s"
        for web in house.webs:
            web.wait()
        time.sleep(1)
        confirmed = work.finish()
        if postgresql is not None:  # this process's own connections died with it
            connection.close()
            connection.close_pool()
        tabs.wait_equal(room.fresh, 60)
        report = tabs.report(history=True)
    assert not report["violations"], report["violations"][:5]
    figures: dict[str, object] = dict(check_store(room, confirmed))
    figures["moments checked"] = check_history(room, report["history"], whole=confirmed)
    if house.worker:
        figures["papers read"] = check_papers(room, confirmed)
    figures["kills"] = died
    figures["slowest act"] = f"{max(person.slowest for person in people):.1f} s"
    met: dict[str, int] = {}
    for person in people:
        for what, times in person.troubles.items():
            met[what] = met.get(what, 0) + times
    figures["met"] = met
    figures["sent again"] = sum(done.attempts - 1 for done in confirmed)
    return figures
