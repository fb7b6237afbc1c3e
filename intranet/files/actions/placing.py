"""Giving bytes their place in the store."""

import os
from pathlib import Path

from intranet.files.queries import path_of


def put_in_place(temporary: Path, digest: str) -> None:
    """Give the bytes their name for good: after this they survive a power cut, and no row points at them yet.

    An existing file is replaced by the same bytes, so that it is new for whoever collects old orphans.
    """
    place = path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sync(temporary)
    os.replace(temporary, place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
