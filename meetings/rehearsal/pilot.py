"""Starting the program of the simulated tablets, speaking to it, and ending it whatever happens."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "meetings.rehearsal.tablets"
ENDING_SECONDS = 3
LONGEST_LINE = 1024 * 1024


class Tablets:
    """The running program."""

    def __init__(self, say: IO[str], hear: IO[str]) -> None:
        self._say, self._hear = say, hear
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(ValueError):
            while line := self._hear.readline(LONGEST_LINE):
                self._lines.put(line)
        self._lines.put(None)

    def tell(self, message: Mapping[str, Any]) -> None:
        """One line to the program; nothing when it has ended."""
        with contextlib.suppress(OSError, ValueError):
            self._say.write(json.dumps(message) + "\n")
            self._say.flush()

    def hold(self, sessions: Sequence[str], *, until: float) -> Iterator[dict[str, Any] | None]:
        """Ask for one step. Yields what the program says, None every half second of silence; ends after the
        step or its trouble, or at `until` (monotonic seconds).
        """
        self.tell({"sessions": list(sessions)})
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.5)
            except queue.Empty:
                yield None
                continue
            if line is None:
                yield {"say": "trouble", "code": "broken"}
                return
            message = json.loads(line)
            yield message
            if message["say"] in ("step", "trouble"):
                return


@contextlib.contextmanager
def tablets(told: Mapping[str, Any]) -> Iterator[Tablets]:
    """The program for the time of the block."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", PROGRAM],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    try:
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes")
        running = Tablets(process.stdin, process.stdout)
        running.tell(told)
        yield running
    finally:
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(ENDING_SECONDS)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()
