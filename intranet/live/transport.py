"""The one place that writes to a socket: straight into Daphne's connection when it looks exactly as expected.

Daphne's own path costs four times as much per delivery, most of it in Twisted's late writes. The short cut
uses attributes that are nobody's promise, so it is chosen per connection, only when all of them are there;
everything else (TLS inside the process, another server, middleware around `send`) goes through plain ASGI.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from socket import socket
from typing import Any, Protocol

from .frames import Packet

UNSENT_LIMIT = 64 * 1024
"""Bytes waiting in the process above which a connection gets nothing more until they have left."""

OPEN = 3
"""Autobahn's number for an open connection."""

Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class Wire(Protocol):
    """How bytes reach one browser."""

    @property
    def is_busy(self) -> bool:
        """Whether a packet offered now would be refused."""

    def offer(self, packet: Packet) -> bool:
        """Hand a packet over, in order; False when the connection is still busy with earlier ones."""

    async def settled(self) -> None:
        """Wait until what was handed over can no longer be overtaken by the plain ASGI `send`."""


class DirectWire:
    """Writes a ready frame to the operating system at once; what does not fit goes to Twisted's buffer."""

    __slots__ = ("_fallback", "_protocol", "_send", "_transport")

    def __init__(self, protocol: Any, fallback: "AsgiWire") -> None:
        self._protocol = protocol
        self._transport = protocol.transport
        self._send = protocol.transport.socket.send
        self._fallback = fallback

    @classmethod
    def over(cls, send: Any, fallback: "AsgiWire") -> "DirectWire | None":
        """The short cut behind an ASGI `send`, or None when anything is not as Daphne makes it."""
        if not (isinstance(send, partial) and len(send.args) == 1 and not send.keywords):
            return None
        try:
            from daphne.server import Server
            from daphne.ws_protocol import WebSocketProtocol
            from twisted.internet.tcp import Server as TcpConnection
        except ImportError:
            return None
        protocol = send.args[0]
        if getattr(send.func, "__func__", None) is not Server.handle_reply:
            return None
        if type(protocol) is not WebSocketProtocol:
            return None
        transport = getattr(protocol, "transport", None)
        plain = (
            type(transport) is TcpConnection
            and not getattr(transport, "TLS", True)
            and type(getattr(transport, "socket", None)) is socket
            and isinstance(getattr(transport, "dataBuffer", None), bytes)
            and isinstance(getattr(transport, "_tempDataLen", None), int)
            and getattr(protocol, "_perMessageCompress", False) is None
            and not getattr(protocol, "send_queue", True)
            and protocol.state == protocol.STATE_OPEN == OPEN
        )
        return cls(protocol, fallback) if plain else None

    @property
    def is_busy(self) -> bool:
        transport = self._transport
        unsent: int = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
        return unsent > UNSENT_LIMIT and bool(self._protocol.state == OPEN)

    def offer(self, packet: Packet) -> bool:
        if self._protocol.state != OPEN:
            return True  # the disconnect event is on its way; nothing can be delivered any more
        transport = self._transport
        frame = packet.frame
        if transport.dataBuffer or transport._tempDataLen:
            unsent = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
            if unsent > UNSENT_LIMIT:
                return False
            if unsent:
                transport.write(frame)
                return True
        try:
            taken = self._send(frame)
        except OSError:  # would block, or broken: Twisted finds out which
            taken = 0
        if taken < len(frame):
            transport.write(frame[taken:] if taken else frame)
        return True

    async def settled(self) -> None:
        await self._fallback.settled()


class AsgiWire:
    """Any ASGI server: one message in flight, so that a slow reader holds up nobody but itself."""

    __slots__ = ("_send", "_task")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._task: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def offer(self, packet: Packet) -> bool:
        if self.is_busy:
            return False
        self._task = asyncio.create_task(self._deliver(packet))
        return True

    async def settled(self) -> None:
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _deliver(self, packet: Packet) -> None:
        with suppress(OSError, RuntimeError):  # the server says so when the connection is gone
            await self._send({"type": "websocket.send", "text": packet.body.decode()})


def wire_for(send: Send, *, direct: bool = True) -> Wire:
    """The fastest wire that fits the connection behind `send`, which must have been accepted."""
    plain = AsgiWire(send)
    return (DirectWire.over(send, plain) if direct else None) or plain
