"""A line to a server that counts what comes over it, and can be as slow as a hall's."""

import asyncio
import contextlib
import threading

PIECE = 64 * 1024


class Line:
    """Listens on a free port, passes everything on to `port`, counts the bytes that come back."""

    def __init__(self, port: int, *, bytes_per_second: float = 0) -> None:
        self.target = port
        self.rate = bytes_per_second
        self.moved = 0
        self.port = 0
        self._free_at = 0.0
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        ready.wait(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._one, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            await asyncio.gather(self._pump(reader, back, False), self._pump(there, writer, True))

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_counted: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(PIECE):
                if is_counted:
                    self.moved += len(piece)
                    await self._wait(len(piece))
                writer.write(piece)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.close()

    async def _wait(self, size: int) -> None:
        """All connections together get no more than the line carries."""
        if not self.rate:
            return
        now = self._loop.time()
        self._free_at = max(self._free_at, now) + size / self.rate
        await asyncio.sleep(self._free_at - now)
