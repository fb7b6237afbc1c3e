"""Devices and servers whose clocks are wrong: shown time stays right, and nobody is taken for gone."""

import random
import time
from pathlib import Path

from meetings.models import Presence, Role
from tests.faults.crowd import Tablet, crowd
from tests.faults.house import House
from tests.faults.proxy import network
from tests.faults.rooms import make_room
from tests.faults.writers import Chair

RIGHT_TO = 250
"""Milliseconds by which shown time may differ from the server's."""
QUARTER = 15 * 60


def wrong_devices(house: House, seed: int) -> dict[str, object]:
    """Devices a quarter of an hour early and late, over a line with a delay, set right in the middle."""
    room = make_room(delegates=3)
    worst = 0.0
    with network(house.ports, seed) as net:
        base = f"http://127.0.0.1:{net.ports[0]}"
        tablets = [
            Tablet(f"d-{n}", base, room.ref, one.cookie) for n, one in enumerate(room.sitters[Role.DELEGATE])
        ]
        for skew in (-QUARTER * 1000, QUARTER * 1000):
            with crowd(tablets, kind="meeting", skew=skew) as tabs:
                tabs.wait_live()
                worst = max(worst, _error(tabs))
                tabs.ask("shift", ms=0)  # somebody sets the device's clock
                time.sleep(2.5)
                worst = max(worst, _error(tabs))
    assert worst <= RIGHT_TO, f"shown time was wrong by {worst:.0f} ms"
    return {"worst error of shown time": f"{worst:.0f} ms"}


def _error(tabs: object) -> float:
    """The crowd and the server run on one machine, so the right answer is this machine's time."""
    found = tabs.report()["tablets"]  # type: ignore[attr-defined]
    return max(abs(one["clock"]) for one in found)


def wrong_server(house: House, clock: Path) -> dict[str, object]:
    """The clock of a server jumps a quarter of an hour, forward and back, while everybody is there.

    The house was built with FAULTS_CLOCK = `clock`.
    """
    room = make_room(delegates=4)
    ports = house.ports
    tablets = [
        Tablet(f"d-{n}", f"http://127.0.0.1:{ports[n % len(ports)]}", room.ref, one.cookie)
        for n, one in enumerate(room.sitters[Role.DELEGATE])
    ]
    chair = Chair(room, room.one(Role.CHAIR), ports, random.Random(1))  # noqa: S311
    figures: dict[str, object] = {}
    try:
        with crowd(tablets, kind="meeting", watch=["stage"]) as tabs:
            tabs.wait_live()
            for shift in (QUARTER, -QUARTER, 0):
                clock.write_text(str(shift))
                for _ in range(4):
                    chair.act()
                    time.sleep(0.2)
                tabs.wait_equal(room.fresh, 20)
                # What counts down on the screen counts to the server's clock, whatever that says.
                tabs.wait(
                    lambda seen, shift=shift: all(
                        abs(one["clock"] - shift * 1000) <= RIGHT_TO for one in seen
                    ),
                    25,  # the next beat but one
                    f"shown time follows a server that is {shift} s off",
                )
                present = set(
                    Presence.objects.filter(seat__meeting=room.meeting).values_list(
                        "seat__person_id", flat=True
                    )
                )
                figures[f"present at {shift:+} s"] = len(present)
            report = tabs.report()
        assert all(one["opened"] == 1 for one in report["tablets"]), "somebody was sent away by a clock"
        assert not report["violations"], report["violations"][:5]
    finally:
        clock.write_text("0")
        chair.hang_up()
    return figures
