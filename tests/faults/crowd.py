"""Many tablets of the shipped browser code in one Node process, steered and asked from Python."""

import hashlib
import json
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Tablet:
    """One device: through which address, as whom, into which topic."""

    id: str
    base: str
    ref: str
    cookie: str
    audience: str = "delegate"
    polls: bool = False
    """Whether its network lets no socket through."""


class Crowd:
    """The tablets of one Node process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._lines: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        assert self._next(30) == {"ready": True}

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))
        self._lines.put(None)

    def _next(self, seconds: float) -> Any:
        try:
            said = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError("the tablets' process does not answer") from None
        assert said is not None, "the tablets' process ended"
        return said

    def ask(self, what: str, **facts: Any) -> Any:
        """One question and its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **facts}).encode() + b"\n")
        self._process.stdin.flush()
        return self._next(60)

    def report(self, *, full: bool = False, history: bool = False) -> Any:
        """What every tablet shows and met so far."""
        return self.ask("report", full=full, history=history)

    def wait(self, condition: Callable[[list[dict[str, Any]]], bool], seconds: float, what: str) -> Any:
        """Ask until `condition` holds of the tablets; returns the last report."""
        until = time.monotonic() + seconds
        while True:
            said = self.report()
            if condition(said["tablets"]):
                return said
            assert time.monotonic() < until, f"not within {seconds:.0f} s: {what}\n{summary(said['tablets'])}"
            time.sleep(0.25)

    def wait_live(self, seconds: float = 30) -> Any:
        """Until every tablet is live."""
        return self.wait(lambda found: all(one["state"] == "live" for one in found), seconds, "all are live")

    def wait_equal(self, fresh: Callable[[str], Mapping[str, Any]], seconds: float) -> Any:
        """Until every tablet shows exactly what `fresh` says of its audience now; returns the report."""

        def is_equal(found: list[dict[str, Any]]) -> bool:
            wanted = {name: state_hash(fresh(name)) for name in {one["audience"] for one in found}}
            return all(one["hash"] == wanted[one["audience"]] for one in found)

        return self.wait(is_equal, seconds, "all equal a fresh snapshot")


def state_hash(sections: Mapping[str, Any]) -> str:
    """What a tablet's report says of the same sections."""
    text = json.dumps(sections, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def summary(tablets: Sequence[Mapping[str, Any]]) -> str:
    """The distinct states of the tablets, most frequent first."""
    counted: dict[str, int] = {}
    for one in tablets:
        said = f"{one['audience']} {one['state']}{one['reason']} r{one['revision']} {one['hash']}"
        counted[said] = counted.get(said, 0) + 1
    return "\n".join(f"{n:4} × {said}" for said, n in sorted(counted.items(), key=lambda pair: -pair[1])[:12])


@contextmanager
def crowd(
    tablets: Sequence[Tablet], *, kind: str, watch: Sequence[str] = (), skew: int = 0
) -> Iterator[Crowd]:
    """Open all tablets at once. `watch`: sections compared between tablets at every single revision.

    `skew`: by how many ms the devices' own clocks are wrong.
    """
    node = shutil.which("node")
    assert node, "Node is needed here; make test installs it"
    given = {"tablets": [vars(one) for one in tablets], "kind": kind, "watch": list(watch), "skew": skew}
    script = Path(__file__).with_name("tablets.mjs")
    command = [node, "--no-warnings", "--experimental-websocket", str(script), json.dumps(given)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Crowd(process)
        finally:
            process.kill()
