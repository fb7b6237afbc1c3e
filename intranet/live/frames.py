"""What travels to a browser: JSON once, and the WebSocket frame around it once, for everybody who gets it."""

import json
import time
from collections.abc import Mapping
from typing import Any

from .registry import Version

NOWHERE = Version("", -1)


class Packet:
    """One message in the three shapes it is needed in; the same bytes go to every socket of an audience."""

    __slots__ = ("body", "frame", "version")

    def __init__(self, message: Mapping[str, Any], version: Version = NOWHERE) -> None:
        self.body = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        self.version = version
        """Where a browser stands that has taken it; one object, so that a thousand members share it."""
        self.frame = _framed(self.body)
        """The body as one unmasked, final WebSocket text frame (RFC 6455 §5.2)."""


def _framed(body: bytes) -> bytes:
    size = len(body)
    if size < 126:
        head = bytes((0x81, size))
    elif size < 65536:
        head = b"\x81\x7e" + size.to_bytes(2, "big")
    else:
        head = b"\x81\x7f" + size.to_bytes(8, "big")
    return head + body


def snapshot(epoch: str, revision: int, sections: Mapping[str, Any]) -> Packet:
    """Everything the audience may see; what it does not name, a browser forgets."""
    message = {"t": "snapshot", "epoch": epoch, "revision": revision, "sections": sections}
    return Packet(message, Version(epoch, revision))


def changes(epoch: str, since: int, revision: int, sections: Mapping[str, Any]) -> Packet:
    """The whole sections changed after `since`; a browser that is not at least at `since` must resume."""
    message = {"t": "changes", "epoch": epoch, "since": since, "revision": revision, "sections": sections}
    return Packet(message, Version(epoch, revision))


def beat(revision: int, echo: object = None) -> Packet:
    """A sign of life with the server's clock in ms and the revision the browser has been sent."""
    message: dict[str, Any] = {"t": "beat", "now": now_ms(), "revision": revision}
    if echo is not None:
        message["c"] = echo
    return Packet(message)


def closed(reason: str) -> Packet:
    """The last message of a connection that must not simply come back: session, absent, replaced."""
    return Packet({"t": "closed", "reason": reason})


def error(message: str) -> Packet:
    """Tells a client that what it sent was not understood."""
    return Packet({"t": "error", "message": message})


def now_ms() -> int:
    """The server's clock, milliseconds since 1970."""
    return time.time_ns() // 1_000_000
