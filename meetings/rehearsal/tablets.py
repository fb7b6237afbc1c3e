"""The program of the simulated tablets, told and telling by JSON lines.

The first line says where the room is, every further line asks for one step with so many tablets; each step is
a hall that fills, follows the chair and reads, and empties again. It ends when nobody speaks to it any more.
It follows no redirect and asks one address only.
"""

import asyncio
import contextlib
import json
import os
import random
import re
import sys
import time
import uuid
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from meetings.rehearsal import machine
from meetings.rehearsal.measures import BYTES, PAGE_TURNS, SWITCHES, spread
from meetings.rehearsal.web import PATIENCE, Address, Answer, Browser
from meetings.rehearsal.websocket import Line, handshake

SNAPSHOT = re.compile(rb'id="room-snapshot"[^>]*>\{"epoch": "([^"]+)", "revision": (\d+)')
HEAD = re.compile(rb'^\{"t":"(\w+)"')
REVISION = re.compile(rb'"revision":(\d+)')
SINCE = re.compile(rb'"since":(\d+)')
HEAD_BYTES = 200
ARRIVAL = 5.0
"""Seconds over which a full hall comes in, as after a moment without Wi-Fi; a small one is quicker."""
BEAT = 10.0
QUIET = 1.3
SWITCH_PATIENCE = 6.0
BUSY_PAUSE = 0.5

now = time.monotonic


class NotOurs(Exception):
    """What answers at the address is not the site that started this."""


class Tablet:
    """One seat: its session, its kept connection, its line."""

    def __init__(self, hall: "Hall", session: str) -> None:
        self.hall = hall
        self.session = session
        self.browser = Browser(hall.address, hall.headers(session))
        self.line: Line | None = None
        self.epoch, self.revision = "", -1
        self.is_leaving = False
        self.heard: list[tuple[int, float]] = []
        self.first = asyncio.get_running_loop().create_future()

    async def enter(self) -> float:
        """The room's page, then its line and the first page of the paper; seconds until all is on screen."""
        began = now()
        page = await self.browser.get(self.hall.paths["room"])
        found = SNAPSHOT.search(page.body)
        if page.status != 200 or found is None:
            raise NotOurs
        self.epoch, self.revision = found[1].decode(), int(found[2])
        await asyncio.gather(self.join(), self.read(1))
        return now() - began

    async def join(self) -> None:
        """Open the line and say what the page brought."""
        headers = {**self.hall.headers(self.session), "Host": self.hall.address.netloc}
        address = self.hall.address
        async with asyncio.timeout(PATIENCE):
            _transport, self.line = await asyncio.get_running_loop().create_connection(
                lambda: Line(handshake(self.hall.paths["socket"], headers), self.hear, self.lost),
                address.host,
                address.port,
                ssl=address.tls,
            )
            await self.line.opened
            self.resume()
            self.beat()
            await self.first

    def resume(self) -> None:
        if self.line is not None:
            self.line.say(json.dumps({"t": "resume", "epoch": self.epoch, "revision": self.revision}))

    def beat(self) -> None:
        if self.line is not None:
            self.line.say(json.dumps({"t": "beat", "c": round(now() * 1000)}))

    def hear(self, message: bytes) -> None:
        """A message of the server; only its head is looked at, tablets are many and this is one processor."""
        at, head = now(), message[:HEAD_BYTES]
        kind, revision = HEAD.match(head), REVISION.search(head)
        if kind is None or revision is None:
            return
        number = int(revision[1])
        if kind[1] == b"changes" and (since := SINCE.search(head)) and int(since[1]) > self.revision:
            self.resume()
            return
        if kind[1] in (b"changes", b"snapshot") and number > self.revision:
            self.revision = number
            self.heard.append((number, at))
            self.hall.stirred_at = at
        if not self.first.done():
            self.first.set_result(None)

    def lost(self) -> None:
        if not self.is_leaving:
            self.hall.errors["cut"] += 1
        if not self.first.done():
            self.first.set_exception(ConnectionError("cut"))

    async def read(self, page: int) -> float:
        """Fetch a page of the paper; seconds until it is there. A busy server is asked again."""
        began = now()
        while True:
            answer = await self.browser.get(self.hall.paths["image"].format(page=page))
            if answer.status == 200:
                return now() - began
            if answer.status != 503 or now() - began > PATIENCE:
                raise ValueError(answer.status)
            await asyncio.sleep(BUSY_PAUSE)

    def leave(self) -> None:
        self.is_leaving = True
        self.hall.bytes += self.browser.received + (self.line.received if self.line else 0)
        self.browser.close()
        if self.line is not None:
            self.line.close()
        if not self.first.done():
            self.first.cancel()
        elif not self.first.cancelled():
            self.first.exception()


class Hall:
    """The room and everybody in it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.address = Address.of(told["address"])
        self.paths: dict[str, str] = told["paths"]
        self.cookies: dict[str, str] = told["cookies"]
        self.csrf: str = told["csrf"]
        self.items: list[int] = told["items"]
        self.paper: int = told["paper"]
        self.pages: int = told["pages"]
        self.chair = Browser(self.address, self.headers(told["chair"]))
        self.current: int | None = None
        self.is_open = False
        self.shown = 1
        self.errors: Counter[str] = Counter()
        self.bytes = 0
        self.tablets: list[Tablet] = []
        self.stirred_at = 0.0
        self.peak: dict[str, int] = {}

    def headers(self, session: str) -> dict[str, str]:
        """What a browser sends with everything."""
        cookies = f"{self.cookies['session']}={session}; {self.cookies['csrf']}={self.csrf}"
        origin = self.address.origin
        return {"Cookie": cookies, "Origin": origin, "Referer": f"{origin}/", "User-Agent": "rehearsal"}

    async def hold(self, sessions: list[str]) -> dict[str, Any]:
        """One step: fill the hall, switch, read, empty it. What was measured."""
        self.errors, self.peak = Counter(), {}
        self.tablets = [Tablet(self, session) for session in sessions]
        beside = [asyncio.create_task(work) for work in (self._watch(), self._beat())]
        try:
            began = now()
            screens = await self._fill()
            joined = max((at for at, _seconds in screens), default=now()) - began
            if not screens and not self.is_open:
                if self.errors["foreign"]:
                    raise NotOurs
                raise ConnectionError("nobody came in")
            await self._calm()
            switches = await self._switches()
            pages, elapsed = await self._reading()
        finally:
            for task in beside:
                task.cancel()
            for tablet in self.tablets:
                tablet.leave()
            self.tablets = []
        await asyncio.sleep(QUIET)
        return {
            "tablets": len(sessions),
            "joined": round(joined, 3),
            "screen": spread(seconds for _at, seconds in screens),
            "switch": spread(switches),
            "page": spread(pages),
            "pages_per_second": round(len(pages) / elapsed, 1) if elapsed else 0.0,
            "bytes": self.bytes,
            "errors": {kind: count for kind, count in self.errors.items() if count},
            "machine": self.peak,
        }

    async def _fill(self) -> list[tuple[float, float]]:
        """Everybody comes in; when each was there, and how long it took."""
        there: list[tuple[float, float]] = []
        every = max(1, len(self.tablets) // 20)

        async def one(tablet: Tablet) -> None:
            await asyncio.sleep(random.random() * min(ARRIVAL, len(self.tablets) * 0.02))  # noqa: S311
            seconds = await self._counted(tablet.enter())
            if seconds is None:
                tablet.leave()
                return
            there.append((now(), seconds))
            if len(there) % every == 0:
                self._tell("joining", len(there))

        self._tell("joining", 0)
        await asyncio.gather(*(one(tablet) for tablet in self.tablets))
        self.tablets = [tablet for tablet in self.tablets if not tablet.is_leaving]
        return there

    async def _counted(self, work: Any) -> Any:
        """What the work gives; a failure is counted by its kind and gives None."""
        try:
            return await work
        except TimeoutError:
            self.errors["late"] += 1
        except NotOurs:
            self.errors["foreign"] += 1
        except ValueError:
            self.errors["answer"] += 1
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            self.errors["refused"] += 1
        return None

    async def _calm(self) -> None:
        """Who is here is told to all a moment later: wait until it has been."""
        until = now() + 4 * QUIET
        while now() < until and now() - self.stirred_at < QUIET:
            await asyncio.sleep(0.1)

    async def _switches(self) -> list[float]:
        """The chair goes from item to item; seconds until each tablet has followed."""
        if not self.is_open:
            self.is_open = await self._command("open_meeting", {}) is not None
        times: list[float] = []
        for turn in range(SWITCHES):
            self._tell("switching", turn + 1)
            item = next(item for item in self.items if item != self.current)
            fields = {"item": item, "expected_item": "" if self.current is None else self.current}
            times += await self._followed("go_to_item", fields)
            self.current = item
            self.items = self.items[1:] + self.items[:1]
            await asyncio.sleep(0.3)
        return times

    async def _followed(self, act: str, fields: dict[str, Any]) -> list[float]:
        """Do an act; seconds until each tablet has it. Those that never get it are counted as late."""
        for tablet in self.tablets:
            tablet.heard.clear()
        sent = now()
        revision = await self._command(act, fields)
        if revision is None:
            return []
        until = sent + SWITCH_PATIENCE
        while now() < until and any(tablet.revision < revision for tablet in self.tablets):
            await asyncio.sleep(0.02)
        times = []
        for tablet in self.tablets:
            moments = [at for number, at in tablet.heard if number >= revision]
            if moments:
                times.append(moments[0] - sent)
            else:
                self.errors["late"] += 1
        return times

    async def _command(self, act: str, fields: dict[str, Any]) -> int | None:
        """A command of the chair, over HTTP as every command goes; the number of the change."""
        body = urlencode({"command": str(uuid.uuid4()), **fields}).encode()
        path = self.paths["command"].format(act=act)
        answer: Answer | None = await self._counted(self.chair.post(path, {"X-CSRFToken": self.csrf}, body))
        if answer is None:
            return None
        if answer.status != 200:
            self.errors["answer"] += 1
            return None
        return int(json.loads(answer.body)["revision"])

    async def _reading(self) -> tuple[list[float], float]:
        """The chair turns pages and everybody fetches them at once; seconds of each, and of all together."""
        times: list[float] = []
        elapsed = 0.0
        for turn in range(PAGE_TURNS):
            self._tell("reading", turn + 1)
            self.shown = self.shown % self.pages + 1
            await self._followed("show_page", {"paper": self.paper, "page": self.shown})
            began = now()
            read = await asyncio.gather(*(self._counted(tablet.read(self.shown)) for tablet in self.tablets))
            elapsed += now() - began
            times += [seconds for seconds in read if seconds is not None]
            if self.bytes + sum(tablet.browser.received for tablet in self.tablets) > BYTES:
                self.errors["bytes"] += 1
                break
        return times, elapsed

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            for tablet in self.tablets:
                tablet.beat()

    async def _watch(self) -> None:
        """The busiest second of the machine, if the site is served by this one."""
        if not await self.is_here():
            return
        pids = machine.web_processes()
        before = machine.look(pids)
        while before is not None:
            await asyncio.sleep(1)
            after = machine.look(pids)
            if after is None:
                return
            seen = machine.between(before, after)
            if seen.get("cpu", -1) >= self.peak.get("cpu", -1):
                self.peak = {**seen, "memory": max(seen.get("memory", 0), self.peak.get("memory", 0))}
            before = after

    async def is_here(self) -> bool:
        """Whether the address is one of this machine: then both ends of a connection are the same."""
        try:
            _reader, writer = await asyncio.open_connection(self.address.host, self.address.port)
        except OSError:
            return False
        own, other = writer.get_extra_info("sockname"), writer.get_extra_info("peername")
        writer.close()
        return bool(own and other and own[0] == other[0])

    def _tell(self, phase: str, ready: int) -> None:
        say({"say": "phase", "tablets": len(self.tablets), "phase": phase, "ready": ready})


def say(message: dict[str, Any]) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def raise_open_files() -> None:
    """A tablet holds two connections."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def listen() -> asyncio.StreamReader:
    """The lines of whoever started this."""
    reader = asyncio.StreamReader(limit=4 * 1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


async def serve() -> None:
    """Hold one step for each line, until the lines end."""
    lines = await listen()
    hall = Hall(json.loads(await lines.readline()))
    asking: asyncio.Task[bytes] = asyncio.create_task(lines.readline())
    while line := await asking:
        asking = asyncio.create_task(lines.readline())
        step = asyncio.create_task(hall.hold(json.loads(line)["sessions"]))
        # Nobody there to tell any more: end at once, also in the middle of a step.
        await asyncio.wait((step, asking), return_when=asyncio.FIRST_COMPLETED)
        if not step.done():
            os._exit(1)
        try:
            say({"say": "step", **step.result()})
        except NotOurs:
            say({"say": "trouble", "code": "stranger"})
            return


async def main() -> None:
    try:
        await serve()
    except OSError:
        say({"say": "trouble", "code": "unreachable"})


if __name__ == "__main__":
    raise_open_files()
    asyncio.run(main())
