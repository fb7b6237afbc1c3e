"""Small versions of the trials in tests/faults, on the database and the browser code of the suite."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import cuts
from tests.faults.house import House
from tests.faults.parts import Redis
from tests.intranet.live.conftest import database_url

SEED = 20261122


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
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }
        built = House(folder, env)
        try:
            for _ in range(2):
                built.add_web()
            for web in built.webs:
                web.wait()
            yield built
        finally:
            built.stop()


def test_meeting_outlives_cut_stalled_half_open_and_torn_lines(transactional_db: None, house: House) -> None:
    cuts.cut_lines(house, cuts.SMALL, SEED, print)
    assert "Traceback" not in house.logs()
