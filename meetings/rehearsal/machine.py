"""How busy this machine is, second by second, where the system tells (/proc); nothing elsewhere."""

import os
from dataclasses import dataclass
from pathlib import Path

WEB = b"intranet.config.asgi"
"""What the command line of a web process of this site holds."""
PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass
class Reading:
    """Seconds of work done since the start, and bytes held now."""

    busy: float
    idle: float
    web: float
    memory: int
    own: float


def web_processes() -> list[int]:
    """The web processes of this site that this account may look at."""
    found = []
    for path in PROC.glob("[0-9]*"):
        try:
            if WEB in (path / "cmdline").read_bytes() and path.stat().st_uid in (os.getuid(), 0):
                found.append(int(path.name))
        except OSError:
            continue
    return found


def look(pids: list[int]) -> Reading | None:
    """The machine, the given processes and this one, now; None where the system does not tell."""
    try:
        fields = [int(field) for field in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    except (OSError, ValueError):
        return None
    idle = (fields[3] + fields[4]) / TICKS
    web, memory = 0.0, 0
    for pid in pids:
        try:
            stat = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            memory += int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
        except (OSError, ValueError, IndexError):
            continue
        web += (int(stat[11]) + int(stat[12])) / TICKS
    times = os.times()
    return Reading(sum(fields) / TICKS - idle, idle, web, memory, times.user + times.system)


def between(before: Reading, after: Reading) -> dict[str, int]:
    """What happened between two looks: shares of the whole machine in percent, memory in bytes."""
    whole = (after.busy + after.idle) - (before.busy + before.idle)
    if whole <= 0:
        return {}

    def share(part: float) -> int:
        return min(100, round(100 * part / whole))

    return {
        "cpu": share(after.busy - before.busy),
        "web": share(after.web - before.web),
        "tablets": share(after.own - before.own),
        "memory": after.memory,
    }
