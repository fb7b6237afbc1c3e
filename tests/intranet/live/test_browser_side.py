"""The browser's own modules, run by Node, against a real server that goes away and comes back."""

import json
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.intranet.live.conftest import ROOT, Guest, Server, serving
from tests.intranet.live.toy import Toy, ToyKind


class Screen:
    """What one page was told, line by line."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: queue.Queue[dict[str, Any]] = queue.Queue()
        self.sections: dict[str, Any] = {}
        self.states: list[tuple[str, str]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def until(self, condition: Callable[[], bool], seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while not condition():
            said = self.lines.get(timeout=max(end - time.monotonic(), 0.01))
            if "state" in said:
                self.states.append((said["state"], said["reason"]))
                self.clock_error = abs(said["now"] - time.time() * 1000)
            else:
                self.sections = said["sections"]

    def until_state(self, state: str, seconds: float = 10) -> None:
        self.until(lambda: bool(self.states) and self.states[-1][0] == state, seconds)


@contextmanager
def screen(server: Server, who: Guest, topic: str, *, sockets: bool = True) -> Iterator[Screen]:
    node = shutil.which("node")
    assert node, "Node is needed here; make test installs it"
    given = {
        "base": f"http://127.0.0.1:{server.port}",
        "ref": topic,
        "cookie": who.cookie,
        "sockets": sockets,
    }
    script = Path(__file__).with_name("browser.mjs")
    with subprocess.Popen(
        [node, "--no-warnings", "--experimental-websocket", str(script), json.dumps(given)],
        cwd=ROOT, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield Screen(process)
        finally:
            process.kill()


@pytest.fixture
def delegate(toy: Toy, topic: str, guest: Callable[..., Guest]) -> Guest:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    return who


def test_screen_survives_a_server_that_was_away(
    toy: Toy, topic: str, delegate: Guest, tmp_path: Path
) -> None:
    def equals_fresh() -> bool:
        return page.sections == ToyKind(toy).project(topic, "delegate", None)[1]

    with serving(tmp_path, toy) as server, screen(server, delegate, topic) as page:
        page.until_state("live")
        page.until(equals_fresh)
        server.act("change", ref=topic, sections={"agenda": {"current": 2}})
        page.until(equals_fresh)
        server.stop()
        for number in range(3):
            toy.change(topic, {"notes": f"while away {number}"})
        page.until_state("offline", 12)
        with serving(tmp_path, toy, port=server.port) as again:
            page.until_state("live", 15)
            assert page.clock_error < 2000
            page.until(equals_fresh)
            again.act("delete_session", key=delegate.session_key)
            page.until_state("ended")
    assert [state for state, _ in page.states] == ["live", "connecting", "offline", "live", "ended"]
    assert page.states[-1][1] == "session"


def test_screen_without_sockets_polls_until_its_seat_is_lost(
    server: Server, toy: Toy, topic: str, delegate: Guest
) -> None:
    with screen(server, delegate, topic, sockets=False) as page:
        page.until_state("live", 25)
        server.act("change", ref=topic, sections={"agenda": {"current": 2}})
        page.until(lambda: page.sections.get("agenda") == {"current": 2})
        server.act("seat", ref=topic, person=delegate.person.pk, audience=None)
        page.until_state("ended")
    assert page.states[-1] == ("ended", "absent")


def test_screen_of_a_stranger_ends_at_once(server: Server, topic: str, guest: Callable[..., Guest]) -> None:
    with screen(server, guest(), topic) as page:
        page.until_state("ended")
    assert page.states == [("ended", "absent")]
    assert page.sections == {}
