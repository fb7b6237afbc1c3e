"""The real site as processes that can be killed and started again, one by one."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.parts import free_port, stop_process
from tools.serve import WEB_BACKLOG, worker_command

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
APPLICATION = "intranet.config.asgi:application"


@dataclass
class Part:
    """One process of the site, its command and what it wrote."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log, process_group=0
            )

    def wait(self) -> None:
        """Until it takes connections."""
        until = time.monotonic() + START_SECONDS
        while self.port:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self.is_alive and time.monotonic() < until, f"{self.name} did not start: {self.said()}"
            time.sleep(0.05)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def is_up(self) -> bool:
        """Whether it takes connections now."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def kill(self) -> None:
        """At once, in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            stop_process(self.process)
            with suppress(ProcessLookupError):  # what a killed worker left behind
                os.killpg(self.process.pid, signal.SIGKILL)

    def memory(self) -> int:
        """Resident kilobytes."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class House:
    """Web processes and a worker on one database, for the time of a trial."""

    folder: Path
    env: dict[str, str]
    webs: list[Part] = field(default_factory=list)
    worker: Part | None = None
    watching: threading.Event = field(default_factory=threading.Event)

    @property
    def ports(self) -> list[int]:
        return [web.port for web in self.webs]

    def add_web(self, application: str = APPLICATION, port: int = 0, **environment: str) -> Part:
        """One more web process; `wait` is left to the caller, so that several start at once."""
        port = port or free_port()
        endpoint = f"tcp:port={port}:interface=127.0.0.1:backlog={WEB_BACKLOG}"
        command = [sys.executable, "-m", "daphne", "-v", "0", "--websocket_connect_timeout", "30"]
        command += ["-e", endpoint, application]
        name = f"web-{port}"
        part = Part(name, command, {**self.env, **environment}, self.folder / f"{name}.log", port)
        part.start()
        self.webs.append(part)
        return part

    def add_worker(self) -> Part:
        """The process for background work."""
        self.worker = Part("worker", worker_command(), self.env, self.folder / "worker.log")
        self.worker.start()
        return self.worker

    def watch(self) -> None:
        """Start again whatever ended by itself, as systemd does, until `stop`."""

        def look() -> None:
            while not self.watching.wait(0.3):
                if self.worker is not None and not self.worker.is_alive:
                    self.worker.start()

        self._watcher = threading.Thread(target=look, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        self.watching.set()
        if hasattr(self, "_watcher"):
            self._watcher.join()
        for part in [*self.webs, *([self.worker] if self.worker else [])]:
            part.stop()

    def logs(self) -> str:
        """Everything the web processes and the worker wrote."""
        parts = [*self.webs, *([self.worker] if self.worker else [])]
        return "\n".join(part.said() for part in parts)
