"""A network that misbehaves on demand: a TCP proxy that cuts, stalls, half-opens, slows and tears."""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

CHUNK = 64 * 1024
TRICKLE_PAUSE = 0.001


@dataclass(eq=False)
class Line:
    """One connection through the proxy. `up` is towards the server, `down` towards the browser."""

    streams: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    dropped: set[str] = field(default_factory=set)
    """Directions whose bytes vanish without a word."""
    rate: float = 0.0
    """Bytes a second in each direction; 0 is as fast as it goes."""
    trickles: bool = False


class Proxy:
    """Listens on `port` and carries bytes to `target`. Its methods belong to the loop it was opened on."""

    def __init__(self, target: int, rng: random.Random) -> None:
        self.target = target
        self.rng = rng
        self.port = 0
        self.refuses = False
        self.lines: set[Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to listen on a free port of this machine."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Cut everything and stop listening."""
        self._server.close()
        self.cut(1.0)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)

    def some(self, share: float) -> list[Line]:
        """A random part of the connections; at least one, when there is one."""
        lines = list(self.lines)
        return self.rng.sample(lines, min(len(lines), max(1, round(len(lines) * share))))

    def cut(self, share: float) -> int:
        """End connections with a reset, in the middle of whatever they carry. Returns how many."""
        lines = self.some(share)
        for line in lines:
            for stream in line.streams:
                raw = stream.get_extra_info("socket")
                with suppress(OSError):
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                stream.transport.abort()
            line.flows.set()
        return len(lines)

    def stall(self, share: float, seconds: float) -> int:
        """Hold bytes back in both directions for a while; nothing is lost. Returns how many connections."""
        lines = self.some(share)
        for line in lines:
            line.flows.clear()
            asyncio.get_running_loop().call_later(seconds, line.flows.set)
        return len(lines)

    def half_open(self, share: float, direction: str) -> int:
        """From now on one direction ("up" or "down") leads nowhere, and nobody is told."""
        lines = self.some(share)
        for line in lines:
            line.dropped.add(direction)
        return len(lines)

    def slow(self, share: float, rate: float) -> int:
        """Carry at most `rate` bytes a second from now on."""
        lines = self.some(share)
        for line in lines:
            line.rate = rate
        return len(lines)

    def trickle(self, share: float) -> int:
        """Deliver in pieces of a few bytes, so that frames arrive torn."""
        lines = self.some(share)
        for line in lines:
            line.trickles = True
        return len(lines)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self.refuses:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        line = Line((writer, far_writer))
        line.flows.set()
        self.lines.add(line)
        pumps = [
            asyncio.ensure_future(self._pump(line, "up", reader, far_writer)),
            asyncio.ensure_future(self._pump(line, "down", far_reader, writer)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.lines.discard(line)
            for pump in pumps:
                pump.cancel()
            for stream in line.streams:
                stream.close()

    async def _pump(
        self, line: Line, direction: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                await line.flows.wait()
                if direction in line.dropped:
                    continue
                if line.rate:
                    await asyncio.sleep(len(piece) / line.rate)
                if line.trickles:
                    for part in self._torn(piece):
                        if writer.is_closing():
                            return
                        writer.write(part)
                        await asyncio.sleep(TRICKLE_PAUSE)
                elif writer.is_closing():
                    return
                else:
                    writer.write(piece)
                await writer.drain()

    def _torn(self, piece: bytes) -> Iterator[bytes]:
        start = 0
        while start < len(piece):
            # The first bytes one by one: they are the heads of frames.
            size = 1 if start < 16 else self.rng.randint(1, max(1, len(piece) // 8))
            yield piece[start : start + size]
            start += size


class Network:
    """Proxies on a loop of their own thread, for tests that are not asynchronous."""

    def __init__(self, targets: list[int], seed: int) -> None:
        self.loop = asyncio.new_event_loop()
        self.proxies = [Proxy(target, random.Random(seed + n)) for n, target in enumerate(targets)]  # noqa: S311
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    @property
    def ports(self) -> list[int]:
        """Where browsers connect, one for each target."""
        return [proxy.port for proxy in self.proxies]

    def call(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """Do something to a proxy on its loop and return what it says."""

        async def on_loop() -> Any:
            done = act(*arguments)
            return await done if asyncio.iscoroutine(done) else done

        return asyncio.run_coroutine_threadsafe(on_loop(), self.loop).result(30)

    def start(self) -> None:
        self._thread.start()
        for proxy in self.proxies:
            self.call(proxy.open)

    def stop(self) -> None:
        for proxy in self.proxies:
            self.call(proxy.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@contextmanager
def network(targets: list[int], seed: int) -> Iterator[Network]:
    """One misbehaving proxy in front of each port of `targets`, for the time of the block."""
    made = Network(targets, seed)
    made.start()
    try:
        yield made
    finally:
        made.stop()
