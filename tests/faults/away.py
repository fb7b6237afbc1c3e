"""Redis and PostgreSQL away for a while: the room goes on without the one, and comes back after the other."""

import random
import time
from collections.abc import Callable

from django.db import connection

from meetings.models import Role
from tests.faults.crowd import Tablet, crowd
from tests.faults.house import House
from tests.faults.laws import check_history, check_store
from tests.faults.parts import Postgresql, Redis
from tests.faults.rooms import Room, make_room
from tests.faults.writers import Chair, Delegate, Secretary, Work

Tell = Callable[[str], None]
BACK_AFTER = 10.0
"""Seconds after which everything is as before once a part is back."""


def _work(room: Room, house: House, seed: int) -> Work:
    people = [
        Chair(room, room.one(Role.CHAIR), house.ports, random.Random(seed)),  # noqa: S311
        Secretary(room, room.one(Role.SECRETARY), house.ports, random.Random(seed + 1)),  # noqa: S311
        Delegate(room, room.one(Role.DELEGATE), house.ports, random.Random(seed + 2)),  # noqa: S311
    ]
    return Work(people, pause=lambda _: 0.25)


def _tablets(room: Room, house: House) -> list[Tablet]:
    return [
        Tablet(
            f"{role}-{n}", f"http://127.0.0.1:{house.ports[n % len(house.ports)]}", room.ref, one.cookie, role
        )
        for role, sitters in room.sitters.items()
        for n, one in enumerate(sitters)
    ]


def without_redis(house: House, redis: Redis, seconds: float, seed: int, tell: Tell) -> dict[str, object]:
    """Everybody stays connected and up to date within two seconds; the log says it once; hints come back."""
    room = make_room(delegates=20)
    already = house.logs().count("The live layer is away")
    with crowd(_tablets(room, house), kind="meeting", watch=["stage"]) as tabs:
        tabs.wait_live(60)
        work = _work(room, house, seed)
        work.start()
        time.sleep(2)
        redis.kill()
        until = time.monotonic() + seconds
        worst = 0.0
        try:
            time.sleep(min(5.0, seconds / 2))  # until the silence is noticed
            while time.monotonic() < until:
                work.check()
                worst = max(worst, _lag(room, tabs))
                tell(
                    f"{until - time.monotonic():.0f} s left, {work.count} acts, furthest behind {worst:.1f} s"
                )
                time.sleep(min(5.0, max(0.0, until - time.monotonic())))
        finally:
            redis.start()
        time.sleep(BACK_AFTER)
        # A second of reading the database at most: hints are quicker than that again.
        quick = min(_lag(room, tabs) for _ in range(5))
        confirmed = work.finish()
        tabs.wait_equal(room.fresh, 20)
        report = tabs.report(history=True)
    assert worst < 5, f"without Redis a tablet was {worst:.1f} s behind"
    assert all(one["opened"] == 1 for one in report["tablets"]), (
        "somebody was disconnected because Redis was away"
    )
    assert not report["violations"], report["violations"][:5]
    check_store(room, confirmed)
    said = house.logs().count("The live layer is away") - already
    assert 1 <= said <= len(house.webs) * 2, f"the log says {said} times that the layer is away"
    assert "Traceback" not in house.logs()
    moments = check_history(room, report["history"], whole=confirmed)
    slowest = max(who.slowest for who in work.writers)
    return {
        "acts": len(confirmed),
        "furthest behind": f"{worst:.1f} s",
        "behind when back": f"{quick:.2f} s",
        "slowest act": f"{slowest:.1f} s",
        "lines in the log": said,
        "moments checked": moments,
    }


def _lag(room: Room, tabs: object) -> float:
    """Seconds until every tablet has at least the revision of now."""
    room.meeting.refresh_from_db()
    revision, began = room.meeting.revision, time.monotonic()
    tabs.wait(  # type: ignore[attr-defined]
        lambda seen: all(one["revision"] >= revision for one in seen), 30, "all have the revision of now"
    )
    return time.monotonic() - began


def without_postgresql(
    house: House, postgresql: Postgresql, seconds: float, seed: int, tell: Tell
) -> dict[str, object]:
    """Nothing confirmed is lost, screens stay as they are, and soon after its return acts are done again."""
    room = make_room(delegates=10)
    with crowd(_tablets(room, house), kind="meeting", watch=["stage"]) as tabs:
        tabs.wait_live(60)
        work = _work(room, house, seed)
        work.start()
        time.sleep(2)
        before = work.count
        postgresql.kill()
        tell(f"PostgreSQL is away for {seconds:.0f} s")
        time.sleep(seconds)
        during = work.count - before
        postgresql.start()
        connection.close()
        connection.close_pool()
        began, count = time.monotonic(), work.count
        while work.count < count + 5:
            work.check()
            time.sleep(0.05)
            assert time.monotonic() - began < 60, "nobody gets an answer although the database is back"
        back = time.monotonic() - began
        confirmed = work.finish()
        tabs.wait_equal(room.fresh, 30)
        report = tabs.report(history=True)
    assert during <= len(work.writers), "acts were confirmed without a database"
    assert not report["violations"], report["violations"][:5]
    check_store(room, confirmed)
    check_history(room, report["history"], whole=confirmed)
    met: dict[str, int] = {}
    for who in work.writers:
        for what, times in who.troubles.items():
            met[what] = met.get(what, 0) + times
    assert back <= BACK_AFTER, f"five acts took {back:.1f} s after the database was back (met {met})"
    return {"acts again after": f"{back:.1f} s", "met": met}
