"""Taking a file in: bytes first, safely on disk, the row last."""

import hashlib
import logging
import os
import tempfile
import uuid
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.defaultfilters import filesizeformat

from intranet.audit.actions import record
from intranet.files import rules, signals
from intranet.files.conversion import office, scanning
from intranet.files.models import Content, Kind, StoredFile, Usage
from intranet.files.rendering import pages
from intranet.files.rules.reasons import refusal
from intranet.lib.errors import NO_SPACE

from .placing import put_in_place

CHUNK = 1 << 20
logger = logging.getLogger(__name__)


def store(
    actor: Any, *, file: "File[bytes] | IO[bytes]", name: str, command: uuid.UUID | None = None
) -> StoredFile:
    """Keep `file` under `name` for `actor`; the same `command` again returns the first answer.

    The kind is told from the bytes; a PDF or picture is opened and its first page drawn in a child process,
    so that a password, a bomb or damage is refused at once and nothing of it is kept. Call it outside a
    transaction of your own: opening may take seconds. Raises RuleBroken with a sentence for the user.
    """
    if command is not None and (known := _first_answer(actor, command)):
        return known
    try:
        return _store(actor, file, rules.clean_name(name), command)
    except OSError as problem:
        if problem.errno in NO_SPACE:
            raise refusal("full") from problem
        raise


def _store(actor: Any, file: "File[bytes] | IO[bytes]", name: str, command: uuid.UUID | None) -> StoredFile:
    temporary, digest, size = _take_in(file)
    try:
        with open(temporary, "rb") as taken:
            recognised = rules.recognise(taken, name)
        _check_room(actor, size)
        content = Content.objects.filter(digest=digest).first() or _looked_at(
            temporary, digest, size, recognised
        )
        if content.state == Content.State.REFUSED:
            raise refusal(content.reason)
        put_in_place(temporary, digest)
        return _add_rows(actor, content, name, command)
    finally:
        temporary.unlink(missing_ok=True)


def _first_answer(actor: Any, command: uuid.UUID) -> StoredFile | None:
    return StoredFile.objects.select_related("content").filter(uploaded_by=actor, command=command).first()


def _take_in(file: "File[bytes] | IO[bytes]") -> tuple[Path, str, int]:
    """Copy to the store's own disk, digesting on the way. Raises RuleBroken as soon as it is too big."""
    folder = Path(settings.FILES_ROOT) / "tmp"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as target:
            file.seek(0)
            while part := file.read(CHUNK):
                size += len(part)
                if size > settings.FILES_MAX_BYTES:
                    raise refusal("too_big", limit=filesizeformat(settings.FILES_MAX_BYTES))
                digest.update(part)
                target.write(part)
    except BaseException:
        os.unlink(temporary)
        raise
    return Path(temporary), digest.hexdigest(), size


def _check_room(actor: Any, size: int) -> None:
    used = Usage.objects.filter(person=actor).values_list("size", flat=True).first() or 0
    if used + size > settings.FILES_QUOTA_BYTES:
        raise refusal(
            "quota",
            used=filesizeformat(used),
            limit=filesizeformat(settings.FILES_QUOTA_BYTES),
            size=filesizeformat(size),
        )


def _looked_at(path: Path, digest: str, size: int, recognised: rules.Recognised) -> Content:
    """An unsaved row, ready to be shown if the document could be opened now. Raises RuleBroken if it never
    will."""
    content = Content(digest=digest, size=size, kind=recognised.kind, media_type=recognised.media_type)
    if not _is_scanned(path):
        content.reason = "scanner"
        return content
    if recognised.kind == Kind.TEXT:
        content.state = Content.State.READY
        return content
    if recognised.kind == Kind.OFFICE:
        if not office.converts(recognised.extensions[0]):
            content.state, content.reason = Content.State.READY, "no_office"
        return content
    try:
        measured = pages.measure(path, recognised.kind, haste=pages.UPLOADER)
        pages.draw(digest, path, recognised.kind, 0, pages.FIRST_WIDTH, haste=pages.UPLOADER)
    except pages.Refused as refused:
        raise refusal(refused.reason) from None
    except pages.Busy:
        return content
    content.pages, content.outline, content.state = (
        measured["pages"],
        measured["outline"],
        Content.State.READY,
    )
    return content


def _is_scanned(path: Path) -> bool:
    """Whether the scanner has looked at it, or there is none to ask. Raises RuleBroken when it found
    something."""
    if not scanning.is_configured():
        return True
    try:
        found = scanning.finds(path)
    except scanning.Unanswered as problem:
        logger.warning("A file is held back, because the virus scanner did not check it: %s", problem)
        return False
    if found:
        logger.warning("The virus scanner refused an upload: %s", found)
        raise refusal("virus")
    return True


def _add_rows(actor: Any, content: Content, name: str, command: uuid.UUID | None) -> StoredFile:
    try:
        with transaction.atomic():
            Usage.objects.get_or_create(person=actor)
            room = settings.FILES_QUOTA_BYTES - content.size
            if not Usage.objects.filter(person=actor, size__lte=room).update(size=F("size") + content.size):
                _check_room(actor, content.size)
            kept = _shared(content)
            file = StoredFile.objects.create(content=kept, name=name, uploaded_by=actor, command=command)
            record(
                actor,
                "files.store",
                f"file:{file.ref}",
                chain=f"files:{actor.pk}",
                digest=kept.digest,
                size=kept.size,
            )
            return file
    except IntegrityError:
        if command is not None and (known := _first_answer(actor, command)):
            return known
        raise


def _shared(content: Content) -> Content:
    """The one row for these bytes: the caller's, or the one another upload has made in the meantime."""
    if content.pk is not None:
        return content
    try:
        with transaction.atomic():
            content.save(force_insert=True)
    except IntegrityError:
        return Content.objects.get(digest=content.digest)
    if content.kind in (Kind.PDF, Kind.IMAGE) or content.state == Content.State.WAITING:
        signals.content_stored.send(Content, content=content)
    return content
