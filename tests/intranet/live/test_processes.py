"""Two web processes and a worker over Redis, with Redis going away and coming back."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.parts import Redis
from tests.intranet.live.conftest import ROOT, Guest, Server, Tab, serving
from tests.intranet.live.test_socket import OpenTab, live_tab, wait_for
from tests.intranet.live.toy import Toy


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    started = Redis(tmp_path_factory.mktemp("redis"))
    yield started
    started.kill()


@pytest.fixture(scope="module")
def pair(
    django_db_setup: None, django_db_blocker: Any, toy: Toy, redis: Redis, tmp_path_factory: Any
) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("pair")
    with (
        django_db_blocker.unblock(),
        serving(folder, toy, REDIS_URL=redis.url) as one,
        serving(folder, toy, REDIS_URL=redis.url) as other,
    ):
        yield one, other


def seconds_until(tab: Tab, revision: int, timeout: float) -> float:
    started = time.monotonic()
    tab.hear_until(revision, timeout)
    return time.monotonic() - started


def poke_from_another_process(environment: dict[str, str], ref: str) -> int:
    """What a worker does: a change and a poke without a web process around it."""
    code = (
        "import django; django.setup()\n"
        "from intranet.live import actions\n"
        "from tests.intranet.live.toy import toy_of_environment\n"
        f"revision = toy_of_environment().change({ref!r}, {{'notes': 'from a worker'}})\n"
        f"actions.poke('toy', {ref!r}, revision)\n"
        "print(revision)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return int(found.stdout)


def test_every_process_knows_the_lines_of_all_and_how_far_each_is_behind(
    pair: tuple[Server, Server], toy: Toy, guest: Callable[..., Guest], tab: OpenTab
) -> None:
    ref = "lines"
    toy.create(ref, {"notes": ""})
    one, other = guest(), guest()
    for person in (one, other):
        toy.seat(ref, person.person.pk, "delegate")
    tabs = [live_tab(tab, server, person, ref) for server, person in zip(pair, (one, other), strict=True)]
    revision = pair[0].act("change", ref=ref, sections={"notes": "new"})
    for each in tabs:
        each.hear_until(revision)
    tabs[0].say(t="beat", c=1, r=revision - 2)
    tabs[1].say(t="beat", c=1, r=revision)
    for each in tabs:
        while "c" not in each.hear():
            pass
    for server in pair:
        told = {person: rest for person, *rest in server.act("lines", ref=ref)}
        assert told.keys() == {one.person.pk, other.person.pk}
        assert [told[one.person.pk][:2], told[other.person.pk][:2]] == [[True, 2], [True, 0]]
    tabs[1].ws.close()
    wait_for(lambda: len(pair[0].act("lines", ref=ref)) == 1)


def test_hints_cross_processes_and_outlive_redis(
    pair: tuple[Server, Server],
    redis: Redis,
    toy: Toy,
    topic: str,
    guest: Callable[..., Guest],
    tab: OpenTab,
) -> None:
    one = pair[0]
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    here, there = (live_tab(tab, server, who, topic) for server in pair)

    def hint_is_quick() -> bool:
        """Quicker than the reading of the database that stands in for hints, five times in a row."""
        for _ in range(5):
            revision = one.act("change", ref=topic, sections={"agenda": time.monotonic()})
            if seconds_until(there, revision, 6) > 0.35:
                return False
        here.hear_until(revision)
        return True

    wait_for(hint_is_quick, 20)
    revision = poke_from_another_process(one.environment, topic)
    assert seconds_until(there, revision, 5) < 2

    redis.kill()
    for number in range(3):
        revision = one.act("change", ref=topic, sections={"notes": f"without Redis {number}"})
        assert seconds_until(there, revision, 8) < 6
        here.hear_until(revision)
    assert poke_from_another_process(one.environment, topic) == revision + 1
    for single in (here, there):
        single.hear_until(revision + 1, 8)

    redis.start()
    wait_for(hint_is_quick, 40)
    assert here.sections == there.sections
    for server in pair:
        said = server.log.read_text()
        assert "Traceback" not in said
        assert said.count("The live layer is away") <= 2


def test_ending_a_session_closes_its_sockets_in_every_process(
    pair: tuple[Server, Server], toy: Toy, topic: str, guest: Callable[..., Guest], tab: OpenTab
) -> None:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    tabs = [live_tab(tab, server, who, topic) for server in pair]
    time.sleep(1.5)
    pair[0].act("delete_session", key=who.session_key)
    started = time.monotonic()
    for one in tabs:
        assert one.ended() == (4401, "session")
    assert time.monotonic() - started < 2


def test_process_that_stops_says_who_has_left(
    django_db_setup: None,
    django_db_blocker: Any,
    toy: Toy,
    topic: str,
    guest: Callable[..., Guest],
    tab: OpenTab,
    tmp_path: Path,
) -> None:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    with serving(tmp_path, toy) as server:
        live_tab(tab, server, who, topic)
        wait_for(lambda: list(toy.present(topic).values()) == [[who.person.pk]])
    assert list(toy.present(topic).values()) == [[]]
