"""A slow reader of a large answer costs the server no memory; a fast one gets every byte."""

import http.client
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

SIZE = 96 * 2**20
APP = f"""
from intranet.config.backpressure import paced

async def large(scope, receive, send):
    await send({{"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"{SIZE}")]}})
    for n in range({SIZE} // 2**18):
        await send({{"type": "http.response.body", "body": bytes([n % 251]) * 2**18, "more_body": True}})
    await send({{"type": "http.response.body"}})

application = paced(large)
"""


@pytest.fixture
def server(tmp_path):
    (tmp_path / "large.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(
        [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "large:application"],
        env={"PYTHONPATH": f"{tmp_path}:{root}", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield process.pid, port
    process.terminate()
    process.wait()


def resident(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def test_slow_reader_is_not_held_in_memory_and_others_are_served(server):
    pid, port = server
    slow = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(3)]
    before = resident(pid)
    for connection in slow:
        connection.request("GET", "/")
    time.sleep(1.5)
    assert resident(pid) - before < 24 * 2**20
    fast = http.client.HTTPConnection("127.0.0.1", port)
    fast.request("GET", "/")
    assert len(fast.getresponse().read()) == SIZE
    fast.request("GET", "/")
    assert len(fast.getresponse().read()) == SIZE
    fast.close()
    answer = slow[0].getresponse()
    assert sum(len(part) for part in iter(lambda: answer.read(2**20), b"")) == SIZE
    for connection in slow:
        connection.close()
    assert resident(pid) - before < 40 * 2**20
