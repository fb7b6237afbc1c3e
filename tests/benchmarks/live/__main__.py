"""`make bench-live`: our engine beside nchan, Node's ws and the tutorial of Channels.

Prints every group of runs, then the table of goals, then one line of JSON. Exit code 0 when everything ran,
whether or not the goals are met. `--quick` is for working: few rounds, small halls, no verdict worth quoting.
"""

import argparse
import contextlib
import datetime
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.benchmarks.live import place, servers
from tests.benchmarks.live import votes as ballots
from tests.benchmarks.live.house import SEATS, House, furnished
from tests.benchmarks.live.report import Report
from tests.benchmarks.live.run import Run, in_turn, load, median, ratio, wait_until_idle
from tests.benchmarks.live.servers import Server
from tools.install import say, stop

OPEN_FILES = 8192


@dataclass
class Size:
    """How much is done."""

    rounds: int
    seconds: float
    hall: int
    halls: tuple[int, ...]
    burst: int
    commands: int


FULL = Size(rounds=5, seconds=4, hall=1000, halls=(500, 2000), burst=300, commands=20)
QUICK = Size(rounds=2, seconds=2, hall=200, halls=(100,), burst=300, commands=5)


@dataclass
class Bench:
    """The servers that are up, the house behind ours, and where results go."""

    size: Size
    report: Report
    ours: Server
    nchan: Server
    ws: Server
    tutorial: Server
    house: House

    def run(self, server: Server, **facts: object) -> Run:
        wait_until_idle(server)
        return load(server, **facts)

    def maker(self, server: Server, **facts: object) -> Callable[[], Run]:
        return lambda: self.run(server, **facts)


def show_a_hole() -> None:
    """An instrument that cannot see what is missing, doubled or out of order proves nothing."""
    with servers.ws(cheat=True) as cheat:
        told = load(cheat, n=10, updates=10, rate=50, limit=3).told
    seen = (told["lost"], told["doubled"], told["disordered"])
    if seen != (1, 1, 1):
        stop(f"The load generator was shown one loss, one double and one swap and saw {seen}.")
    say("The load generator was shown one loss, one double and one swap, and saw them.")


def exactness(bench: Bench) -> None:
    """Nothing lost, doubled or out of order, whatever happens to the connections."""
    size, report = bench.size, bench.report
    wrong = 0
    for n in (50, *size.halls):
        rate = 10 if n <= 1000 else 5
        run = bench.run(bench.ours, n=n, updates=20, rate=rate, bytes=1024)
        wrong += report.run(f"{n} sockets", run, rate).wrong
    report.row("lost, doubled, out of order: 50 to 2,000 sockets", wrong, "0", wrong == 0)
    wrong = 0
    for n, cut in ((50, 0), (50, 10), (500, 100)):
        run = bench.run(bench.ours, n=n, updates=size.burst, rate=2000, bytes=150, cut=cut)
        cuts = f", {run.told['reconnects']} cut and back in the middle" if cut else ""
        wrong += report.run(f"burst to {n}{cuts}", run, 2000).wrong
        wrong += run.told["reconnects"] != cut
    report.row("… in a burst of 300, with reconnects in its middle", wrong, "0", wrong == 0)


def fan_out(bench: Bench) -> None:
    """The slowest tablet and what a delivery costs, beside nchan and ws."""
    size, report = bench.size, bench.report
    servers_ = (bench.ours, bench.nchan, bench.ws)
    for n in (size.hall, *size.halls):
        rate = 10 if n <= 1000 else 5
        updates = int(size.seconds * rate) if n == size.hall else int(size.seconds * rate / 2)
        rounds = size.rounds if n == size.hall else min(size.rounds, 3)
        runs = in_turn(rounds, *(bench.maker(s, n=n, updates=updates, rate=rate) for s in servers_))
        for some in runs:
            report.runs(f"{some[0].server}, {n} sockets", some, rate)
        ours, nchan, ws = runs
        if n == size.hall:
            for name, peer, limit50, limit99 in (("nchan", nchan, 1.2, 1.4), ("ws", ws, 1.2, 1.0)):
                for point, limit in (("p50", limit50), ("p99", limit99)):
                    found = ratio(ours, peer, lambda run, point=point: run.last(point))
                    report.ratio(f"slowest of {n} sockets, {point}, to {name}", found, limit)
        for name, peer, limit in (("nchan", nchan, 1.3), ("ws", ws, 1.0)):
            found = ratio(ours, peer, lambda run: run.cpu)
            report.ratio(f"CPU of 1,000 deliveries at {n}, to {name}", found, limit)
        wrong = sum(run.wrong for run in ours)
        report.row(f"… and lost, doubled, out of order at {n}", wrong, "0", wrong == 0)


def beside_the_tutorial(bench: Bench) -> None:
    """At a load the tutorial can hold."""
    facts = {"n": 100, "rate": 5, "updates": int(bench.size.seconds * 5)}
    makers = (bench.maker(bench.ours, **facts), bench.maker(bench.tutorial, **facts))
    ours, tutorial = in_turn(bench.size.rounds, *makers)
    for some in (ours, tutorial):
        bench.report.runs(f"{some[0].server}, 100 sockets", some, 5)
    found = ratio(ours, tutorial, lambda run: run.cpu)
    bench.report.ratio("CPU of 1,000 deliveries at 100, to the tutorial", found, 0.1)


def storm(bench: Bench) -> None:
    """A whole hall comes back at once and wants everything: after a restart, and to a server that is warm."""
    n, report = bench.size.hall, bench.report

    def fresh(start: Callable[[], contextlib.AbstractContextManager[Server]], **facts: object) -> Run:
        with start() as server:
            return bench.run(server, n=n, storm=1, **facts)

    house = bench.house
    ours, ws = in_turn(
        bench.size.rounds,
        lambda: fresh(lambda: servers.ours(house.env, house.cookies)),
        lambda: fresh(servers.ws, path="/snapshot"),
    )
    for some in (ours, ws):
        report.storm(f"{some[0].server}, {n} to a fresh server, 20 KB each", some)
    warm_ours, warm_ws = in_turn(
        bench.size.rounds,
        bench.maker(bench.ours, n=n, storm=1),
        bench.maker(bench.ws, n=n, storm=1, path="/snapshot"),
    )
    for some in (warm_ours, warm_ws):
        report.storm(f"{some[0].server}, {n} to a warm server, 20 KB each", some)
    found = ratio(ours, ws, lambda run: run.told["ramp"])
    report.ratio(f"storm of {n} with 20 KB each after a restart, to ws", found, 4)
    found = ratio(warm_ours, warm_ws, lambda run: run.told["ramp"])
    report.ratio("… when both have served before, to ws", found, 4)
    report.measure("memory of a connection, KB", median(ours, lambda run: run.rss), 40)
    wrong = sum(run.wrong for run in [*ours, *warm_ours])
    report.row("… turned away or without their snapshot", wrong, "0", wrong == 0)


def dead_tablets(bench: Bench) -> None:
    """One in twenty never reads."""
    dead = 5
    facts = {"n": 100, "rate": 15, "updates": int(15 * max(bench.size.seconds, 5) * 1.5), "bytes": 60_000}
    makers = (bench.maker(bench.ours, **facts, dead=dead), bench.maker(bench.ours, **facts))
    with_them, without = in_turn(bench.size.rounds, *makers)
    bench.report.runs(f"{dead} of 100 never read, 60 KB", with_them, 15)
    bench.report.runs("all of 100 read, 60 KB", without, 15)
    found = ratio(with_them, without, lambda run: run.each("p99"))
    bench.report.ratio("5 % never read: p99 of the others, to without them", found, 1.25)
    grown = median(with_them, lambda run: (run.told["rss_end"] - run.told["rss_open"]) / dead)
    bench.report.measure("… memory kept for each that never reads, KB", grown, 512)
    wrong = sum(run.wrong for run in with_them)
    bench.report.row("… lost, doubled, out of order for the others", wrong, "0", wrong == 0)


def audiences(bench: Bench) -> None:
    """Three kinds of seat, three projections."""
    n = bench.size.hall
    facts = {"n": n, "rate": 10, "updates": int(bench.size.seconds * 10)}
    three = {"path": "/live/board/three/", "pubpath": "/chair/three"}
    makers = (bench.maker(bench.ours, **facts, **three), bench.maker(bench.ours, **facts))
    some, one = in_turn(bench.size.rounds, *makers)
    bench.report.runs(f"three audiences, {n} sockets", some, 10)
    bench.report.runs(f"one audience, {n} sockets", one, 10)
    found = ratio(some, one, lambda run: run.cpu)
    bench.report.ratio("CPU with three audiences, to one", found, 1.1)


def commands(bench: Bench) -> None:
    """The chair's tap: a POST through every layer, a transaction, and 500 tablets that show it."""
    size = bench.size
    meeting = f"/live/meeting/{bench.house.meeting}/"

    def command() -> Run:
        bodies, values = bench.house.next_commands(size.commands)
        return bench.run(
            bench.ours, n=SEATS, rate=2, updates=size.commands, path=meeting,
            marker='"current":', values=values, bodies=bodies, http=1,
            pubpath=f"/hop/{bench.house.meeting}/lenh/go_to_item/", settle=4,
            pubcookie=bench.house.chair_headers,
        )  # fmt: skip

    def poke() -> Run:
        return bench.run(bench.ours, n=SEATS, rate=2, updates=size.commands, bytes=5000, settle=1)

    real, bare = in_turn(size.rounds, command, poke)
    bench.report.runs(f"go_to_item in a meeting of {SEATS} seats", real, 2)
    bench.report.answers("… the chair's own answer", real)
    bench.report.runs(f"a hint alone, {SEATS} sockets, 5 KB", bare, 2)
    name = f"command (POST to the last of {SEATS} tablets), p95, ms"
    bench.report.measure(name, median(real, lambda run: run.last("p95")), 400)
    found = median(bare, lambda run: run.last("p95"))
    bench.report.note(f"… a hint alone in the same rounds, p95, ms: {found:.1f}")
    wrong = sum(run.wrong for run in real)
    bench.report.row("… lost, doubled, out of order", wrong, "0", wrong == 0)


def idle(bench: Bench) -> None:
    """What a hall costs that only says it is alive: beats both ways, sessions and doors looked at again."""
    n, seconds = bench.size.hall, 12 if bench.size is FULL else 3
    run = bench.run(bench.ours, n=n, idle=seconds, beats=1)
    share = run.told["idle_cpu_ms"] / seconds / 10
    bench.report.note(f"{n} tablets at rest, beats and doors: {share:.1f} % of a processor")


def votes(bench: Bench) -> None:
    """Everybody votes while every tablet is connected and follows how many have voted."""
    meeting = f"/live/meeting/{bench.house.meeting}/"
    for form in ("named", "secret"):
        facts = {"n": SEATS, "idle": 16, "beats": 1, "path": meeting}
        with ThreadPoolExecutor(1) as hall:
            watching = hall.submit(lambda: bench.run(bench.ours, **facts))  # noqa: B023
            time.sleep(4)
            told = ballots.hold(bench.house, bench.ours.port, form)
            hosted = watching.result()
        bench.report.measure(f"{told.asked} {form} votes in 10 s, p95 of the answer, ms", told.p95, 300)
        bench.report.row("… lost, doubled, taken after the close", told.wrong, "0", told.wrong == 0)
        bench.report.note(f"… of the processors the host took {hosted.stolen:.0%}")


PARTS: dict[str, Callable[[Bench], None]] = {
    part.__name__: part
    for part in (
        exactness,
        fan_out,
        beside_the_tutorial,
        storm,
        dead_tablets,
        audiences,
        commands,
        idle,
        votes,
    )
}


@contextlib.contextmanager
def everything(size: Size) -> Iterator[Bench]:
    with furnished() as house, contextlib.ExitStack() as stack:
        yield Bench(
            size,
            Report(),
            stack.enter_context(servers.ours(house.env, house.cookies)),
            stack.enter_context(servers.nchan()),
            stack.enter_context(servers.ws()),
            stack.enter_context(servers.tutorial()),
            house,
        )


def raise_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < OPEN_FILES:
        stop(f"This needs {OPEN_FILES} open files a process, and the system allows {hard} (ulimit -Hn).")
    if soft < OPEN_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, hard))


def stop_on_signal(signum: int, frame: object) -> None:
    stop("Stopped.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-live", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, small halls")
    parser.add_argument("--rounds", type=int, help="rounds of each comparison (5)")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)} (all)")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, stop_on_signal)
    size = QUICK if given.quick else FULL
    if given.rounds:
        size.rounds = given.rounds
    began = time.monotonic()
    raise_open_files()
    place.prepare()
    day = datetime.datetime.now().astimezone()
    say(f"Live bench · commit {place.commit()} · {day:%d %B %Y, %H:%M} · {os.cpu_count()} processors")
    show_a_hole()
    with everything(size) as bench:
        for name, part in PARTS.items():
            if not given.parts or name in given.parts:
                part(bench)
    bench.report.end("live", time.monotonic() - began)


if __name__ == "__main__":
    main()
    sys.exit(0)
