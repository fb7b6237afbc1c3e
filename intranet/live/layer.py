"""Between processes: one subscription per process to one group, over which only hints travel.

A hint may be lost, doubled or reordered; the truth is in the database, and the engine reads it once a second
while `Subscription.is_up` is false.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)

GROUP = "live"
PROCESS = uuid4().hex[:12]
"""This process among those of the installation, for as long as it lives."""
SEND_TIMEOUT = 1.0
ANSWER_WITHIN = 0.4
"""Seconds other processes have to answer a question."""
SILENCE = 3.5
"""Seconds without hearing one's own probe after which the subscription counts as lost."""
GAP = 1.8
"""Seconds between two of one's own probes after which others' words may have been missed."""
PAUSE_AFTER_FAILURE = 2.0

_next_try = 0.0
_is_reported = False
_owes = False
"""Whether a hint of this process got lost: the next message that passes tells the others to look."""


def is_shared() -> bool:
    """Whether a channel layer connects processes at all; the in-process one adds nothing to a direct call."""
    layer = get_channel_layer()
    return layer is not None and type(layer) is not InMemoryChannelLayer


async def send(message: dict[str, Any]) -> None:
    """Tell every process; gives up quietly within a second, and for two seconds after a failure."""
    global _next_try, _is_reported, _owes
    if time.monotonic() < _next_try:
        _owes |= "probe" not in message
        return
    try:
        for one in (message, {"look": True}) if _owes else (message,):
            given = {"type": "live", "from": PROCESS, **one}
            await asyncio.wait_for(get_channel_layer().group_send(GROUP, given), SEND_TIMEOUT)
        _is_reported = _owes = False
    except Exception as problem:
        _owes |= "probe" not in message
        _next_try = time.monotonic() + PAUSE_AFTER_FAILURE
        if not _is_reported:
            _is_reported = True
            logger.warning("The live layer is away, processes read the database instead: %r", problem)


def send_from_thread(message: dict[str, Any]) -> None:
    """`send` for synchronous code without an engine in its process: a worker, a command."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        async_to_sync(send)(message)
    else:
        _started.add(task := loop.create_task(send(message)))
        task.add_done_callback(_started.discard)


_started: set["asyncio.Task[None]"] = set()


async def ask(question: Callable[[str], dict[str, Any]]) -> list[Any]:
    """What the other processes answer soon to a question that names the channel for the answers."""
    answers: list[Any] = []
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(SEND_TIMEOUT):
            channel = await layer.new_channel("answers")
            await send(question(channel))
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_WITHIN):
                while True:
                    answers.append((await layer.receive(channel))["answer"])
    except Exception as problem:
        logger.warning("Other processes could not be asked: %r", problem)
    return answers


async def answer(channel: str, what: Any) -> None:
    """Answer a question of another process; nobody waits for it for long."""
    with suppress(Exception):
        await asyncio.wait_for(
            get_channel_layer().send(channel, {"type": "live", "answer": what}), SEND_TIMEOUT
        )


class Subscription:
    """Hears the group, proves to itself once a second that it does, and subscribes anew when it does not."""

    def __init__(self, hear: Callable[[dict[str, Any]], None]) -> None:
        self._hear = hear
        self._heard_at = 0.0
        self.is_up = False
        """Whether hints from other processes arrive; never true over the in-process layer."""

    async def run(self) -> None:
        """Keep the subscription until cancelled."""
        delay = 0.5
        while True:
            try:
                await self._listen()
            except Exception as problem:
                if self.is_up:
                    logger.warning("Nothing is heard over the live layer any more: %r", problem)
            if self.is_up:
                delay = 0.5
            self.is_up = False
            await asyncio.sleep(delay * random.uniform(0.5, 1))  # noqa: S311
            delay = min(delay * 2, 15.0)

    async def _listen(self) -> None:
        layer = get_channel_layer()
        pump: asyncio.Task[None] | None = None
        try:
            async with asyncio.timeout(5):
                channel = await layer.new_channel("live")
                await layer.group_add(GROUP, channel)
            pump = asyncio.create_task(self._pump(layer, channel))
            started = asyncio.get_running_loop().time()
            self._heard_at = started
            while not pump.done():
                await send({"probe": PROCESS})
                await asyncio.sleep(1)
                if asyncio.get_running_loop().time() - self._heard_at > SILENCE:
                    raise ConnectionError("silence")
            pump.result()
        finally:
            with suppress(Exception):
                await asyncio.wait_for(layer.flush(), 2)
            if pump is not None:
                pump.cancel()
                await asyncio.wait([pump])

    async def _pump(self, layer: Any, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            if message.get("probe") == PROCESS:
                now = asyncio.get_running_loop().time()
                if not self.is_up or now - self._heard_at > GAP:
                    self._hear({"look": True})  # deaf for a while: what was said meanwhile is unknown
                self._heard_at = now
                self.is_up = True
            elif message.get("from") != PROCESS and "probe" not in message:
                self._hear(message)
