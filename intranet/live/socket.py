"""The socket of one browser as a plain ASGI application: handshake, what the client says, how it ends."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import parse_cookie

from . import frames, origin
from .engine import Engine, engine
from .frames import Packet
from .hub import Hub
from .reading import ANONYMOUS, Claim, Pass
from .registry import Version, kind_named
from .transport import Send, Wire, wire_for

logger = logging.getLogger(__name__)

MAX_FRAME = 64 * 1024
MAX_ERRORS = 5
RATE, BURST = 5.0, 20.0
"""Client frames a second, and at once; a beat in ten seconds and a resume now and then are expected."""

CLOSE_CODES = {"session": 4401, "absent": 4404, "replaced": 4409}
"""A client told one of these does not come back by itself."""
BAD_FRAMES, TOO_BIG, COME_BACK = 4400, 4413, 4503
"""Of the codes below 3000 Daphne sends none but 1000."""

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Socket:
    """A member of a hub that is a browser's WebSocket."""

    hub: Hub

    def __init__(self, wire: Wire, send: Send, live: Engine, claim: Pass, session_key: str) -> None:
        self.claim = claim
        self.session_key = session_key
        self.sent: Version | None = None
        self.is_ready = False
        self.turn = 0
        self.lagging_since: float | None = None
        self.is_socket = True
        self.behind = 0
        self.heard_at = live.loop.time()
        self.ended: asyncio.Future[int] = live.loop.create_future()
        self._live = live
        self._wire = wire
        self.offer = wire.offer
        self._send = send
        self._errors = 0
        self._allowance = BURST

    @property
    def is_busy(self) -> bool:
        return self._wire.is_busy

    def beat(self, packet: Packet) -> None:
        self._wire.offer(packet)

    def confirm(self, version: Version) -> None:
        self._wire.offer(frames.beat(version.revision))

    def end(self, reason: str) -> None:
        self._finish(CLOSE_CODES[reason], reason)

    def drop(self) -> None:
        self._finish(COME_BACK)

    def _finish(self, code: int, reason: str = "") -> None:
        if not self.ended.done():
            self.ended.set_result(code)
            self._live.spawn(close(self._wire, self._send, code, reason))

    def hear(self, message: dict[str, Any]) -> None:
        """One frame from the client: a resume or a beat, anything else is counted against it."""
        now = self._live.loop.time()
        self._allowance = min(BURST, self._allowance + (now - self.heard_at) * RATE) - 1
        self.heard_at = now
        text = message.get("text")
        if text is None:
            self._wrong("only text is understood")
        elif len(text) > MAX_FRAME:
            self._live.leave(self)
            self._finish(TOO_BIG)
        elif self._allowance < 0:
            self._wrong("too much at once")
        else:
            self._act(text)

    def _act(self, text: str) -> None:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            self._wrong("not readable")
            return
        match said:
            case {"t": "beat", "c": int() | float() as echo} if abs(echo) < 2**53:
                revision = -1 if self.sent is None else self.sent.revision
                shown = said.get("r")
                if isinstance(shown, int) and abs(shown) < 2**53:
                    self.behind = max(0, revision - shown)
                self._wire.offer(frames.beat(revision, echo))
            case {"t": "resume", "epoch": str() as epoch, "revision": int() as revision} if (
                abs(revision) < 2**53
            ):
                self.hub.resume(self, Version(epoch, revision))
            case {"t": "resume"} if said.get("epoch") is None and said.get("revision") is None:
                self.hub.resume(self, None)
            case _:
                self._wrong("not understood")

    def _wrong(self, why: str) -> None:
        self._errors += 1
        if self._errors == 1:
            self._wire.offer(frames.error(why))
        if self._errors > MAX_ERRORS:
            self._live.leave(self)
            self._finish(BAD_FRAMES)


async def close(wire: Wire, send: Send, code: int, reason: str = "") -> None:
    """Say why, if there is a reason to say, and close; a connection that is gone already is fine."""
    with suppress(OSError, RuntimeError):
        await wire.settled()
        if reason:
            await send({"type": "websocket.send", "text": frames.closed(reason).body.decode()})
        await send({"type": "websocket.close", "code": code})


async def serve(scope: dict[str, Any], receive: Receive, send: Send, kind_name: str, ref: str) -> None:
    """One socket from its handshake to its end."""
    if (await receive())["type"] != "websocket.connect":
        return
    if not origin.is_own(scope["headers"]):
        await send({"type": "websocket.close"})
        return
    live = engine()
    session_key = session_key_of(scope["headers"])
    kind = kind_named(kind_name)
    held: Pass | str = ANONYMOUS
    if session_key:
        # A kind that does not exist is looked for all the same: the anonymous are told so first.
        try:
            held = await live.look(Claim(session_key, kind_name, ref))
        except Exception as problem:
            logger.warning("A socket could not be admitted: %r", problem)
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": COME_BACK})
            return
    await send({"type": "websocket.accept"})
    wire = wire_for(send, direct=settings.LIVE_DIRECT_WRITE)
    if isinstance(held, str) or kind is None:
        reason = held if isinstance(held, str) else "absent"
        await close(wire, send, CLOSE_CODES[reason], reason)
        return
    socket = Socket(wire, send, live, held, session_key)
    live.join(kind, ref, socket)
    try:
        while not socket.ended.done():
            message = await receive()
            if message["type"] == "websocket.disconnect":
                break
            if not socket.ended.done():
                socket.hear(message)
    except asyncio.CancelledError:
        await live.farewell(socket)
        raise
    finally:
        live.leave(socket)


def session_key_of(headers: origin.Headers) -> str:
    """The session cookie's value, or nothing."""
    cookies = "; ".join(value.decode("latin1") for name, value in headers if name.lower() == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
