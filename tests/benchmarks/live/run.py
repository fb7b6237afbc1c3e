"""One run of the load generator, and what several of them say together."""

import contextlib
import json
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.live import place
from tests.benchmarks.live.servers import Server
from tools.install import say, stop

LONGEST = 120
"""Seconds a run may take in all before it is ended."""
STOLEN = 0.05
"""Share of the processors the host may take away during a run; with more, the run says nothing of servers."""
REPEATS = 4
"""How often a run is made again for that."""


@dataclass
class Run:
    """What came out of one run; times in ms."""

    server: str
    told: dict[str, Any]
    stolen: float = 0.0
    """Share of the processors' time the host gave to others; it counts as the servers' own use."""

    @property
    def cpu(self) -> float:
        """The server's CPU in ms per 1,000 deliveries."""
        return self.told["server_cpu_ms"] / max(self.told["got"], 1) * 1000

    @property
    def client_cpu(self) -> float:
        """The load generator's own."""
        return self.told["client_cpu_ms"] / max(self.told["got"], 1) * 1000

    @property
    def client_share(self) -> float:
        """How much of its processor the load generator used."""
        return self.told["client_cpu_ms"] / 1000 / max(self.told["span"], 0.001)

    def last(self, name: str) -> float:
        """Of the slowest socket of each update."""
        return float(self.told["last"].get(name, float("nan")))

    def each(self, name: str) -> float:
        return float(self.told["each"].get(name, float("nan")))

    @property
    def rss(self) -> float:
        """KB a connection."""
        return (self.told["rss_open"] - self.told["rss_before"]) / max(self.told["ready"], 1)

    @property
    def wrong(self) -> int:
        """Everything that must be 0: lost, doubled, out of order, holes, refused, thrown out."""
        names = ("lost", "doubled", "disordered", "holes", "refused", "closings")
        return sum(self.told[name] for name in names) + self.told["n"] - self.told["ready"]


def load(server: Server, **facts: object) -> Run:
    """Put a load on a server."""
    given = {"port": server.port, "pids": server.pids, **server.facts, **facts}
    command = [str(place.load_program()), *(f"{name}={value}" for name, value in given.items())]
    before = _ticks()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        place.pin(process.pid, place.processors()[1])
        try:
            told, problem = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            stop(f"A run against {server.name} did not end: {given}")
    if process.returncode:
        stop(f"A run against {server.name} failed: {problem.strip()}\n{server.log.read_text()[-1500:]}")
    passed, stolen = (after - earlier for after, earlier in zip(_ticks(), before, strict=True))
    return Run(server.name, json.loads(told), stolen / max(passed, 1))


@dataclass
class Ratio:
    """Of two things measured in turn: the median over the rounds, and how far the rounds spread."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> str:
        return f"{min(self.values):.2f}–{max(self.values):.2f}"


def ratio(over: Sequence[Run], under: Sequence[Run], figure: Callable[[Run], float]) -> Ratio:
    pairs = zip(over, under, strict=True)
    return Ratio([figure(a) / figure(b) if figure(b) else float("nan") for a, b in pairs])


def median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(figure(run) for run in runs)


def in_turn(rounds: int, *makers: Callable[[], Run]) -> list[list[Run]]:
    """Each maker once a round, the order turned round every time; a list of runs for each maker."""
    found: list[list[Run]] = [[] for _ in makers]
    for number in range(rounds):
        order = list(range(len(makers)))
        for index in order if number % 2 == 0 else reversed(order):
            found[index].append(_undisturbed(makers[index]))
    return found


def _undisturbed(maker: Callable[[], Run]) -> Run:
    """A run during which the host left the machine its processors; the last try, if there was none."""
    run = maker()
    for _ in range(REPEATS):
        if run.stolen <= STOLEN:
            break
        say(f"   {run.server}: the host took {run.stolen:.0%}, {run.wrong} were wrong; once more")
        time.sleep(5)
        run = maker()
    return run


def _ticks() -> tuple[int, int]:
    """Of all processors since the start of the machine: time in all, and time the host gave to others."""
    times = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return sum(times), times[7]


def wait_until_idle(server: Server, seconds: float = 10) -> None:
    """Until a server has dealt with the end of the run before, which is not to be counted to the next."""
    until = time.monotonic() + seconds
    calm = 0
    before = _cpu(server)
    while calm < 3 and time.monotonic() < until:
        time.sleep(0.1)
        now = _cpu(server)
        calm = calm + 1 if now - before < 0.01 else 0
        before = now


def _cpu(server: Server) -> float:
    """Seconds of CPU used by a server so far."""
    total = 0
    for pid in server.pids.split(","):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9
