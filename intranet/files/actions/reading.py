"""Reading what was stored: sizes and outline where the upload could not, then the text of every page."""

from django.db import transaction

from intranet.files.models import Content, Kind, PageText
from intranet.files.queries import unread_pages, view_path
from intranet.files.rendering import pages
from intranet.files.rendering.limits import ENGINE
from intranet.files.signals import content_read
from intranet.lib.finding import folded

BATCH = 16
"""Pages whose text is read and stored at once."""


def read_content(content: Content) -> Content:
    """Make `content` ready or refused, then store the text of its pages. Can be repeated: done parts are
    skipped.

    Raises rendering.pages.Busy when the machine was too slow; nothing is decided then.
    """
    if content.state == Content.State.WAITING:
        _open(content)
    if content.state != Content.State.READY or content.drawn_kind != Kind.PDF:
        return content
    missing = [index for index in unread_pages(content) if str(index) not in content.faults]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        _keep(content, _texts(content, batch))
    return content


def _open(content: Content) -> None:
    path, kind = view_path(content), content.drawn_kind
    if not path.exists():
        return _decide(content, state=Content.State.REFUSED, reason="missing")
    try:
        measured = pages.measure(path, kind, haste=pages.BACKGROUND)
        pages.draw(content.drawn_digest, path, kind, 0, pages.FIRST_WIDTH, haste=pages.BACKGROUND)
    except pages.Refused as refused:
        return _decide(content, state=Content.State.REFUSED, reason=refused.reason)
    return _decide(content, state=Content.State.READY, pages=measured["pages"], outline=measured["outline"])


def _decide(content: Content, **fields: object) -> None:
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
