"""The tablet's requests for pages and images: HTTP/1.1 over one kept connection, one request at a time."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE = 20.0
"""Seconds a request may take altogether."""
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Address:
    """Where the site is, taken apart once."""

    origin: str
    host: str
    port: int
    netloc: str
    tls: ssl.SSLContext | None = field(default=None, compare=False)

    @classmethod
    def of(cls, origin: str) -> "Address":
        """Of "https://dinh.example:8443". ValueError when it is no address of a site."""
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(origin)
        tls = ssl.create_default_context() if parts.scheme == "https" else None
        port = parts.port or (443 if tls else 80)
        return cls(f"{parts.scheme}://{parts.netloc}", parts.hostname, port, parts.netloc, tls)


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes


class Browser:
    """The kept connection of one tablet."""

    def __init__(self, address: Address, headers: dict[str, str]) -> None:
        self._address = address
        self._headers = headers
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()
        self.received = 0

    async def get(self, path: str) -> Answer:
        """Fetch a path of the site; redirects are answers, not followed."""
        return await self._ask("GET", path, {}, b"")

    async def post(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return await self._ask("POST", path, headers, body)

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        async with self._turn, asyncio.timeout(PATIENCE):
            kept = self._streams is not None
            try:
                return await self._once(method, path, headers, body)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                # A kept connection may have been closed at any time; a form carries its own number.
                if not kept:
                    raise
                return await self._once(method, path, headers, body)
            except BaseException:
                self.close()
                raise

    async def _once(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                self._address.host, self._address.port, ssl=self._address.tls
            )
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._address.netloc}"]
        lines += [f"{name}: {value}" for name, value in {**self._headers, **headers}.items()]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
        status = int(head.split(" ", 2)[1])
        said = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        content = await self._body(reader, said)
        self.received += len(head) + len(content)
        if said.get("connection") == "close":
            self.close()
        return Answer(status, content)

    async def _body(self, reader: asyncio.StreamReader, said: dict[str, str]) -> bytes:
        if said.get("transfer-encoding") == "chunked":
            parts: list[bytes] = []
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                if sum(map(len, parts)) + size > LARGEST:
                    raise ConnectionError("too large")
                parts.append((await reader.readexactly(size + 2))[:-2])
            await reader.readuntil(b"\r\n")
            return b"".join(parts)
        size = int(said.get("content-length", "0"))
        if size > LARGEST:
            raise ConnectionError("too large")
        return await reader.readexactly(size)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            with suppress(Exception):
                self._streams[1].close()
            self._streams = None
