"""A member of a hub that lives for one answer: the same reader and the same bytes as for sockets."""

import asyncio

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from . import frames
from .engine import Engine, engine
from .frames import Packet
from .hub import Hub
from .reading import Claim, Pass
from .registry import Version, kind_named

LONGEST_WAIT = 25.0
LONGEST_LOOK = 5.0
"""Seconds a database may take for a client that does not want to wait at all."""


class Poll:
    """Takes the first packet and is done; an impatient one is done when there is nothing new, too."""

    hub: Hub

    def __init__(self, live: Engine, claim: Pass, session_key: str, *, is_impatient: bool) -> None:
        self.claim = claim
        self.session_key = session_key
        self.sent: Version | None = None
        self.is_ready = False
        self.turn = 0
        self.lagging_since: float | None = None
        self.is_socket = False
        self.behind = 0
        self.heard_at = live.loop.time()
        self.is_impatient = is_impatient
        self.answer: asyncio.Future[Packet] = live.loop.create_future()

    @property
    def is_busy(self) -> bool:
        return False

    def offer(self, packet: Packet) -> bool:
        if not self.answer.done():
            self.answer.set_result(packet)
        return True

    def confirm(self, version: Version) -> None:
        """Nothing new: wait on, unless only asked to look."""
        if self.is_impatient:
            self.offer(frames.beat(version.revision))

    def beat(self, packet: Packet) -> None:
        """Not needed: an answer comes within half a minute anyway."""

    def end(self, reason: str) -> None:
        self.offer(frames.closed(reason))

    def drop(self) -> None:
        self.offer(frames.beat(-1 if self.sent is None else self.sent.revision))


async def wait_for_news(
    session_key: str, kind_name: str, ref: str, *, has: Version | None, seconds: float
) -> Packet | str:
    """What is new for the holder of a session since `has`, or why they get nothing ("session", "absent")."""
    # The request's own thread would keep its database connection for as long as this waits.
    await sync_to_async(close_old_connections)()
    live = engine()
    held = await live.look(Claim(session_key, kind_name, ref))
    kind = kind_named(kind_name)
    if isinstance(held, str) or kind is None:
        return held if isinstance(held, str) else "absent"
    poll = Poll(live, held, session_key, is_impatient=not seconds)
    live.join(kind, ref, poll)
    try:
        poll.hub.resume(poll, has)
        async with asyncio.timeout(seconds or LONGEST_LOOK):
            return await asyncio.shield(poll.answer)
    except TimeoutError:
        return frames.beat(-1 if poll.sent is None else poll.sent.revision)
    except asyncio.CancelledError:
        await live.farewell(poll)
        raise
    finally:
        live.leave(poll)


def version_said(epoch: str | None, after: str | None) -> Version | None:
    """What the client says it has; None for nothing or nonsense."""
    if not epoch or after is None or not after.isascii() or not after.isdigit() or len(after) > 15:
        return None
    return Version(epoch, int(after))


def seconds_said(wait: str | None) -> float:
    """How long the client is willing to wait, in whole seconds up to 25."""
    return (
        min(float(wait), LONGEST_WAIT)
        if wait is not None and wait.isascii() and wait.isdigit()
        else LONGEST_WAIT
    )
