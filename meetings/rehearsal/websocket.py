"""The tablet's end of a WebSocket (RFC 6455), as far as a browser of Đình uses it: text, ping, close."""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

TEXT, CONTINUED, CLOSE, PING, PONG = 0x1, 0x0, 0x8, 0x9, 0xA
LARGEST = 32 * 1024 * 1024
"""Bytes of one message above which the connection is given up."""


class Line(asyncio.Protocol):
    """One connection. `opened` is done when the server agreed; afterwards `on_text` gets every message."""

    def __init__(self, request: bytes, on_text: Callable[[bytes], None], on_lost: Callable[[], None]) -> None:
        self._request = request
        self._on_text = on_text
        self._on_lost = on_lost
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._is_upgraded = False
        self._transport: asyncio.Transport | None = None
        self.received = 0
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("refused"))
        self._transport = None
        self._on_lost()

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        self._buffer += data
        if not self._is_upgraded:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.abort()
                return
            self._is_upgraded = True
            self._buffer = bytearray(rest)
            if not self.opened.done():
                self.opened.set_result(None)
        while self._frame():
            pass

    def _frame(self) -> bool:
        """Take one whole frame off the buffer, if there is one."""
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        size, start = buffer[1] & 0x7F, 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10], "big"), 10
        if size > LARGEST or buffer[1] & 0x80:
            self.abort()
            return False
        if len(buffer) < start + size:
            return False
        is_last, code = bool(buffer[0] & 0x80), buffer[0] & 0x0F
        body = bytes(memoryview(buffer)[start : start + size])
        del buffer[: start + size]
        if code in (TEXT, CONTINUED):
            self._parts.append(body)
            if is_last:
                whole, self._parts = b"".join(self._parts), []
                self._on_text(whole)
        elif code == PING:
            self._send(PONG, body)
        elif code == CLOSE:
            self.abort()
        return True

    def say(self, text: str) -> None:
        """Send a text message; nothing happens on a lost line."""
        self._send(TEXT, text.encode())

    def _send(self, code: int, body: bytes) -> None:
        if self._transport is None or len(body) > 65535:
            return
        mask = os.urandom(4)
        size = bytes((0x80 | len(body),)) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
        self._transport.write(bytes((0x80 | code,)) + size + mask + masked)

    def close(self) -> None:
        """Say goodbye and hang up."""
        self._send(CLOSE, (1000).to_bytes(2, "big"))
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Hang up at once."""
        if self._transport is not None:
            self._transport.abort()


def handshake(path: str, headers: dict[str, str]) -> bytes:
    """The request that opens a line."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [f"GET {path} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
