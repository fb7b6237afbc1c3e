"""One topic in one process: who is connected, what each has, and one reader that brings all up to date.

There is one path for a first load, a late joiner, a reconnect and a change: a member says (or the hub knows)
what it has; the reader finds what is missing, once for all who have the same, and the same bytes go to each
of them. Everything here runs on the event loop; only `reading.read` runs in a thread.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol

from .frames import Packet
from .reading import ABSENT, Pass, Point, Reading, read
from .registry import Admission, TopicKind, Version

if TYPE_CHECKING:
    from .engine import Engine

logger = logging.getLogger(__name__)

COALESCE = 0.05
"""Seconds between two rounds of ordinary changes; the first after a pause goes out at once."""
BREATH = 200
"""Deliveries after which the loop serves others."""
LAG_RETRY = 0.25
LAG_LIMIT = 10.0
"""Seconds a connection may leave bytes lying in the process before it is closed; it will resume."""


class Member(Protocol):
    """Somebody connected: a socket, or one long poll."""

    hub: "Hub"
    claim: Pass
    session_key: str
    sent: Version | None
    is_ready: bool
    heard_at: float
    lagging_since: float | None

    def offer(self, packet: Packet) -> bool:
        """Take a packet; False when the connection is still busy with earlier ones."""

    def confirm(self, version: Version) -> None:
        """What the member said it has is what there is."""

    def beat(self, packet: Packet) -> None:
        """Take a sign of life, if there is room."""

    def end(self, reason: str) -> None:
        """Close for good, telling why."""

    def drop(self) -> None:
        """Close so that the client comes back and resumes."""


class Hub:
    """The connected members of one topic. Lives while it has members."""

    def __init__(self, engine: "Engine", kind: TopicKind, ref: str) -> None:
        self._engine = engine
        self.kind = kind
        self.ref = ref
        self.members: set[Member] = set()
        self.version: Version | None = None
        self._waiting: set[Member] = set()
        self._lagging: set[Member] = set()
        self._is_stale = False
        self._kept: dict[Point, Packet] = {}
        self._reader: asyncio.Task[None] | None = None
        self._urgent = asyncio.Event()
        self._not_before = 0.0
        self.slot = 0
        """Which second of the ten is this topic's heartbeat."""

    # Who is here

    def people(self) -> set[int]:
        """Who is connected, each once."""
        return {member.claim.person_id for member in self.members}

    def join(self, member: Member) -> None:
        """Add a member before anything is read for it; nothing is sent until it says what it has."""
        self.members.add(member)

    def leave(self, member: Member) -> None:
        """Forget a member; safe to call twice."""
        self.members.discard(member)
        self._waiting.discard(member)
        self._lagging.discard(member)

    def stop(self) -> None:
        """Nobody is here any more: what is being read is for nobody."""
        if self._reader is not None and self._reader is not asyncio.current_task():
            self._reader.cancel()

    def resume(self, member: Member, has: Version | None) -> None:
        """Send the member what it is missing, given what it says it has."""
        if member not in self.members:
            return
        member.sent = has
        member.is_ready = True
        self._waiting.add(member)
        self._wake(urgent=True)

    def poke(self, revision: int | None) -> None:
        """Something may have changed: `revision` exists, or (None) look whatever you know."""
        if revision is not None and self.version is not None and revision <= self.version.revision:
            return
        self._is_stale = True
        self._wake()

    def compare(self, version: Version | None) -> None:
        """Act on a version read elsewhere: differing from what was last seen means reading."""
        if version != self.version:
            self.poke(None)

    def admit(self, member: Member, admission: Admission | None, version: Version) -> None:
        """Apply a door read at `version` or later: removal first, then what the new audience may see."""
        if member not in self.members:
            return
        held = member.claim
        if held.version.epoch == version.epoch and held.version.revision > version.revision:
            return  # an older reading, overtaken
        if admission is None:
            self._expel(member)
            return
        member.claim = Pass(held.person_id, held.session_hash, admission, version)
        if admission != held.admission:
            member.sent = None
            if member.is_ready:
                self._waiting.add(member)
                self._wake(urgent=True)

    def _expel(self, member: Member) -> None:
        self._engine.leave(member)
        member.end(ABSENT)

    # The reader

    def _wake(self, *, urgent: bool = False) -> None:
        if urgent:
            self._urgent.set()
        # Claimed before anything is awaited: two callers never start two readers.
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._run())

    async def _run(self) -> None:
        trouble = 0.0
        while self.members and (self._waiting or self._is_stale):
            await self._pause()
            if not self.members:  # the last one left meanwhile
                return
            try:
                await self._round()
                trouble = 0.0
            except Exception:
                if not trouble:
                    logger.exception("A live topic of kind %s could not be read", self.kind.name)
                trouble = min(trouble * 2 or 0.5, 10.0)
                self._is_stale = True
                await asyncio.sleep(trouble)

    async def _pause(self) -> None:
        """Wait for the end of the coalescing window, unless somebody waits for a first answer."""
        loop = asyncio.get_running_loop()
        self._urgent.clear()
        while not self._waiting and (rest := self._not_before - loop.time()) > 0:
            try:
                async with asyncio.timeout(rest):
                    await self._urgent.wait()
            except TimeoutError:
                return
            self._urgent.clear()

    async def _round(self) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        everyone = started >= self._not_before
        if everyone:
            self._is_stale = False
        chosen = [member for member in (self.members if everyone else self._waiting) if member.is_ready]
        known = {member: member.claim.admission for member in self.members}
        waiting, self._waiting = self._waiting, set()
        try:
            reading = await self._read(chosen)
        except BaseException:
            self._waiting |= waiting & self.members
            raise
        if reading.version is None:
            for member in list(self.members):
                self._expel(member)
            return
        if reading.version != self.version:
            if everyone:
                self._not_before = started + COALESCE
            else:
                self._is_stale = True  # only the newcomers were served
        self.version = reading.version
        if reading.doors is not None:
            self._waiting |= waiting & self.members
            self._is_stale |= everyone
            self._not_before = 0.0
            version = Version(reading.version.epoch, reading.checked)
            for member in known.keys() & self.members:
                self.admit(member, reading.doors.get(member.claim.person_id), version)
            return
        current = (reading.version.epoch, reading.version.revision)
        self._is_stale |= reading.checked > reading.version.revision
        self._kept = {
            point: packet
            for point, packet in {**self._kept, **reading.packets}.items()
            if (packet.epoch, packet.revision) == current
        }
        await self._deliver(chosen, reading, reading.version, waiting)
        checked = Version(reading.version.epoch, reading.checked)
        for member, admission in known.items():
            held = member.claim
            if held.admission == admission and (
                held.version.epoch != checked.epoch or held.version.revision < checked.revision
            ):
                member.claim = Pass(held.person_id, held.session_hash, admission, checked)

    async def _read(self, chosen: list[Member]) -> Reading:
        points = {Point(member.claim.admission.audience, member.sent) for member in chosen}
        seen: dict[int, set[str]] = {}
        checked = next(iter(self.members)).claim.version
        for member in self.members:
            seen.setdefault(member.claim.person_id, set()).add(member.claim.admission.audience)
            held = member.claim.version
            if held.epoch != checked.epoch:
                checked = Version("", -1)
            elif held.revision < checked.revision:
                checked = held
        return await self._engine.run(read, self.kind, self.ref, points, seen, checked, dict(self._kept))

    async def _deliver(
        self, chosen: list[Member], reading: Reading, version: Version, waiting: set[Member]
    ) -> None:
        by_audience: dict[tuple[str, Version | None], Packet] = {
            (point.audience, point.sent): packet for point, packet in reading.packets.items()
        }
        for count, member in enumerate(chosen, 1):
            if member not in self.members:
                continue
            claim = member.claim
            packet = by_audience.get((claim.admission.audience, member.sent))
            if packet is not None:
                if member not in self._waiting:  # else it said something new meanwhile and is served next
                    self._give(member, packet)
            elif member in waiting and member.sent == version:
                member.confirm(version)
            if count % BREATH == 0:
                await asyncio.sleep(0)

    def _give(self, member: Member, packet: Packet) -> None:
        loop = asyncio.get_running_loop()
        if member.offer(packet):
            member.sent = Version(packet.epoch, packet.revision)
            member.lagging_since = None
            return
        # Never a queue: it keeps what it has and is brought up to date in one step when its bytes have left.
        if member.lagging_since is None:
            member.lagging_since = loop.time()
        if loop.time() - member.lagging_since > LAG_LIMIT:
            self._engine.leave(member)
            member.drop()
            return
        if not self._lagging:
            loop.call_later(LAG_RETRY, self._retry)
        self._lagging.add(member)

    def _retry(self) -> None:
        lagging, self._lagging = self._lagging, set()
        self._waiting |= lagging & self.members
        if self._waiting:
            self._wake(urgent=True)
