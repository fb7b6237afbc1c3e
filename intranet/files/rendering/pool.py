"""The children of this process: how many, which one answers, and what happens when one dies.

Safe to use from any number of threads. Nothing starts before the first request.
"""

import atexit
import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from . import limits

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]


class Refused(Exception):
    """The document or the page itself is at fault; `reason` is a code of `rules.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Busy(Exception):
    """No child was free in time, or the machine was too slow: nothing is known about the document. Try
    again."""


@dataclass
class Child:
    """One process and the documents it is likely to hold open."""

    process: "subprocess.Popen[bytes]"
    requests_pipe: IO[bytes]
    answers_pipe: IO[bytes]
    recent: list[str] = field(default_factory=list)
    requests: int = 0

    @classmethod
    def start(cls) -> "Child":
        """A new process in a group of its own, with two pipes and a bare environment."""
        process = subprocess.Popen(  # noqa: S603 - our own module, no outside words
            [sys.executable, "-s", "-E", "-m", f"{__package__}.child"],
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONMALLOC": "malloc"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
            bufsize=0,
        )
        requests, answers = process.stdin, process.stdout
        if requests is None or answers is None:
            raise OSError("no pipes")
        os.set_blocking(answers.fileno(), False)
        return cls(process, requests, answers)

    def ask(self, request: dict[str, Any], deadline: float) -> tuple[dict[str, Any], bytes]:
        """The answer's head and bytes.

        Raises TimeoutError at `deadline` (monotonic seconds) and EOFError when the child died.
        """
        try:
            self.requests_pipe.write(json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            raise EOFError from None
        received = bytearray()
        head: dict[str, Any] | None = None
        with selectors.DefaultSelector() as selector:
            selector.register(self.answers_pipe, selectors.EVENT_READ)
            while head is None or len(received) < head["size"]:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                part = self.answers_pipe.read(1 << 20)
                if part == b"":
                    raise EOFError
                received += part or b""
                if head is None and (end := received.find(b"\n")) >= 0:
                    head = json.loads(received[:end])
                    del received[: end + 1]
        return head or {}, bytes(received)

    def seconds(self) -> float:
        """Processor time used so far, 0 when it cannot be told."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def fate(self) -> int:
        """How a process that closed its pipe ended: a signal's number, or 0 for anything else."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return max(0, -self.process.wait(2))
        return 0

    def end(self) -> None:
        """Kill the process and its group."""
        for pipe in (self.requests_pipe, self.answers_pipe):
            with contextlib.suppress(OSError):
                pipe.close()
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


_CAUSES: dict[int, str] = {
    signal.SIGABRT: "memory",
    signal.SIGILL: "memory",
    signal.SIGTRAP: "memory",
    signal.SIGKILL: "memory",
    signal.SIGXCPU: "slow",
}
"""What the signal that ended a child says about the document; PDFium ends itself when memory is refused."""


class Pool:
    """At most `size` children. A request waits for one; the one that has the document open goes first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._idle: list[Child] = []
        self._taken = 0
        self._free = threading.Condition()
        self._owner = os.getpid()

    def ask(
        self,
        do: str,
        path: str,
        kind: str,
        *,
        patience: float = limits.CHILD_WALL,
        wall: float = limits.CHILD_WALL,
        **more: Any,
    ) -> bytes:
        """What a child answers.

        Waits `patience` seconds for a free child and `wall` seconds for its answer. Raises Refused when the
        document is at fault (it used up its processor time or memory) and Busy when the machine was too slow.
        """
        child = self._take(path, patience)
        keep = False
        try:
            before = child.seconds()
            try:
                request = {"do": do, "path": path, "kind": kind, "seconds": limits.CHILD_CPU, **more}
                head, body = child.ask(request, time.monotonic() + wall)
            except TimeoutError:
                if child.seconds() - before > limits.CHILD_CPU / 2:
                    raise Refused("slow") from None
                raise Busy from None
            except EOFError:
                raise Refused(_CAUSES.get(child.fate(), "broken")) from None
            child.requests += 1
            keep = (
                head.get("reason") != "memory"
                and child.requests < limits.CHILD_REQUESTS
                and head["resident"] < limits.CHILD_RESIDENT
            )
            if "error" in head:
                logger.error("A page could not be read because of an error of ours: %s", head["error"])
            if "reason" in head:
                raise Refused(head["reason"])
            child.recent = [path, *(p for p in child.recent if p != path)][: limits.OPEN_DOCUMENTS]
            return body
        finally:
            self._give(child if keep else None, child)

    def _take(self, path: str, patience: float) -> Child:
        until = time.monotonic() + patience
        with self._free:
            if self._owner != os.getpid():
                self._owner, self._idle, self._taken = os.getpid(), [], 0
            while not self._idle and self._taken >= self._size:
                if not self._free.wait(max(0.0, until - time.monotonic())) and time.monotonic() >= until:
                    raise Busy
            self._taken += 1
            self._idle.sort(key=lambda c: path in c.recent)
            child = self._idle.pop() if self._idle else None
        if child is None or child.process.poll() is not None:
            try:
                if child is not None:
                    child.end()
                return Child.start()
            except BaseException:
                self._give(None, None)
                raise
        return child

    def _give(self, kept: Child | None, used: Child | None) -> None:
        if used is not None and kept is None:
            used.end()
        with self._free:
            self._taken -= 1
            if kept is not None:
                self._idle.append(kept)
            self._free.notify()

    def has_rest(self) -> bool:
        """Whether a child could take something that nobody waits for."""
        with self._free:
            return self._taken < self._size

    def is_warm(self) -> bool:
        """Whether a child has been started that could take a request now or soon."""
        with self._free:
            return bool(self._idle) or self._taken > 0

    def warm(self) -> None:
        """Start a child before anybody asks for it."""
        with self._free:
            if self._idle or self._taken >= self._size:
                return
            self._taken += 1
        child = None
        try:
            child = Child.start()
        finally:
            self._give(child, child)

    def close(self) -> None:
        """End the idle children; for the end of the process and for tests."""
        with self._free:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def pids(self) -> list[int]:
        """The idle children's process ids, for measuring."""
        with self._free:
            return [child.process.pid for child in self._idle]


pool = Pool(max(1, min(os.cpu_count() or 1, 4)))
"""This process's children."""
atexit.register(pool.close)


class SingleFlight:
    """Concurrent requests for the same thing do it once and share the answer or the failure."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[Any, _Flight] = {}

    @contextlib.contextmanager
    def _joined(self, key: Any) -> Iterator["tuple[_Flight, bool]"]:
        with self._lock:
            flight = self._flights.get(key)
            first = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        try:
            yield flight, first
        finally:
            if first:
                with self._lock:
                    del self._flights[key]
                flight.done.set()

    def do(self, key: Any, work: Any, patience: float) -> bytes:
        """`work()`, or what another thread's `work()` for the same key returns or raises. Raises Busy."""
        with self._joined(key) as (flight, first):
            if first:
                try:
                    flight.value = work()
                except BaseException as error:
                    flight.error = error
                    raise
                return flight.value
        if not flight.done.wait(patience):
            raise Busy
        if isinstance(flight.error, Refused):
            raise Refused(flight.error.reason)
        if flight.error is not None or flight.value is None:
            raise Busy
        return flight.value


class _Flight:
    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: bytes | None = None
        self.error: BaseException | None = None
