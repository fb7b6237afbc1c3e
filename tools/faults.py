"""`make faults`: the long fault trials of `tests/faults` on private, durable parts. Standard library only.

FAULTS_SCALE=0.1 makes them a tenth as long, FAULTS="cuts kills" runs only those, FAULTS_SEED repeats a run.
"""

import os
import signal
import subprocess
import sys

from tools.install import PYTHON, ROOT, install, say
from tools.parts import LIBREOFFICE, POSTGRESQL, REDIS, require

LONGEST = 170 * 60
"""Seconds after which a run that hangs is ended."""


def main() -> int:
    """Set up and run. Returns the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    install(tests=True)
    require(POSTGRESQL, REDIS, LIBREOFFICE)
    command = [str(PYTHON), "-m", "tests.faults", *os.environ.get("FAULTS", "").split()]
    with subprocess.Popen(command, cwd=ROOT) as trials:
        try:
            return trials.wait(LONGEST)
        except subprocess.TimeoutExpired:
            say(f"\nThe trials did not end within {LONGEST // 60} minutes.")
            trials.send_signal(signal.SIGINT)
            return 1
        except KeyboardInterrupt:
            trials.send_signal(signal.SIGINT)
            return 130


if __name__ == "__main__":
    sys.exit(main())
