"""Page images: from the cache on disk if they are there, drawn once if not, and the next ones drawn ahead."""

import contextlib
import json
import os
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from . import limits
from .pool import Busy, Refused, SingleFlight, pool

__all__ = [
    "BACKGROUND",
    "FIRST_WIDTH",
    "READER",
    "UPLOADER",
    "Busy",
    "Part",
    "Refused",
    "ahead",
    "annotated",
    "draw",
    "kept",
    "measure",
    "snapped",
    "stamped",
    "text",
]

FIRST_WIDTH = 1654
"""Pixels of the first page drawn at upload: what a tablet asks for."""


@dataclass(frozen=True)
class Haste:
    """How long somebody waits: `patience` seconds for a free child, `wall` seconds for its answer."""

    patience: float
    wall: float


READER = Haste(12, limits.CHILD_WALL)
UPLOADER = Haste(4, limits.CHILD_WALL)
BACKGROUND = Haste(120, 120)
NOBODY = Haste(0, limits.CHILD_WALL)

Part = tuple[int, int, int, int]
"""Left, top, width, height in pixels of the enlarged page."""

_flights = SingleFlight()


def snapped(width: int) -> int:
    """The width of `limits.WIDTHS` that serves a wish for `width` pixels."""
    return next((known for known in limits.WIDTHS if known >= width), limits.WIDTHS[-1])


def measure(path: Path, kind: str, *, haste: Haste) -> dict[str, Any]:
    """{"pages", "outline"} of a document. Raises Refused or Busy."""
    answer: dict[str, Any] = json.loads(
        pool.ask("measure", str(path), kind, patience=haste.patience, wall=haste.wall)
    )
    return answer


def text(path: Path, kind: str, first: int, until: int, *, haste: Haste) -> dict[int, list[Any]]:
    """The lines of text of pages `first` up to, not including, `until`, from 0. Raises Refused or Busy."""
    answer = json.loads(
        pool.ask("text", str(path), kind, patience=haste.patience, wall=haste.wall, page=first, until=until)
    )
    return {int(index): lines for index, lines in answer.items()}


def annotated(path: Path, marks: list[dict[str, Any]]) -> bytes:
    """A copy of a PDF with these marks as annotations. Raises Refused or Busy."""
    return pool.ask("annotate", str(path), "pdf", patience=READER.patience, wall=READER.wall, marks=marks)


def _place(digest: str, index: int, width: int, part: Part | None = None) -> Path:
    size = "-".join(map(str, (width, *(part or ()))))
    return Path(settings.FILES_ROOT) / "cache" / digest[:2] / f"{digest}-{limits.ENGINE}-{index}-{size}.webp"


def kept(digest: str, index: int, width: int, part: Part | None = None) -> bytes | None:
    """The image if it is in the cache; marks it as used."""
    place = _place(digest, index, width, part)
    try:
        image = place.read_bytes()
        if time.time() - place.stat().st_mtime > 600:
            os.utime(place)
    except OSError:
        return None
    return image or None


def draw(
    digest: str, path: Path, kind: str, index: int, width: int, part: Part | None = None, *, haste: Haste
) -> bytes:
    """The image of page `index` (from 0), `width` one of `limits.WIDTHS`, or `part` of it at any width.

    Raises Refused or Busy.
    """

    def work() -> bytes:
        if (image := kept(digest, index, width, part)) is not None:
            return image
        wish: dict[str, Any] = {"page": index, "width": width, "part": part}
        image = pool.ask("draw", str(path), kind, patience=haste.patience, wall=haste.wall, **wish)
        _keep(_place(digest, index, width, part), image)
        return image

    return kept(digest, index, width, part) or _flights.do(
        (digest, index, width, part), work, haste.patience + haste.wall
    )


def stamped(
    path: Path, kind: str, index: int, width: int, part: Part | None, lines: list[str], *, haste: Haste
) -> bytes:
    """The image of page `index`, or `part` of it, with `lines` across it: for one reader, so it is neither
    kept nor shared.

    Raises Refused or Busy.
    """
    more: dict[str, Any] = {"page": index, "width": width, "part": part, "stamp": lines}
    return pool.ask("draw", str(path), kind, patience=haste.patience, wall=haste.wall, **more)


def _keep(place: Path, image: bytes) -> None:
    """Put an image into the cache; a full disk only means that it is drawn again next time."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(image)
            os.replace(name, place)
        except OSError:
            os.unlink(name)
            raise
    _sweeper.grew(len(image))


class _Sweeper:
    """Keeps the cache under its cap: after every twentieth of it written, the longest unused images go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grown: int | None = None

    def grew(self, size: int) -> None:
        cap: int = settings.FILES_CACHE_BYTES
        with self._lock:
            due = self._grown is None or self._grown + size > cap // 20
            self._grown = 0 if due else (self._grown or 0) + size
        if due:
            sweep(cap)


def sweep(cap: int) -> int:
    """Remove the longest unused images until the cache holds nine tenths of `cap` bytes; returns bytes
    removed."""
    found = []
    for place in (Path(settings.FILES_ROOT) / "cache").glob("*/*"):
        with contextlib.suppress(OSError):
            facts = place.stat()
            found.append((facts.st_mtime, facts.st_size, place))
    total = sum(size for _, size, _ in found)
    removed = 0
    if total > cap:
        for _, size, place in sorted(found):
            if total - removed <= cap * 9 // 10:
                break
            with contextlib.suppress(OSError):
                place.unlink()
                removed += size
    return removed


_sweeper = _Sweeper()
_wishes: "deque[tuple[str, Path, str, int, int]]" = deque(maxlen=8)
_wished = threading.Condition()
_drawer: threading.Thread | None = None


def ahead(digest: str, path: Path, kind: str, indexes: range, width: int) -> None:
    """Draw these pages when nobody waits for a child. Returns at once; old wishes give way to new ones."""
    global _drawer
    with _wished:
        for index in indexes:
            wish = (digest, path, kind, index, width)
            if wish not in _wishes and (not _place(digest, index, width).exists() or not pool.is_warm()):
                _wishes.append(wish)
        if not _wishes:
            return
        if _drawer is None or not _drawer.is_alive():
            _drawer = threading.Thread(target=_draw_wishes, daemon=True, name="pages-ahead")
            _drawer.start()
        _wished.notify()


def _draw_wishes() -> None:
    while True:
        with _wished:
            if not _wishes and not _wished.wait_for(lambda: bool(_wishes), timeout=30):
                return
            digest, path, kind, index, width = _wishes.popleft()
        if not pool.is_warm():
            pool.warm()
        if pool.has_rest():
            with contextlib.suppress(Refused, Busy):
                draw(digest, path, kind, index, width, haste=NOBODY)
