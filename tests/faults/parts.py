"""Databases and brokers that can be killed and started again on the same data, with durable settings."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tools.parts import find_postgresql, find_redis, free_port, stop_process, unprivileged

START_SECONDS = 60


class Redis:
    """A private Redis that forgets everything when it dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        binary = find_redis()
        assert binary, "redis-server is needed here; make test installs it"
        command = [binary, "--port", str(self.port), "--save", "", "--appendonly", "no"]
        command += ["--dir", str(self.folder), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0)
        until = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self.process.poll() is None and time.monotonic() < until, "Redis did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    stop = kill


class Postgresql:
    """A private PostgreSQL that means what it says: fsync and synchronous commit are on."""

    def __init__(self, folder: Path) -> None:
        programs = find_postgresql()
        assert programs, "PostgreSQL is needed here; make test installs it"
        self.programs = programs
        self.folder = folder / "postgresql"
        self.folder.mkdir()
        self.identity: dict[str, Any] = {}
        if who := unprivileged():
            os.chown(self.folder, who.pw_uid, who.pw_gid)
            self.identity = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        command = [f"{programs}/initdb", "-D", str(self.folder / "data"), "-U", "dinh", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, **self.identity)
        self.start()

    @property
    def url(self) -> str:
        return f"postgres://dinh@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start on the data as it lies there; after a kill that means crash recovery."""
        facts = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "max_connections": 100,
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
        }
        command = [f"{self.programs}/postgres", "-D", str(self.folder / "data")]
        for name, value in facts.items():
            command += ["-c", f"{name}={value}"]
        until = time.monotonic() + START_SECONDS
        ready = [f"{self.programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while True:
            if self.process is None or self.process.poll() is not None:
                # Killed children of the last one may hold its memory for a moment: then it is tried again.
                with (self.folder / "log").open("ab") as log:
                    self.process = subprocess.Popen(
                        command, cwd=self.folder, stdout=log, stderr=log, process_group=0, **self.identity
                    )
            if not subprocess.run(ready).returncode:
                return
            assert time.monotonic() < until, (self.folder / "log").read_text()[-3000:]
            time.sleep(0.1)

    def kill(self) -> None:
        """Every process of it at once, as a power cut would."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_backend(self) -> None:
        """One of its children: PostgreSQL then ends all connections and recovers by itself."""
        assert self.process is not None
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", "idle"], capture_output=True, text=True
        ).stdout.split()
        for pid in found[:1]:
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def stop(self) -> None:
        if self.process is not None:
            stop_process(self.process, signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)
