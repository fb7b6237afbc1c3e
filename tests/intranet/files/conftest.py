"""A store of its own for every test, and somebody to put files there."""

import io
from pathlib import Path

import pytest

from intranet.files import actions
from intranet.files.rendering import pages
from tests.factories.organization import PersonFactory


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    pages._wishes.clear()
    return settings.FILES_ROOT


@pytest.fixture
def owner(db):
    return PersonFactory(username="nguoi-tai")


@pytest.fixture
def stranger(db):
    return PersonFactory(username="nguoi-la")


@pytest.fixture
def put(owner):
    """Store bytes under a name, for the owner unless another actor is given."""

    def put(data: bytes, name: str = "to-trinh.pdf", actor=None, **more):
        return actions.store(actor or owner, file=io.BytesIO(data), name=name, **more)

    return put


@pytest.fixture
def on_disk(files_root):
    """Everything in the store, without the page images."""

    def on_disk() -> list[Path]:
        return [p for p in files_root.rglob("*") if p.is_file() and "cache" not in p.parts]

    return on_disk
