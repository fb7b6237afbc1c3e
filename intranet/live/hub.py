"""One topic in one process: who is connected, what each has, and one reader that brings all up to date.

There is one path for a first load, a late joiner, a reconnect and a change: a member says (or the hub knows)
what it has; the reader finds what is missing, once for all who have the same, and the same bytes go to each
of them. Everything here runs on the event loop; only `reading.read` runs in a thread.
"""

import asyncio
import logging
import math
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from .frames import NOWHERE, Packet
from .reading import ABSENT, Pass, Point, Reading, read
from .registry import Admission, Line, TopicKind, Version

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
    is_socket: bool
    behind: int
    """How many changes it had been sent and had not shown when it last said so."""
    turn: int
    """Which second of the ten is its heartbeat."""

    @property
    def is_busy(self) -> bool:
        """Whether a packet offered now would be refused."""

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
        self._fresh: set[Member] = set()
        """They came, or changed audience, since the last round: only their own pass vouches for them."""
        self._vouched = NOWHERE
        """At which version or later everybody else's door was read."""
        self.version: Version | None = None
        self.told_at = -math.inf
        """When something was last sent to everybody who did not have it."""
        self._waiting: set[Member] = set()
        self._lagging: set[Member] = set()
        self._retrying: asyncio.TimerHandle | None = None
        self._is_stale = False
        self._kept: dict[Point, Packet] = {}
        self._groups: dict[Point, list[Member]] | None = None
        """Everybody who is ready by what they have; None when somebody came, went, spoke or lagged since."""
        self._reader: asyncio.Task[None] | None = None
        self._urgent = asyncio.Event()
        self._not_before = 0.0
        self.slot = 0
        """Which second of the ten is when this topic's version and presence are looked after."""

    # Who is here

    def people(self) -> set[int]:
        """Who is connected, each once."""
        return {member.claim.person_id for member in self.members}

    def lines(self) -> list[Line]:
        """Every connection, as of what it last said and was last sent."""
        now = asyncio.get_running_loop().time()
        return [
            Line(member.claim.person_id, member.is_socket, self._behind(member), int(now - member.heard_at))
            for member in self.members
        ]

    def _behind(self, member: Member) -> int:
        if member.sent is None or self.version is None or member.sent.epoch != self.version.epoch:
            return -1
        return max(0, self.version.revision - member.sent.revision) + member.behind

    def join(self, member: Member) -> None:
        """Add a member before anything is read for it; nothing is sent until it says what it has."""
        self.members.add(member)
        self._fresh.add(member)
        self._groups = None

    def leave(self, member: Member) -> None:
        """Forget a member; safe to call twice."""
        self.members.discard(member)
        self._fresh.discard(member)
        self._waiting.discard(member)
        self._lagging.discard(member)
        self._groups = None

    def stop(self) -> None:
        """Nobody is here any more: what is being read is for nobody."""
        if self._retrying is not None:
            self._retrying.cancel()
        if self._reader is not None and self._reader is not asyncio.current_task():
            self._reader.cancel()

    def resume(self, member: Member, has: Version | None) -> None:
        """Send the member what it is missing, given what it says it has."""
        if member not in self.members:
            return
        member.sent = has
        member.is_ready = True
        self._try_again(member)
        self._groups = None
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
        if self._is_overtaken(member, version):
            return
        if admission is None:
            self._expel(member)
            return
        member.claim = Pass(held.person_id, held.session_hash, admission, version)
        if admission != held.admission:
            self._fresh.add(member)
            self._groups = None
            member.sent = None
            self._try_again(member)
            if member.is_ready:
                self._waiting.add(member)
                self._wake(urgent=True)

    def _is_overtaken(self, member: Member, version: Version) -> bool:
        """Whether the member's door was read at a later version already."""
        known = [member.claim.version] if member in self._fresh else [member.claim.version, self._vouched]
        return any(epoch == version.epoch and revision > version.revision for epoch, revision in known)

    def _vouch(self, version: Version, fresh: Mapping[Member, Admission]) -> None:
        """The doors of all who were here when the round began, `fresh` among them, were read at `version`.

        Whoever came since, or was given another audience since, has a newer pass of their own.
        """
        if self._vouched.epoch != version.epoch or self._vouched.revision < version.revision:
            self._vouched = version
        self._fresh -= {member for member, held in fresh.items() if member.claim.admission == held}

    def _doors_read_at(self) -> Version:
        """The version everybody's door was read at, or a later one; NOWHERE if that cannot be said."""
        versions = {member.claim.version for member in self._fresh}
        if len(self._fresh) < len(self.members):
            versions.add(self._vouched)
        oldest = min(versions, key=lambda version: version.revision)
        return oldest if all(version.epoch == oldest.epoch for version in versions) else NOWHERE

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
                self._groups = None
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
            if self._groups is None:
                self._groups = _grouped(self.members - self._lagging)
            groups = self._groups
        else:
            groups = _grouped(self._waiting)
        present = list(self.members)
        fresh = {member: member.claim.admission for member in self._fresh}
        waiting, self._waiting = self._waiting, set()
        try:
            reading = await self._read(groups)
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
                self.told_at = started
            else:
                self._is_stale = True  # only the newcomers were served
        self.version = reading.version
        if reading.doors is not None:
            self._waiting |= waiting & self.members
            self._is_stale |= everyone
            self._not_before = 0.0
            version = Version(reading.version.epoch, reading.checked)
            for member in present:
                self.admit(member, reading.doors.get(member.claim.person_id), version)
            self._vouch(version, fresh)
            return
        self._is_stale |= reading.checked > reading.version.revision
        self._kept = {
            point: packet
            for point, packet in {**self._kept, **reading.packets}.items()
            if packet.version == reading.version
        }
        await self._deliver(groups, reading, waiting)
        self._vouch(Version(reading.version.epoch, reading.checked), fresh)

    async def _read(self, points: Collection[Point]) -> Reading:
        passes = [member.claim for member in self.members]
        checked = self._doors_read_at()
        return await self._engine.run(
            read, self.kind, self.ref, list(points), passes, checked, dict(self._kept)
        )

    async def _deliver(
        self, groups: Mapping[Point, list[Member]], reading: Reading, waiting: set[Member]
    ) -> None:
        """Give each group its packet. The inner loop runs a thousand times an update and does no more."""
        after: dict[Point, list[Member]] = {}
        given = 0
        for point, group in groups.items():
            packet = reading.packets.get(point)
            if packet is None:
                for member in waiting.intersection(group):
                    if point.sent is not None and self._is_still(member, point):
                        member.confirm(point.sent)
                after.setdefault(point, []).extend(group)
                continue
            version = packet.version
            for start in range(0, len(group), BREATH):
                some = group[start : start + BREATH]
                if (given := given + len(some)) > BREATH:
                    await asyncio.sleep(0)
                    given = len(some)
                if self._groups is not groups:  # somebody came, went or spoke since they were made
                    some = [member for member in some if self._is_still(member, point)]
                for member in some:
                    if member.offer(packet):
                        member.sent = version
                    else:
                        self._lag(member)
            after.setdefault(Point(point.audience, version), []).extend(group)
        if self._groups is groups:
            self._groups = after

    def _is_still(self, member: Member, point: Point) -> bool:
        """Whether a member is where it was when the groups were made and has not asked for something else."""
        return (
            member in self.members
            and member not in self._waiting
            and member.sent == point.sent
            and member.claim.admission.audience == point.audience
        )

    def _lag(self, member: Member) -> None:
        """Never a queue: it keeps what it has and gets everything since in one step when there is room.

        Until then nothing is read or put together for it.
        """
        loop = asyncio.get_running_loop()
        self._groups = None
        if member.lagging_since is None:
            member.lagging_since = loop.time()
        self._lagging.add(member)
        if self._retrying is None:
            self._retrying = loop.call_later(LAG_RETRY, self._retry)

    def _try_again(self, member: Member) -> None:
        self._lagging.discard(member)
        if not member.is_busy:
            member.lagging_since = None

    def _retry(self) -> None:
        loop = asyncio.get_running_loop()
        self._retrying = None
        for member in list(self._lagging):
            if not member.is_busy:
                self._try_again(member)
                self._waiting.add(member)
                self._groups = None
            elif loop.time() - (member.lagging_since or 0.0) > LAG_LIMIT:
                self._engine.leave(member)
                member.drop()
        if self._lagging:
            self._retrying = loop.call_later(LAG_RETRY, self._retry)
        if self._waiting:
            self._wake(urgent=True)


def _grouped(members: Iterable[Member]) -> dict[Point, list[Member]]:
    groups: dict[Point, list[Member]] = {}
    for member in members:
        if member.is_ready:
            groups.setdefault(Point(member.claim.admission.audience, member.sent), []).append(member)
    return groups
