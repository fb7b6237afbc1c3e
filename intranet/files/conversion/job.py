"""Running one foreign program on one document, from the side that wants the result."""

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from intranet.files.rendering.pool import Busy, Refused

HERE = Path(__file__).resolve().parent
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
"""What every program may read."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


@dataclass(frozen=True)
class Limits:
    """What a job may cost."""

    seconds: int
    """Of processor time, of each of its processes."""
    wall: float
    """On the clock, for all of it."""
    memory: int
    """Address space of each process, bytes."""
    size: int
    """Of a file it writes, bytes."""


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for one job on the store's disk; gone with everything in it when the job is over. What a
    killed worker leaves is an orphan of the store and goes as such."""
    home = Path(settings.FILES_ROOT) / "tmp"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=home, prefix="job-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(
    command: Sequence[str],
    *,
    folder: Path,
    limits: Limits,
    reads: Sequence[str] = (),
    env: dict[str, str] | None = None,
    sockets: str = "",
) -> int:
    """Run `command` in `folder`, the only place where it may write, with no network; returns its exit code.

    Besides the system's programs it may read `reads`. With `sockets`, a folder, it may make sockets there, to
    be reached by processes of this machine. Raises Refused when the document made it use up its
    time or memory, Busy when the machine was too slow.
    """
    bare = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)}
    job = {
        "command": list(command),
        "folder": str(folder),
        "reads": [*SYSTEM, *reads],
        "writes": list(DEVICES),
        "env": bare | (env or {}),
        "neighbours": bool(sockets),
        "sockets": [sockets] if sockets else [],
        "seconds": limits.seconds,
        "wall": limits.wall,
        "memory": limits.memory,
        "size": limits.size,
    }
    keeper = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-s", "-E", "-m", f"{__package__}.supervisor", json.dumps(job)],
        cwd=HERE.parents[2],
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        told = _answer(keeper, limits.wall + 30)
    finally:
        if keeper.poll() is None:
            keeper.kill()
        for pipe in (keeper.stdin, keeper.stdout):
            if pipe:
                pipe.close()
        keeper.wait()
    try:
        outcome = json.loads(told)
    except ValueError:
        raise Busy from None
    if outcome["late"]:
        if outcome["seconds"] > limits.seconds / 2:
            raise Refused("slow")
        raise Busy
    code = int(outcome["code"])
    if code in (-signal.SIGXCPU, -signal.SIGKILL) and outcome["seconds"] >= limits.seconds - 1:
        raise Refused("slow")
    if code in (-signal.SIGKILL, -signal.SIGABRT):
        raise Refused("memory")
    return code


def _answer(keeper: "subprocess.Popen[bytes]", patience: float) -> bytes:
    """Its line, or nothing when it hangs. The pipe to it stays open: that tells it that we live."""
    with selectors.DefaultSelector() as selector:
        selector.register(keeper.stdout or -1, selectors.EVENT_READ)
        return keeper.stdout.readline() if keeper.stdout and selector.select(patience) else b""
