"""People who act: commands over HTTP with a number made by the client, sent again until somebody answers."""

import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.faults.rooms import CSRF, PAGES, Room, Sitter

PATIENCE = 12.0
"""Seconds a client waits for one answer."""


@dataclass(frozen=True)
class Done:
    """A confirmed act."""

    command: str
    act: str
    facts: dict[str, Any]
    answer: dict[str, Any]
    attempts: int


@dataclass
class Writer:
    """One person at one tablet. Everything it was told is in `confirmed` and `refused`."""

    room: Room
    who: Sitter
    ports: Sequence[int]
    rng: random.Random
    confirmed: list[Done] = field(default_factory=list)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    troubles: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    _line: http.client.HTTPConnection | None = None
    _port: int = 0

    def send(self, act: str, *, give_up: float = 120.0, **facts: Any) -> Done | None:
        """Do an act; the same number until an answer comes. None when the server refused with a sentence."""
        command = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        body = urlencode({"command": command, **{k: v for k, v in facts.items() if v is not None}})
        began = time.monotonic()
        attempts = 0
        while True:
            attempts += 1
            status, text = self.post(f"/hop/{self.room.ref}/lenh/{act}/", body.encode())
            if status in (200, 400, 409):
                answer = json.loads(text)
                self.slowest = max(self.slowest, time.monotonic() - began)
                if status == 200:
                    done = Done(command, act, facts, answer, attempts)
                    self.confirmed.append(done)
                    return done
                self.refused.append((act, status, answer["error"]))
                return None
            trouble = str(status or text)
            self.troubles[trouble] = self.troubles.get(trouble, 0) + 1
            assert status in (0, 500, 502, 503, 504, 507), f"{act}: {status} {text[:300]}"
            assert time.monotonic() - began < give_up, (
                f"{act} got no answer in {give_up:.0f} s: {self.troubles}"
            )
            time.sleep(self.rng.uniform(0.05, 0.4))

    def post(
        self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str]:
        """One request to any of the web processes: status and text; 0 and the trouble without an answer."""
        try:
            if self._line is None:
                self._port = self.rng.choice(list(self.ports))
                self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
            headers = {
                "Content-Type": kind,
                "Cookie": self.who.cookie,
                "X-CSRFToken": CSRF,
                "Accept": "application/json",
            }
            self._line.request("POST", path, body, headers)
            answer = self._line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as problem:
            self.hang_up()
            return 0, type(problem).__name__

    def hang_up(self) -> None:
        """Forget the connection; the next act opens another one."""
        if self._line is not None:
            self._line.close()
        self._line = None


class Chair(Writer):
    """Shows pages and moves the agenda."""

    current: int | None = None

    def act(self) -> None:
        if self.rng.random() < 0.06:
            # Another one than the current: taking up the same again is done, and changes nothing.
            item = self.rng.choice([row.pk for row in self.room.items if row.pk != self.current])
            if self.send("go_to_item", item=item, expected_item=self.current):
                self.current = item
            return
        self.send("show_page", paper=self.rng.choice(self.room.papers).pk, page=self.rng.randint(1, PAGES))


class Presenter(Writer):
    """Turns pages, and nothing else."""

    def act(self) -> None:
        self.send("show_page", paper=self.rng.choice(self.room.papers).pk, page=self.rng.randint(1, PAGES))


@dataclass
class Secretary(Writer):
    """Writes notes over the version last seen."""

    versions: dict[int, int] = field(default_factory=dict)

    def act(self) -> None:
        item = self.rng.choice(self.room.items).pk
        if done := self.send(
            "take_note", item=item, text=f"note {self.rng.random()}", version=self.versions.get(item, 0)
        ):
            self.versions[item] = done.answer["version"]


class Delegate(Writer):
    """Says something that can be told from everything else that is said."""

    def act(self) -> None:
        self.send("post_message", text=f"word {self.rng.getrandbits(64):016x}")


class Work:
    """Writers in threads of their own, until told to stop; the first violation ends all of them."""

    def __init__(self, writers: Sequence[Any], *, pause: Callable[[Any], float], limit: int = 0) -> None:
        self.writers = list(writers)
        self._pause = pause
        self._limit = limit
        self._stop = threading.Event()
        self._problems: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(one,), daemon=True) for one in self.writers]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def _run(self, writer: Any) -> None:
        try:
            while not self._stop.is_set() and not (self._limit and self.count >= self._limit):
                writer.act()
                self._stop.wait(self._pause(writer))
        except BaseException as problem:
            self._problems.append(problem)
            self._stop.set()
        finally:
            writer.hang_up()

    @property
    def count(self) -> int:
        """Acts confirmed so far."""
        return sum(len(writer.confirmed) for writer in self.writers)

    @property
    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def check(self) -> None:
        """Raise what a writer met."""
        if self._problems:
            raise self._problems[0]

    def finish(self) -> list[Done]:
        """Let each end the act it is in; returns everything confirmed."""
        self._stop.set()
        for thread in self._threads:
            thread.join(150)
            assert not thread.is_alive(), "a writer never got an answer"
        self.check()
        return [done for writer in self.writers for done in writer.confirmed]
