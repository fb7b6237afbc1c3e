"""What every test stands on: a copied database, an empty cache, nothing left behind.

DATABASE_URL and REDIS_URL choose the parts, as they do in use; see docs/testing.md.
"""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from tests.databases import Copy, new_copy

hypothesis.settings.register_profile("dinh", deadline=None, max_examples=50)
hypothesis.settings.load_profile("dinh")

POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
OTHER = {"only_postgresql": not POSTGRESQL, "only_sqlite": POSTGRESQL, "once": POSTGRESQL}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of one database's own behaviour is not part of the other's suite (deselected, never skipped)."""
    away = [
        item for item in items if any(OTHER[mark.name] for mark in item.iter_markers() if mark.name in OTHER)
    ]
    if away:
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if item not in away]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Each test process uses a copy of the migrated database of its own."""
    from django.core.management.commands import flush
    from django.db import connection, connections

    name = os.environ.get("PYTEST_XDIST_WORKER", "main") + f"_{os.getpid()}"
    copy = new_copy(tmp_path_factory.mktemp("database"), name)
    connection.settings_dict.update(copy.settings())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", lambda self, **options: _restore(copy))
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        if POSTGRESQL:
            connection.close_pool()
        copy.drop()


def _restore(copy: Copy) -> None:
    """Instead of Django's flush, which would also take away what migrations wrote (pages, permissions)."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    copy.restore(connection)
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No test sees what another left in the cache (sign-in limits, page roots)."""
    from django.core.cache import cache

    yield
    cache.clear()
