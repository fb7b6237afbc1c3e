"""One job's keeper, a process of its own: starts a foreign program confined, ends everything it started.

Run as a module with the job as JSON in its only argument; says how it ended in one line of JSON. It ends the
job when its own parent is gone (standard input closes), when the clock has run out, and when the program has
ended but what it started has not. A program that ignores SIGTERM is of no concern: only SIGKILL is used.
Standard library only.
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from . import confinement

BECOME_PARENT_OF_ORPHANS = 36
TURN = 0.05


def children() -> list[int]:
    """Processes whose parent this one is, by birth or because theirs has ended."""
    me = os.getpid()
    return [int(one) for one in Path(f"/proc/{me}/task/{me}/children").read_text().split()]


def end_all() -> None:
    """Kill every descendant. Who loses a parent becomes our child, so that nobody gets away."""
    while left := children():
        for one in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        for one in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(one, 0)


def confine(job: dict[str, Any]) -> None:
    """In the new process, before it becomes the program."""
    confinement.die_with_parent()
    confinement.limit(seconds=job["seconds"], memory=job["memory"], size=job["size"])
    confinement.see_only(job["reads"], [job["folder"], *job["writes"]], job["sockets"])
    confinement.be_alone(neighbours=job["neighbours"])


def main() -> None:
    """Start, wait, end, tell."""
    job = json.loads(sys.argv[1])
    ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    until = time.monotonic() + job["wall"]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - a program found by us, files named by us
        job["command"],
        cwd=job["folder"],
        env=job["env"],
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        preexec_fn=lambda: confine(job),
    )
    is_late = False
    while process.poll() is None:
        abandoned, _, _ = select.select([0], [], [], TURN)
        is_late = time.monotonic() > until
        if abandoned or is_late:
            break
    end_all()
    with contextlib.suppress(ChildProcessError):
        process.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "code": process.returncode,
        "late": is_late,
        "seconds": used.ru_utime + used.ru_stime,
        "resident": used.ru_maxrss * 1024,
    }
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
