"""Small versions of the trials in tests/faults, on the database and the browser code of the suite."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import cuts, hostile, kills, revocation
from tests.faults.house import House
from tests.faults.parts import Redis
from tests.intranet.live.conftest import database_url

SEED = 20261122
HEARTBEAT = 6
"""Seconds, instead of ten; longer than what a hint may take, so that hints are seen to work."""


def layer_of(redis: Redis) -> dict[str, Any]:
    """The test's own process speaks to the house as any other process of an installation does."""
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": redis.url, "socket_timeout": None}], "prefix": "dinh-trial"},
        }
    }


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    started = Redis(tmp_path_factory.mktemp("redis"))
    yield started
    started.kill()


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: Any, redis: Redis, tmp_path_factory: Any
) -> Iterator[House]:
    """Two web processes over Redis, on the database of the test."""
    folder: Path = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock():
        env = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis.url,
            "DINH_TRIAL": "suite",
            "FAULTS_HEARTBEAT": str(HEARTBEAT),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }
        built = House(folder, env)
        try:
            for _ in range(2):
                built.add_web("tests.faults.application:application")
            for web in built.webs:
                web.wait()
            yield built
        finally:
            built.stop()


def test_meeting_outlives_cut_stalled_half_open_and_torn_lines(transactional_db: None, house: House) -> None:
    cuts.cut_lines(house, cuts.SMALL, SEED, print)
    assert "Traceback" not in house.logs()


def test_right_taken_away_ends_sockets_and_polls_with_and_without_hints(
    transactional_db: None, house: House, redis: Redis, settings: Any
) -> None:
    settings.CHANNEL_LAYERS = layer_of(redis)
    revocation.revoke(house, redis, HEARTBEAT, slack=2, is_short=True)
    assert "Traceback" not in house.logs()


def test_clients_that_mean_harm_disturb_nobody(transactional_db: None, house: House) -> None:
    hostile.attack(house, hostile.SMALL, SEED)


def test_killed_web_processes_and_redis_lose_and_double_nothing(
    transactional_db: None, house: House, redis: Redis
) -> None:
    kills.kill_parts(house, kills.SMALL, SEED, print, redis=redis)
