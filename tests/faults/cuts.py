"""Lines that are cut, stalled, half open, slow and torn, while a meeting goes on."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.bulk import Bulk
from tests.faults.crowd import Tablet, crowd
from tests.faults.house import House
from tests.faults.laws import check_history, check_store
from tests.faults.proxy import Network, Proxy, network
from tests.faults.rooms import make_room
from tests.faults.writers import Chair, Delegate, Presenter, Secretary, Work

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much of it."""

    clients: int
    cuts: int
    """How often each client's line is broken, on average."""
    events: int
    speakers: int = 2
    presenters: int = 1
    """Who turn pages beside the chair."""
    bulk: int = 0
    """How many of the events come in bursts from another process, not over HTTP."""
    pause: float = 0.02
    """Seconds between two acts of the chair; the others act less often."""
    step: float = 1.0
    """Seconds between two faults of the network."""


SMALL = Size(clients=8, cuts=3, events=80, pause=0.01, step=0.2)
LONG = Size(clients=200, cuts=30, events=10_000, presenters=1, bulk=9_000, pause=0.1)


def cut_lines(house: House, size: Size, seed: int, tell: Tell) -> dict[str, object]:
    """The trial. Raises AssertionError at the first violation; returns figures."""
    rng = random.Random(seed)  # noqa: S311
    room = make_room(delegates=size.clients - 4, observers=2)
    with network(house.ports, seed) as net:
        bases = [f"http://127.0.0.1:{port}" for port in net.ports]
        tablets = [
            Tablet(f"{role}-{number}", bases[number % len(bases)], room.ref, sitter.cookie, role)
            for role, sitters in room.sitters.items()
            for number, sitter in enumerate(sitters)
        ]
        with crowd(tablets, kind="meeting", watch=["stage", "agenda", "meeting"]) as tabs:
            tabs.wait_live(90)
            work = Work(
                [
                    Chair(room, room.one("chair"), house.ports, random.Random(seed + 1)),  # noqa: S311
                    Secretary(room, room.one("secretary"), house.ports, random.Random(seed + 2)),  # noqa: S311
                    *[
                        Presenter(room, room.one("secretary"), house.ports, random.Random(seed + 90 + n))  # noqa: S311
                        for n in range(size.presenters)
                    ],
                    *[
                        Delegate(room, sitter, house.ports, random.Random(seed + 3 + n))  # noqa: S311
                        for n, sitter in enumerate(room.sitters["delegate"][: size.speakers])
                    ],
                ],
                pause=lambda who: (
                    size.pause if isinstance(who, Chair | Presenter) else max(size.pause * 20, 0.3)
                ),
                limit=size.events - size.bulk,
            )
            bulk = Bulk(house, room, size.bulk, seed) if size.bulk else None
            work.start()
            wanted = size.clients * size.cuts
            broken = 0
            told_at = time.monotonic()
            while broken < wanted or not work.is_over or (bulk and not bulk.is_over):
                work.check()
                count = work.count + (len(bulk.confirmed) if bulk else 0)
                time.sleep(size.step * rng.uniform(0.5, 1.5))
                if broken < wanted:
                    # Faults are spread over the events, so that neither is over long before the other.
                    due = wanted * min(1.0, count / size.events) - broken
                    share = max(due, 1) / size.clients / len(net.proxies)
                    for proxy in net.proxies:
                        broken += _break(net, proxy, min(share, 0.5), rng)
                if rng.random() < 0.15:
                    tabs.ask("check")  # some wake up, and look for themselves
                if time.monotonic() - told_at > 15:
                    told_at = time.monotonic()
                    tell(f"{count} of {size.events} acts, {broken} of {wanted} cuts")
            confirmed = [*work.finish(), *(bulk.finish() if bulk else [])]
            for proxy in net.proxies if wanted else ():
                net.call(proxy.cut, 1.0)
            said = tabs.wait_equal(room.fresh, 60)
            report = tabs.report(history=True)
    assert not report["violations"], report["violations"][:5]
    figures = check_store(room, confirmed)
    checked = check_history(room, report["history"], whole=confirmed)
    assert checked > len(confirmed) // 50, f"only {checked} moments were seen"
    opened = sum(one["opened"] for one in said["tablets"])
    frames = sum(one["frames"] for one in said["tablets"])
    return {**figures, "cuts": broken, "connections": opened, "frames": frames, "moments checked": checked}


def _break(net: Network, proxy: Proxy, share: float, rng: random.Random) -> int:
    """One fault of a random sort on a part of a proxy's lines."""
    call = net.call
    sort = rng.random()
    if sort < 0.55:
        return int(call(proxy.cut, share))
    if sort < 0.70:
        return int(call(proxy.stall, share, rng.uniform(0.2, 3.0)))
    if sort < 0.80:
        return int(call(proxy.half_open, share, rng.choice(["up", "down"])))
    if sort < 0.90:
        return int(call(proxy.slow, share, rng.uniform(20_000, 200_000)))
    return int(call(proxy.trickle, share))
