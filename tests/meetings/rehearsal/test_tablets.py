"""The program of the simulated tablets on its own: what it calls, what it says, when it ends."""

import http.server
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from meetings.rehearsal.pilot import PROGRAM, ROOT

ENDS_SECONDS = 30


@contextmanager
def program(address: str) -> Iterator["subprocess.Popen[str]"]:
    """The program, told of a room at the address."""
    command = [sys.executable, "-m", PROGRAM]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0
    )
    told = {
        "address": address,
        "paths": {"room": "/r/", "socket": "/s/", "command": "/c/{act}/", "image": "/i/{page}"},
        "cookies": {"session": "sessionid", "csrf": "csrftoken"},
        "csrf": "a" * 32,
        "items": [1, 2],
        "paper": 1,
        "pages": 3,
        "chair": "chair",
    }
    try:
        say(process, told)
        yield process
    finally:
        process.kill()
        process.wait(ENDS_SECONDS)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


def say(process: "subprocess.Popen[str]", message: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()


def last_word(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """What it says before it ends."""
    assert process.stdout is not None
    lines = process.stdout.readlines()
    return dict(json.loads(lines[-1]))


@contextmanager
def site(answer: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[str]]]:
    """A server that is not ours: its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_program_ends_when_nobody_speaks_to_it_any_more() -> None:
    with program("http://127.0.0.1:9") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(ENDS_SECONDS) == 0


def test_program_ends_in_the_middle_of_a_step_when_its_starter_dies() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        program(f"http://127.0.0.1:{silent.getsockname()[1]}") as process,
    ):
        say(process, {"sessions": ["a", "b"]})
        line, _address = silent.accept()
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(ENDS_SECONDS) != 0
        line.close()


def test_program_says_when_nobody_answers() -> None:
    with program("http://127.0.0.1:9") as process:
        say(process, {"sessions": ["a", "b"]})
        assert last_word(process) == {"say": "trouble", "code": "unreachable"}


def test_program_says_when_another_site_answers() -> None:
    def hello(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "5")
        request.end_headers()
        request.wfile.write(b"hello")

    with site(hello) as (address, asked), program(address) as process:
        say(process, {"sessions": ["a"]})
        assert last_word(process) == {"say": "trouble", "code": "stranger"}
    assert set(asked) == {"/r/"}


def test_program_follows_no_redirect() -> None:
    def away(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", f"{elsewhere}/r/")
        request.send_header("Content-Length", "0")
        request.end_headers()

    with (
        site(lambda request: request.send_error(500)) as (elsewhere, asked_there),
        site(away) as (address, _asked),
        program(address) as process,
    ):
        say(process, {"sessions": ["a"]})
        assert last_word(process)["code"] == "stranger"
    assert asked_there == []
