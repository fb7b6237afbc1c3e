"""What the connections to PostgreSQL survive."""

import threading
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.databases import RESTORING

pytestmark = [pytest.mark.only_postgresql, pytest.mark.django_db(transaction=True)]
AT_ONCE = 12


def use(meet: threading.Barrier | None = None) -> None:
    """What a request does: take a connection, ask, give it back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if meet is not None:
            meet.wait(30)
    connection.close()


def fill() -> None:
    """As many kept connections as so many requests at once leave behind."""
    meet = threading.Barrier(AT_ONCE)
    threads = [threading.Thread(target=use, args=[meet]) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def end_all() -> int:
    """What a restart does to them. Returns how many there were."""
    facts: dict[str, Any] = connection.get_connection_params() | {"cursor_factory": None}
    named = {name: facts[name] for name in ("host", "port", "user", "dbname")}
    with psycopg.connect(**named, autocommit=True) as other:
        asked = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        asked += " WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> %s"
        return int((other.execute(asked, [RESTORING]).fetchone() or [0])[0])


def test_dead_connections_are_replaced_before_anybody_gets_one() -> None:
    connection.close()
    for _ in range(2):
        fill()
        assert end_all() >= AT_ONCE
        for _ in range(3):
            use()


def test_requests_at_once_share_what_the_pool_may_have() -> None:
    connection.close()
    fill()
    pool = connection.pool
    assert pool is not None and pool.get_stats()["pool_size"] <= pool.max_size
