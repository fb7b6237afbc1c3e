"""The long poll answers as the socket would have."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.intranet.live.conftest import Guest, Server
from tests.intranet.live.test_socket import OpenTab
from tests.intranet.live.toy import Toy


@pytest.fixture
def delegate(toy: Toy, topic: str, guest: Callable[..., Guest]) -> Guest:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    return who


def ask(server: Server, who: Guest | None, topic: str, query: str, kind: str = "toy") -> tuple[int, Any]:
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/live/{kind}/{topic}/events?{query}")
    if who:
        request.add_header("Cookie", who.cookie)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            assert "no-store" in answer.headers["Cache-Control"]
            assert abs(int(answer.headers["Server-Now"]) - time.time() * 1000) < 5000
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, None


def test_poll_without_a_revision_gets_the_sockets_snapshot(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = tab(server, delegate, topic)
    one.resume()
    assert ask(server, delegate, topic, "wait=5") == (200, one.hear_news())


def test_poll_waits_and_ends_with_the_change(server: Server, topic: str, delegate: Guest) -> None:
    _, first = ask(server, delegate, topic, "wait=5")
    answers: list[tuple[int, Any]] = []
    query = f"epoch={first['epoch']}&after={first['revision']}&wait=20"
    waiting = threading.Thread(target=lambda: answers.append(ask(server, delegate, topic, query)))
    started = time.monotonic()
    waiting.start()
    time.sleep(0.7)
    server.act("change", ref=topic, sections={"notes": "now"})
    waiting.join()
    assert 0.6 < time.monotonic() - started < 5
    assert answers[0][1]["sections"] == {"notes": "now"}


def test_poll_without_news_gets_a_beat(server: Server, topic: str, delegate: Guest) -> None:
    _, first = ask(server, delegate, topic, "wait=5")
    for wait, least in ((0, 0.0), (1, 0.9)):
        started = time.monotonic()
        status, frame = ask(server, delegate, topic, f"epoch=e1&after={first['revision']}&wait={wait}")
        assert (status, frame["t"], frame["revision"]) == (200, "beat", first["revision"])
        assert time.monotonic() - started >= least


def test_poll_of_one_who_loses_the_seat_says_so(
    server: Server, toy: Toy, topic: str, delegate: Guest
) -> None:
    _, first = ask(server, delegate, topic, "wait=5")
    revision = toy.seat(topic, delegate.person.pk, None)
    assert ask(server, delegate, topic, f"epoch=e1&after={first['revision']}") == (404, None)
    assert revision == first["revision"] + 1


def test_poll_of_strangers_and_nobody_is_refused(
    server: Server, topic: str, guest: Callable[..., Guest]
) -> None:
    stranger = guest()
    assert ask(server, None, topic, "")[0] == 401
    assert ask(server, stranger, topic, "")[0] == 404
    assert ask(server, stranger, uuid4().hex, "")[0] == 404
    assert ask(server, stranger, topic, "", kind="unknown")[0] == 404
