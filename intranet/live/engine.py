"""The live side of one web process: its hubs, their heartbeat, its admissions, its ear to other processes."""

import asyncio
import hashlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from weakref import WeakSet

from django.db import close_old_connections

from . import frames, layer
from .hub import Hub, Member
from .layer import Subscription
from .presence import Presence
from .reading import CHUNK, Claim, Pass, look, versions_of
from .registry import Line, TopicKind

logger = logging.getLogger(__name__)

T = TypeVar("T")
Topic = tuple[str, str]

HEARTBEAT = 10
"""Seconds between two beats of a member, and between two looks at its session, person and door."""
SILENCE_LIMIT = 45.0
"""Seconds without a word after which a client counts as gone."""
PER_PERSON = 10
"""Connections one person may have to one kind of topic; the oldest makes room."""
LINGER = 60
"""Seconds the process keeps listening after its last member has left."""
THREADS = 4


class Engine:
    """Lives on one event loop, from the first connection on."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.hubs: dict[Topic, Hub] = {}
        self.controls = 0
        """Goes up when somebody was told to leave: an admission being read meanwhile must be read again."""
        self._pool = ThreadPoolExecutor(THREADS, "live")
        self._by_person: dict[int, dict[Member, None]] = {}
        self._presence: dict[Topic, Presence] = {}
        self._asked: deque[tuple[Claim, asyncio.Future[Pass | str]]] = deque()
        self._looker: asyncio.Task[None] | None = None
        self._pulse: asyncio.Task[None] | None = None
        self._sweeper: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._next_slot = self._next_turn = 0
        self._unchecked: set[Member] = set()
        """Whose turn came while the sweep before was still at work."""
        self._is_troubled = False
        self.subscription = Subscription(self.hear)
        _engines.add(self)

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Call a function that uses the database in one of the engine's threads."""
        return await self.loop.run_in_executor(self._pool, _with_database, function, args)

    # Admission

    async def look(self, claim: Claim) -> Pass | str:
        """Whether a claim holds; everybody who asks while a look is under way shares the next one."""
        while True:
            before = self.controls
            answer: asyncio.Future[Pass | str] = self.loop.create_future()
            self._asked.append((claim, answer))
            if self._looker is None or self._looker.done():
                self._looker = self.loop.create_task(self._look())
            held = await answer
            if isinstance(held, str) or self.controls == before:
                return held

    async def _look(self) -> None:
        while self._asked:
            batch = [self._asked.popleft() for _ in range(min(len(self._asked), CHUNK))]
            try:
                answers = await self.run(look, [claim for claim, _ in batch])
            except Exception as problem:
                for _, future in batch:
                    if not future.done():
                        future.set_exception(problem)
            else:
                for (_, future), answer in zip(batch, answers, strict=True):
                    if not future.done():
                        future.set_result(answer)

    def join(self, kind: TopicKind, ref: str, member: Member) -> None:
        """Connect an admitted member; the person's oldest connection goes when there are too many."""
        topic = (kind.name, ref)
        hub = self.hubs.get(topic)
        if hub is None:
            hub = self.hubs[topic] = Hub(self, kind, ref)
            hub.slot = self._next_slot = (self._next_slot + 1) % HEARTBEAT
        own = self._by_person.setdefault(member.claim.person_id, {})
        rivals = [other for other in own if other.hub.kind.name == kind.name]
        for other in rivals[: max(0, len(rivals) + 1 - PER_PERSON)]:
            self.leave(other)
            other.end("replaced")
        self._by_person.setdefault(member.claim.person_id, {})[member] = None
        member.hub = hub
        member.turn = self._next_turn = (self._next_turn + 1) % HEARTBEAT
        hub.join(member)
        self._presence_of(hub).changed()
        if self._pulse is None or self._pulse.done():
            self._pulse = self.loop.create_task(self._beat())

    def leave(self, member: Member) -> None:
        """Forget a member; nothing is sent to it from here on. Safe to call twice."""
        hub = member.hub
        if member not in hub.members:
            return
        hub.leave(member)
        own = self._by_person[member.claim.person_id]
        del own[member]
        if not own:
            del self._by_person[member.claim.person_id]
        self._presence_of(hub).changed()
        topic = (hub.kind.name, hub.ref)
        if not hub.members and self.hubs.get(topic) is hub:
            del self.hubs[topic]
            hub.stop()

    async def farewell(self, member: Member) -> None:
        """The process is stopping: say at once who is no longer connected through it."""
        self.leave(member)
        topic = (member.hub.kind.name, member.hub.ref)
        if topic not in self.hubs and topic in self._presence:
            await self._presence[topic].report()

    # What is heard

    def hear(self, message: dict[str, Any]) -> None:
        """A hint from this or another process; anything unknown is ignored."""
        if (poke := message.get("poke")) is not None:
            kind, ref, revision = poke
            if (hub := self.hubs.get((kind, ref))) is not None:
                hub.poke(revision)
        elif (digest := message.get("session")) is not None:
            self.controls += 1
            for member in self._everybody():
                if digest_of(member.session_key) == digest:
                    self.leave(member)
                    member.end("session")
        elif (person_id := message.get("person")) is not None:
            self.controls += 1
            if own := self._by_person.get(person_id):
                self.spawn(self.recheck(list(own)))
        elif (asked := message.get("lines")) is not None:
            kind, ref, channel = asked
            if (hub := self.hubs.get((kind, ref))) is not None:
                self.spawn(layer.answer(channel, [list(line) for line in hub.lines()]))
        elif message.get("look"):
            self.spawn(self._compare(list(self.hubs.values())))

    async def recheck(self, members: Iterable[Member]) -> None:
        """Look at sessions, people and doors again and act on what no longer holds."""
        members = list(members)
        for start in range(0, len(members), CHUNK):
            some = members[start : start + CHUNK]
            answers = await self.run(look, [_claim_of(member) for member in some])
            for member, answer in zip(some, answers, strict=True):
                if isinstance(answer, str):
                    self.leave(member)
                    member.end(answer)
                else:
                    member.hub.admit(member, answer.admission, answer.version)

    async def lines(self, kind_name: str, ref: str) -> list[Line]:
        """The connections to a topic in every process that answers soon; nothing is kept of them anywhere."""
        hub = self.hubs.get((kind_name, ref))
        own = [] if hub is None else hub.lines()
        if not layer.is_shared():
            return own
        answers = await layer.ask(lambda channel: {"lines": [kind_name, ref, channel]})
        return [*own, *(Line(*line) for answer in answers for line in answer)]

    # The pulse

    async def _beat(self) -> None:
        """Once a second: a tenth of the members and of the topics; versions of all while no hints arrive.

        Never a whole hall in one second: what is pushed meanwhile would wait for it.
        """
        listener = self.loop.create_task(self.subscription.run()) if layer.is_shared() else None
        idle = turn = 0
        try:
            while idle < LINGER:
                due = [hub for hub in self.hubs.values() if hub.slot == turn % HEARTBEAT]
                asked = due if self.subscription.is_up else list(self.hubs.values())
                second = turn % HEARTBEAT
                members = [one for hub in self.hubs.values() for one in hub.members if one.turn == second]
                self._unchecked.update(members)
                if self._sweeper is None or self._sweeper.done():
                    unchecked, self._unchecked = self._unchecked, set()
                    self._sweeper = self.loop.create_task(self._sweep(asked, unchecked))
                self._beat_members(members)
                if turn % (2 * HEARTBEAT) < HEARTBEAT:
                    for hub in due:
                        self._presence_of(hub).repeat()
                await asyncio.sleep(1)
                turn += 1
                idle = 0 if self.hubs else idle + 1
        finally:
            if listener is not None:
                listener.cancel()
                await asyncio.wait([listener])

    async def _sweep(self, asked: list[Hub], members: set[Member]) -> None:
        try:
            await self._compare(asked)
            await self.recheck(member for member in members if member in member.hub.members)
            self._is_troubled = False
        except Exception:
            if not self._is_troubled:
                logger.exception("Live topics could not be checked")
            self._is_troubled = True

    async def _compare(self, hubs: list[Hub]) -> None:
        """Find what no hint told of."""
        if hubs:
            versions = await self.run(versions_of, [(hub.kind.name, hub.ref) for hub in hubs])
            for hub in hubs:
                hub.compare(versions.get((hub.kind.name, hub.ref)))

    def _beat_members(self, members: list[Member]) -> None:
        """A sign of life for whoever got none of late; an update, and the answer to a beat, are one too."""
        now = self.loop.time()
        quiet_since, lately = now - SILENCE_LIMIT, now - HEARTBEAT
        packets: dict[int, frames.Packet] = {}
        for member in members:
            if member.heard_at < quiet_since:
                self.leave(member)
                member.drop()
            elif member.sent is not None and not (
                member.heard_at > lately
                or (member.hub.told_at > lately and member.sent == member.hub.version)
            ):
                revision = member.sent.revision
                if revision not in packets:
                    packets[revision] = frames.beat(revision)
                member.beat(packets[revision])

    # Keeping house

    def spawn(self, work: Any) -> None:
        """Run a coroutine beside everything else; its failure is logged."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            logger.error("Live work failed", exc_info=problem)

    def _presence_of(self, hub: Hub) -> Presence:
        topic = (hub.kind.name, hub.ref)
        if topic not in self._presence:

            def people() -> set[int]:
                return self.hubs[topic].people() if topic in self.hubs else set()

            def gone() -> None:
                self._presence.pop(topic, None)

            self._presence[topic] = Presence(self, hub.kind, hub.ref, people, gone)
        return self._presence[topic]

    def _everybody(self) -> list[Member]:
        return [member for own in self._by_person.values() for member in own]

    async def close(self) -> None:
        """Stop everything; used when a loop ends before its process does."""
        for member in self._everybody():
            self.leave(member)
            member.drop()
        for presence in list(self._presence.values()):
            await presence.report()
        tasks = [
            task for task in (self._pulse, self._sweeper, self._looker, *self._tasks) if task is not None
        ]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        _engines.discard(self)
        self._pool.shutdown()


def digest_of(session_key: str) -> str:
    """What may be said of a session aloud: a session's key opens it, its digest does not."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def _claim_of(member: Member) -> Claim:
    held = member.claim
    return Claim(member.session_key, member.hub.kind.name, member.hub.ref, held.person_id, held.session_hash)


def _with_database(function: Callable[..., T], args: tuple[Any, ...]) -> T:
    close_old_connections()
    try:
        return function(*args)
    finally:
        close_old_connections()


_engines: "WeakSet[Engine]" = WeakSet()
_lock = threading.Lock()


def engine() -> Engine:
    """The engine of the running event loop, made at the first call."""
    loop = asyncio.get_running_loop()
    with _lock:
        for found in _engines:
            if found.loop is loop:
                return found
        return Engine()


def running() -> list[Engine]:
    """The engines of this process that can be spoken to from any thread."""
    with _lock:
        return [found for found in _engines if found.loop.is_running()]
