"""What a web process prepares for a thousand sockets, tried in a process of its own."""

import resource
import subprocess
import sys

from tests.intranet.live.conftest import ROOT

SCRIPT = """
import gc, logging, os
import autobahn.websocket.protocol as protocol
os.environ["DJANGO_SETTINGS_MODULE"] = "intranet.config.settings.test"
import django
django.setup()
from intranet.live import process
process.prepare()
print(gc.get_freeze_count() > 100_000, protocol.hltype(print) is print)
"""


def test_process_prepares_and_says_when_few_files_may_be_open() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1_000)),
    )
    assert told.stdout == "True True\n"
    assert "lets this process open 1000 files: more than about 800 tablets" in told.stderr
