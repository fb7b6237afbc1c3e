"""What `make run-production` promises: everything starts, what dies comes back, one signal ends all of it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import ROOT
from tools.parts import Server, free_port, listens, running, stop_process
from tools.production import Keeper
from tools.serve import source_state

pytestmark = pytest.mark.once
PATIENCE = 120


def until(true: "object", what: str) -> None:
    """Wait for a condition, however busy the machine is."""
    end = time.monotonic() + PATIENCE
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.05)


def listener(name: str, port: int, folder: Path) -> Server:
    """A stand-in for any server: it takes connections."""
    code = f"import socket,time\ns=socket.create_server(('127.0.0.1',{port}))\ntime.sleep(600)"
    return Server(
        name, [sys.executable, "-c", code], lambda: listens(port), folder, log=folder / f"{name}.log"
    )


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    keeping = Keeper()
    yield keeping
    keeping.stop()


def test_what_dies_is_started_again_at_its_own_address(
    keeper: Keeper, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ports = [free_port(), free_port()]
    keeper.start(*(listener(f"server {number}", port, tmp_path) for number, port in enumerate(ports)))
    first = [one.process.pid for one in keeper.kept]
    os.kill(first[1], signal.SIGKILL)

    def came_back() -> bool:
        keeper.look()
        return keeper.kept[1].process.pid != first[1] and listens(ports[1])

    until(came_back, "the killed one did not come back")
    assert keeper.kept[0].process.pid == first[0]
    assert "server 1 ended (exit -9); starting it again." in capsys.readouterr().out


def test_what_dies_young_waits_longer_each_time(keeper: Keeper, tmp_path: Path) -> None:
    broken = Server("broken", [sys.executable, "-c", "raise SystemExit(3)"], lambda: True, tmp_path)
    keeper.start(broken)
    pauses: list[float] = []

    def waited() -> bool:
        keeper.look()
        if not pauses or keeper.kept[0].pause != pauses[-1]:
            pauses.append(keeper.kept[0].pause)
        return len(pauses) > 2

    until(waited, "the pauses did not grow")
    assert pauses == sorted(pauses)


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no room on this disk')"]
    broken = Server("The server", command, lambda: False, tmp_path, log=tmp_path / "log")
    with (
        pytest.raises(SystemExit, match=r"The server did not start(?s:.)*no room"),
        running(broken),
    ):
        pass


def test_servers_end_with_whoever_is_killed(tmp_path: Path) -> None:
    port = free_port()
    code = (
        "from pathlib import Path\nimport time\n"
        "from tests.tools.test_production import listener\n"
        f"server = listener('orphan', {port}, Path({str(tmp_path)!r}))\n"
        "process = server.start()\nserver.wait(process)\ntime.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    try:
        until(lambda: listens(port), "the server did not start")
        parent.kill()
        parent.wait()
        until(lambda: not listens(port), "the server outlived its keeper")
    finally:
        parent.kill()
        parent.wait()


def children_of(pid: int) -> dict[int, str]:
    """The processes started by `pid`, with their command lines."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if place.joinpath("stat").read_text().rpartition(")")[2].split()[1] == str(pid):
                found[int(place.name)] = place.joinpath("cmdline").read_text().replace("\0", " ")
    return found


def status(address: str) -> int:
    with contextlib.suppress(OSError):
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
    return 0


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the user may enter as whom root runs PostgreSQL; pytest's own lets nobody else in."""
    with tempfile.TemporaryDirectory(prefix="dinh-production-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_production_in_one_command(open_folder: Path) -> None:
    """Everything starts, what is killed comes back, one signal ends all.

    Tables and demo are left out: what is said of pages is tried by the journeys.
    """
    port = free_port()
    kept = {"DATABASE_URL", "REDIS_URL", "DINH_RELEASE"}
    env = {name: value for name, value in os.environ.items() if name not in kept}
    env |= {"PORT": str(port), "HOST": "127.0.0.1", "DINH_VAR_DIR": str(open_folder)}
    env |= {"DJANGO_SETTINGS_MODULE": "intranet.config.settings.production"}
    var, log = open_folder / "production", open_folder / "log"
    (var / "static").mkdir(parents=True)
    (var / "prepared.json").write_text(json.dumps({"state": source_state(), "accounts": "nobody yet"}))
    address = f"http://127.0.0.1:{port}/"
    with log.open("wb") as told:
        command = [sys.executable, "-m", "tools.production"]
        whole = subprocess.Popen(command, cwd=ROOT, env=env, stdout=told, stderr=told, process_group=0)
    try:
        until(lambda: "nobody yet" in log.read_text(), "it did not start")
        assert status(f"{address}robots.txt") not in {0, 503}
        before = children_of(whole.pid)
        assert len(before) == 8, before
        for pid in before:
            os.kill(pid, signal.SIGKILL)

        def all_back() -> bool:
            now = children_of(whole.pid)
            return len(now) == 8 and not set(now) & set(before) and status(address) not in {0, 503}

        until(all_back, "not everything came back")
        assert len(re.findall(r"ended \(exit -9\); starting it again", log.read_text())) == 8
        ours = children_of(whole.pid)
    finally:
        stop_process(whole, signal.SIGTERM, 90)
    assert whole.returncode == 0
    assert not listens(port) and not [pid for pid in ours if Path(f"/proc/{pid}").exists()]


def test_units_start_what_the_tools_know() -> None:
    """What systemd is told to run are commands and settings of this tree."""
    units = {path.name: path.read_text() for path in (ROOT / "deploy" / "systemd").iterdir()}
    assert set(units) == {"dinh-web@.service", "dinh-worker.service"}
    for name, text in units.items():
        [start] = re.findall(r"^ExecStart=/opt/dinh/\.venv/bin/python3 -m tools\.serve (.*)$", text, re.M)
        assert start == ("worker" if "worker" in name else "web %i")
        for line in ("User=dinh", "EnvironmentFile=/etc/dinh/env", "NoNewPrivileges=yes", "Restart=always"):
            assert line in text.splitlines(), (name, line)
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "env.example").read_text(), re.M))
    settings = "".join(path.read_text() for path in (ROOT / "intranet" / "config").rglob("*.py"))
    assert {name for name in named if f'"{name}"' not in settings} == set()
