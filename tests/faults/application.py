"""The real application with time made shorter, and a wall clock that can be set by somebody else.

FAULTS_HEARTBEAT is the engine's heartbeat in seconds. FAULTS_CLOCK names a file with the seconds by which
the clock of this machine is wrong now.
"""

import os
import time
from pathlib import Path

if file := os.environ.get("FAULTS_CLOCK"):
    _real, _real_ns, _path = time.time, time.time_ns, Path(file)

    def wrong_by() -> float:
        """Seconds; read at every look, as the clock may be set again."""
        return float(_path.read_text() or 0)

    time.time = lambda: _real() + wrong_by()
    time.time_ns = lambda: _real_ns() + int(wrong_by() * 1e9)

from intranet.config.asgi import application  # isort: skip  # noqa: F401

from django.utils import timezone

from intranet.live import engine

if file:
    import datetime

    timezone.now = lambda: datetime.datetime.fromtimestamp(time.time(), datetime.UTC)

if seconds := os.environ.get("FAULTS_HEARTBEAT"):
    engine.HEARTBEAT = int(seconds)
