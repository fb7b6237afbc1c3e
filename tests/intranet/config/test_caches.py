"""The cache of all processes over a Redis that comes and goes."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache.backends.base import BaseCache

from intranet.config import caches
from intranet.config.caches import SharedCache
from tools.parts import Server, free_port, redis_server, running

pytestmark = pytest.mark.once


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return redis_server(tmp_path, free_port())


@pytest.fixture
def address(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of a Redis that does not run yet; a failure is forgotten at once."""
    monkeypatch.setattr(caches, "PAUSE_SECONDS", 0.0)
    yield "redis://127.0.0.1:" + Path(server.command[-1]).read_text().split()[1]


def another(address: str) -> BaseCache:
    """What Django makes for every request."""
    return SharedCache(address, {})


def test_all_requests_of_a_process_share_connections(server: Server, address: str) -> None:
    with running(server):
        for number in range(50):
            another(address).set(f"key-{number}", number)
        client = another(address)._cache.get_client()  # type: ignore[attr-defined]
        assert len(client.client_list()) == 1


def test_many_threads_get_their_own_answers(server: Server, address: str) -> None:
    wrong = []

    def count(name: str) -> None:
        for number in range(50):
            cache = another(address)
            cache.set(name, number)
            if cache.get(name) != number:
                wrong.append((name, number))

    with running(server):
        threads = [threading.Thread(target=count, args=[f"thread-{n}"]) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_without_redis_the_process_remembers_for_itself(
    server: Server, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    cache = another(address)
    assert cache.add("seen", True) and not cache.add("seen", True)
    cache.set("tries", 1)
    assert cache.incr("tries") == 2
    cache.set_many({"a": 1, "b": 2})
    assert another(address).get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    assert cache.has_key("a") and cache.delete("a") and cache.get("a", "gone") == "gone"
    cache.delete_many(["b"])
    assert cache.touch("tries") and not cache.touch("b")
    with running(server):
        assert cache.get("tries") is None
        cache.set("tries", 7)
        assert another(address).get("tries") == 7
    assert cache.get("tries") == 2
    told = [record.message for record in caplog.records if record.name == caches.__name__]
    assert len(told) == 3 and "is away" in told[0] and "is back" in told[1] and "is away" in told[2]


def test_a_restart_of_redis_costs_no_answer(server: Server, address: str) -> None:
    cache = another(address)
    with running(server):
        cache.set("key", 1)
    with running(server):
        cache.set("key", 2)
        assert cache.get("key") == 2
        assert another(address)._cache.get_client().get(cache.make_key("key")) is not None  # type: ignore[attr-defined]
