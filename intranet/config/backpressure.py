"""Large answers go out as fast as the reader takes them, not as fast as the disk gives them.

Daphne hands every piece an application sends straight to Twisted, which keeps in memory whatever a slow
tablet has not taken yet: a 200 MB original would be held whole for each of them. Twisted tells a producer
when to pause.
"""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any

Application = Callable[[Any, Any, Any], Awaitable[None]]

PATIENCE = 120.0
"""Seconds a reader may take nothing at all before the answer is broken off."""


class Gate:
    """What Twisted calls a push producer: open while the connection takes more."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    def pauseProducing(self) -> None:
        """The connection's buffer is full."""
        self._open.clear()

    def resumeProducing(self) -> None:
        """The buffer is empty again."""
        self._open.set()

    def stopProducing(self) -> None:
        """The connection is gone; what is sent now is dropped by Daphne."""
        self._open.set()

    async def passed(self) -> None:
        """Wait until more is taken. Raises TimeoutError after PATIENCE seconds."""
        await asyncio.wait_for(self._open.wait(), PATIENCE)


def paced(application: Application) -> Application:
    """`application` with every streamed answer held back while the connection is full; under Daphne only."""

    async def paced_application(scope: Any, receive: Any, send: Any) -> None:
        request: Any = send.args[0] if isinstance(send, functools.partial) and send.args else None
        if scope["type"] != "http" or not hasattr(request, "registerProducer"):
            return await application(scope, receive, send)
        gate: Gate | None = None

        async def paced_send(message: Any) -> None:
            nonlocal gate
            is_open = not request.finished and request.channel is not None
            if message.get("more_body") and gate is None and is_open:
                gate = Gate()
                request.registerProducer(gate, True)
            elif not message.get("more_body") and gate is not None:
                if is_open:
                    request.unregisterProducer()
                gate = None
            await send(message)
            if gate is not None:
                await gate.passed()

        try:
            return await application(scope, receive, paced_send)
        finally:
            if gate is not None and not request.finished and request.channel is not None:
                request.unregisterProducer()

    return paced_application
