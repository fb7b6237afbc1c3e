"""What of a meeting can be taken along, and which files of ours a browser needs without the network."""

import functools
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from intranet.files.models import Content, StoredFile
from intranet.files.queries import view_path
from meetings.models import Pack, Paper, Seat

from .papers import access_to_file

START = "meetings/js/offline/shell.js"
"""What the page without a network begins with."""
_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']|new URL\(\s*["'](\.[^"']+)["']""")
_STYLE = re.compile(r"""url\(\s*["']?([^"')#?]+)""")
_FOLLOWED = {".js": _SCRIPT, ".css": _STYLE}


def papers_to_take(seat: Seat, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The papers of `shown` (the section this seat sees) that may be read without the server, for some hours.

    `source` is "pdf" where the drawn document itself may be had, "images" where only pictures of its pages.
    """
    rows = Paper.objects.filter(pk__in=[paper["id"] for paper in shown])
    stored = {row.pk: row.stored_file for row in rows.select_related("stored_file__content")}
    return [taken for paper in shown if (taken := _taken(seat, paper, stored.get(paper["id"])))]


def _taken(seat: Seat, paper: dict[str, Any], file: StoredFile | None) -> dict[str, Any] | None:
    access = None if file is None else access_to_file(seat.person, file)
    if file is None or access is None or not access.offline_hours:
        return None
    content, path = file.content, view_path(file.content)
    if content.state != Content.State.READY or not content.pages or not path.exists():
        return None
    return {
        "id": paper["id"],
        "file": file.ref,
        "digest": content.drawn_digest,
        "size": path.stat().st_size,
        "pages": len(content.pages),
        "source": access.source if content.view_digest else "images",
        "hours": access.offline_hours,
    }


def packs_of(meeting_id: int) -> dict[int, Pack]:
    """For each seat that has the meeting on a device, the one that was checked last."""
    rows = Pack.objects.filter(seat__meeting=meeting_id).order_by("checked_at", "pk")
    return {row.seat_id: row for row in rows}


@functools.lru_cache(maxsize=4)
def files_without_network(*start: str) -> tuple[str, ...]:
    """Paths below `static/` of everything these files lead to: scripts their imports, style sheets their
    fonts."""
    known: dict[str, None] = {}
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path not in known:
            known[path] = None
            waiting += _led_to(path)
    return tuple(sorted(known))


def _led_to(path: str) -> Iterator[str]:
    pattern = _FOLLOWED.get(Path(path).suffix)
    if pattern is None:
        return
    for groups in pattern.findall(static_text(path)):
        address = groups if isinstance(groups, str) else next(filter(None, groups))
        if not address.startswith("data:"):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            if finders.find(found):
                yield found


def static_text(path: str) -> str:
    """The text of one of our own static files."""
    return Path(str(finders.find(path))).read_text(encoding="utf-8")
