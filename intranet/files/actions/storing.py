"""Taking a file in: bytes first, safely on disk, the row last."""

import hashlib
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
from intranet.files.models import Content, Kind, StoredFile, Usage
from intranet.files.queries import path_of
from intranet.files.rendering import pages
from intranet.files.rules.reasons import refusal
from intranet.lib.errors import NO_SPACE

CHUNK = 1 << 20


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
        _put_in_place(temporary, digest)
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
            target.flush()
            os.fsync(target.fileno())
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
    if recognised.kind not in (Kind.PDF, Kind.IMAGE):
        content.state = Content.State.READY
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


def _put_in_place(temporary: Path, digest: str) -> None:
    """Give the bytes their name for good: after this they survive a power cut, and no row points at them yet.

    An existing file is replaced by the same bytes, so that it is new for whoever collects old orphans.
    """
    place = path_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(temporary, place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
    if content.kind == Kind.PDF or content.state == Content.State.WAITING:
        signals.content_stored.send(Content, content=content)
    return content
