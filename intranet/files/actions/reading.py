"""Reading what was stored: sizes and outline where the upload could not, then the text of every page."""

import contextlib
from pathlib import Path
from typing import Any

from django.db import transaction

from intranet.files.conversion import scanning, scans
from intranet.files.models import Content, Kind, PageText
from intranet.files.queries import path_of, pictures_of_writing, unread_pages, view_path
from intranet.files.rendering import pages
from intranet.files.rendering.limits import ENGINE
from intranet.files.signals import content_read
from intranet.lib.finding import folded

from .making import make_view

BATCH = 16
"""Pages whose text is read and stored at once."""
SCANS = 2
"""Pages read as pictures before other work has its turn."""


def read_content(content: Content, *, is_last: bool = False) -> Content:
    """Make `content` ready or refused, make its view, then store the text of its pages. Can be repeated: done
    parts are skipped. The last try of an office document that takes too long each time is final.

    Raises rendering.pages.Busy when the machine was too slow or the virus scanner is away; nothing is decided
    then.
    """
    if content.state == Content.State.WAITING:
        _open(content, is_last)
    if content.state != Content.State.READY or not content.pages:
        return content
    if content.kind == Kind.PDF and not content.view_digest and not content.stripped:
        _decide(content, **make_view(content))
    if content.drawn_kind == Kind.PDF:
        missing = [index for index in unread_pages(content) if str(index) not in content.faults]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            _keep(content, _texts(content, batch))
    return content


def _open(content: Content, is_last: bool) -> None:
    path = path_of(content.digest)
    if not path.exists():
        return _decide(content, state=Content.State.REFUSED, reason="missing")
    if content.reason == "scanner":
        _scan(content, path)
        if content.state == Content.State.REFUSED:
            return None
    if content.kind == Kind.TEXT:
        return _decide(content, state=Content.State.READY, reason="")
    if content.kind == Kind.OFFICE:
        return _convert(content, is_last)
    try:
        measured = pages.measure(path, content.kind, haste=pages.BACKGROUND)
        pages.draw(content.digest, path, content.kind, 0, pages.FIRST_WIDTH, haste=pages.BACKGROUND)
    except pages.Refused as refused:
        return _decide(content, state=Content.State.REFUSED, reason=refused.reason)
    facts = {"pages": measured["pages"], "outline": measured["outline"]}
    return _decide(content, state=Content.State.READY, reason="", **facts)


def _scan(content: Content, path: Path) -> None:
    """Let go what the scanner has not looked at before, or refuse it for good."""
    if not scanning.is_configured():
        return
    try:
        found = scanning.finds(path)
    except scanning.Unanswered as problem:
        raise pages.Busy from problem
    if found:
        _decide(content, state=Content.State.REFUSED, reason="virus")


def _convert(content: Content, is_last: bool) -> None:
    """An office document without pages is no failure of the upload: it was taken in and can be saved."""
    if content.reason != "converting":
        _decide(content, reason="converting")
    try:
        facts = make_view(content)
    except pages.Refused as refused:
        return _decide(content, state=Content.State.READY, reason=refused.reason)
    except pages.Busy:
        if not is_last:
            raise
        return _decide(content, state=Content.State.READY, reason="slow")
    return _decide(content, state=Content.State.READY, reason="", **facts)


def _decide(content: Content, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(content, name, value)
    content.save(update_fields=list(fields))
    _announce(content)


def _announce(content: Content) -> None:
    transaction.on_commit(lambda: content_read.send(Content, content=content))


def _texts(content: Content, batch: list[int]) -> dict[int, list[object]]:
    """The lines of these pages; a page that ends the child has none, and does not take its neighbours
    along."""
    path, kind = view_path(content), content.drawn_kind
    try:
        if batch == list(range(batch[0], batch[-1] + 1)):
            return pages.text(path, kind, batch[0], batch[-1] + 1, haste=pages.BACKGROUND)
    except pages.Refused:
        if len(batch) == 1:
            return {batch[0]: []}
    return {index: lines for one in batch for index, lines in _texts(content, [one]).items()}


def _keep(content: Content, texts: dict[int, list[object]]) -> None:
    rows = [
        PageText(content=content, index=index, lines=lines, folded=folded(lines), engine=ENGINE)
        for index, lines in texts.items()
    ]
    PageText.objects.bulk_create(rows, ignore_conflicts=True)


def read_pictures(content: Content) -> bool:
    """Read some pages that hold a picture of writing and no letters. Returns whether there are more; one
    whose text cannot be had stays without."""
    if scans.program() is None or content.state != Content.State.READY:
        return False
    waiting = pictures_of_writing(content)
    for index in waiting[:SCANS]:
        lines: list[object] = []
        with contextlib.suppress(pages.Refused):
            path, kind = view_path(content), content.drawn_kind
            width = pages.snapped(pages.FIRST_WIDTH + 1)
            image = pages.draw(content.drawn_digest, path, kind, index, width, haste=pages.BACKGROUND)
            lines = list(scans.read(image, content.pages[index][0]))
        PageText.objects.update_or_create(
            content=content,
            index=index,
            defaults={"lines": lines, "folded": folded(lines), "engine": scans.engine()},
        )
    return len(waiting) > SCANS


def note_fault(content: Content, *, index: int, reason: str) -> None:
    """Remember that page `index` cannot be drawn, so that nobody pays for trying again.

    When it is the first page, or one of many, the document as a whole is refused.
    """
    with transaction.atomic():
        current = Content.objects.select_for_update().get(pk=content.pk)
        current.faults[str(index)] = reason
        if index == 0 or len(current.faults) > MANY_FAULTS:
            current.state, current.reason = Content.State.REFUSED, reason
        current.save(update_fields=["faults", "state", "reason"])
        if current.state == Content.State.REFUSED:
            _announce(current)


MANY_FAULTS = 10
"""A document with more undrawable pages than this is refused."""
