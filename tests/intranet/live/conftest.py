"""A real Daphne with a toy business, people with sessions, and sockets as a browser opens them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from intranet.organization.models import Person
from tests.intranet.live.toy import Toy

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """The test database, as another process may open it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = ":".join(quote(part, safe="") for part in (found["USER"], found["PASSWORD"]) if part)
    host = quote(found["HOST"] or "", safe="")
    return f"postgres://{login}@{host}:{found['PORT']}/{found['NAME']}"


@dataclass
class Server:
    """One web process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def act(self, name: str, /, **arguments: Any) -> Any:
        """An act of the toy business in a thread of this web process."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/toy/{name}", json.dumps(arguments).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(folder: Path, toy: Toy, *, port: int = 0, **environment: str) -> Iterator[Server]:
    port = port or free_port()
    log = folder / f"daphne-{port}.log"
    given = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "intranet.config.settings.test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": "",  # one process on its own; tests of several name their Redis
        "TOY_FILE": toy.path,
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "daphne", "-e", f"tcp:{port}:interface=127.0.0.1:backlog=4096",
             "tests.intranet.live.toy_asgi:application"],
            cwd=ROOT, env=given, stdout=output, stderr=output,
        )  # fmt: skip
    server = Server(port, process, log, given)
    try:
        end = time.monotonic() + 40
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return Toy(tmp_path_factory.mktemp("toy") / "toy.sqlite3")


@pytest.fixture(scope="session")
def server(
    django_db_setup: None, django_db_blocker: Any, toy: Toy, tmp_path_factory: Any
) -> Iterator[Server]:
    with django_db_blocker.unblock(), serving(tmp_path_factory.mktemp("web"), toy) as started:
        yield started


@dataclass
class Guest:
    """A person with a session."""

    person: Person
    session_key: str

    @property
    def cookie(self) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={self.session_key}"


@pytest.fixture
def guest(transactional_db: None) -> Callable[..., Guest]:
    def make(name: str = "") -> Guest:
        person = Person.objects.create_user(username=name or uuid4().hex[:12], password="x" * 12)
        return log_in(person)

    return make


def log_in(person: Person) -> Guest:
    client = Client()
    client.force_login(person)
    return Guest(person, client.session.session_key or "")


class Tab:
    """A browser's end of a socket: keeps what it was told the way the browser's store does."""

    def __init__(self, opened: ClientConnection) -> None:
        self.ws = opened
        self.epoch: str | None = None
        self.revision: int | None = None
        self.sections: dict[str, Any] = {}
        self.frames: list[dict[str, Any]] = []

    def say(self, **message: Any) -> None:
        self.ws.send(json.dumps(message))

    def resume(self, epoch: str | None = None, revision: int | None = None) -> None:
        self.say(t="resume", epoch=epoch, revision=revision)

    def hear(self, timeout: float = 5.0) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self.ws.recv(timeout))
        self.frames.append(frame)
        if frame["t"] == "snapshot":
            self.epoch, self.revision, self.sections = frame["epoch"], frame["revision"], frame["sections"]
        elif frame["t"] == "changes":
            assert self.revision is None or frame["since"] <= self.revision < frame["revision"], frame
            self.revision = frame["revision"]
            self.sections.update(frame["sections"])
        return frame

    def hear_news(self, timeout: float = 5.0) -> dict[str, Any]:
        """The next frame that is not a beat."""
        end = time.monotonic() + timeout
        while True:
            frame = self.hear(max(end - time.monotonic(), 0.01))
            if frame["t"] != "beat":
                return frame

    def hear_until(self, revision: int, timeout: float = 5.0) -> None:
        end = time.monotonic() + timeout
        while self.revision is None or self.revision < revision:
            self.hear(max(end - time.monotonic(), 0.01))

    def hear_nothing(self, seconds: float) -> None:
        """Beats apart, nothing arrives."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            try:
                assert self.hear(rest)["t"] == "beat", self.frames[-1]
            except TimeoutError:
                return

    def ended(self, timeout: float = 5.0) -> tuple[int | None, str | None]:
        """The close code and the reason said before it."""
        reason = None
        end = time.monotonic() + timeout
        try:
            while True:
                frame = self.hear(max(end - time.monotonic(), 0.01))
                reason = frame["reason"] if frame["t"] == "closed" else reason
        except ConnectionClosed as closing:
            return (closing.rcvd.code if closing.rcvd else None), reason


@pytest.fixture
def tab() -> Iterator[Callable[..., Tab]]:
    stack = ExitStack()

    def open_tab(server: Server, guest: Guest | None, ref: str, *, kind: str = "toy", **options: Any) -> Tab:
        headers = {"Cookie": guest.cookie} if guest else {}
        options.setdefault("origin", f"http://127.0.0.1:{server.port}")
        address = f"ws://127.0.0.1:{server.port}/live/{kind}/{ref}/"
        options.setdefault("additional_headers", headers)
        opening = connect(address, compression=None, max_size=None, **options)
        return Tab(stack.enter_context(opening))

    with stack:
        yield open_tab


@pytest.fixture
def topic(toy: Toy) -> str:
    """A new topic with three sections."""
    ref = uuid4().hex[:10]
    toy.create(ref, {"agenda": {"current": 1}, "notes": "", "secret": "for the chair"})
    return ref
