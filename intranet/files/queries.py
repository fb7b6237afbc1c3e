"""Reads: the door to a file, and what can be shown of it."""

import datetime
import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from intranet.lib.errors import Absent, RuleBroken
from intranet.lib.finding import found_in
from intranet.lib.text import fold

from . import rules
from .conversion import office, scanning, scans
from .models import Content, Kind, PageSent, PageText, StoredFile
from .rendering import pages
from .rendering.limits import ENGINE, MAX_ENLARGED, MAX_PIXELS_DRAWN


def path_of(digest: str) -> Path:
    """Where content with this digest lies in the private store."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def view_path(content: Content) -> Path:
    """Where what is drawn of `content` lies: its view, or the original where there is none."""
    return path_of(content.drawn_digest)


def stored_file_for(person: Any, ref: str) -> StoredFile:
    """The file with this reference and its `access`, if `person` may read it now. Raises Absent, whatever
    the cause."""
    file = StoredFile.objects.select_related("content").filter(ref=ref).first()
    access = None if file is None else rules.access_to(person, file)
    if file is None or access is None:
        raise Absent
    file.access = access
    return file


def source_of(file: StoredFile) -> str:
    """Where the viewer takes its pages from: "pdf", drawn by itself, or "images", drawn here. Only a view,
    which was cleaned, is drawn elsewhere; until it is made, and where none can be, there are images."""
    return file.access.source if file.content.view_digest else "images"


def shown_pdf(file: StoredFile) -> Path:
    """The PDF a viewer may draw itself. Raises Absent where it may not, or where the bytes are gone."""
    path = view_path(file.content)
    if file.content.state != Content.State.READY or source_of(file) != "pdf" or not path.exists():
        raise Absent
    return path


def facts(file: StoredFile) -> dict[str, Any]:
    """What a viewer needs before it asks for a page: name, state, reason, page sizes, outline, single
    faults; whether it is given the document ("pdf") or "images" of its pages, and what the reader may do."""
    content, access = file.content, file.access
    if content.state == Content.State.READY and content.pages and not access.stamped:
        # A drawing process takes a moment to start: it starts while the viewer still reads this answer.
        pages.ahead(content.drawn_digest, view_path(content), content.drawn_kind, range(1), pages.FIRST_WIDTH)
    return {
        "name": file.name,
        "size": content.size,
        "kind": content.kind,
        "state": content.state,
        "reason": rules.sentence(content.reason),
        "pages": content.pages,
        "outline": content.outline,
        "stripped": rules.told_of(content.stripped),
        "faults": {index: rules.sentence(reason) for index, reason in content.faults.items()},
        "source": source_of(file),
        "may": {
            "save": access.original,
            "copy": access.original and access.text,
            "print": access.print,
            "text": access.text,
        },
        "stamped": access.stamped,
        "logged": access.logged,
        "offline_hours": access.offline_hours,
    }


def is_being_prepared(content: Content) -> bool:
    """Whether there will soon be more to say of it: whether it opens, how many pages, what was taken out."""
    if content.state != Content.State.READY:
        return content.state == Content.State.WAITING
    is_uncleaned = content.kind == Kind.PDF and not content.view_digest and not content.stripped
    return is_uncleaned and timezone.now() - content.stored_at < datetime.timedelta(minutes=2)


def page_of(file: StoredFile, number: int) -> int:
    """The index of page `number` (from 1). Raises Absent when there is no such page or it cannot be shown
    yet."""
    if file.content.state != Content.State.READY or not 1 <= number <= len(file.content.pages):
        raise Absent
    return number - 1


def page_image(content: Content, index: int, width: int, part: pages.Part | None = None) -> bytes:
    """Page `index` (from 0) as WebP about `width` pixels wide, from the cache or drawn now; of an enlarged
    page exactly `width` wide only `part` of it.

    Raises rendering.pages.Refused when this page cannot be drawn, Busy when it could not be drawn in time.
    """
    if (known := content.faults.get(str(index))) is not None:
        raise pages.Refused(known)
    digest, path, kind = content.drawn_digest, view_path(content), content.drawn_kind
    if part is not None:
        return pages.draw(digest, path, kind, index, width, part, haste=pages.READER)
    width = pages.snapped(width)
    image = pages.draw(digest, path, kind, index, width, haste=pages.READER)
    pages.ahead(digest, path, kind, range(index + 1, min(index + 3, len(content.pages))), width)
    return image


def stamped_page(file: StoredFile, index: int, width: int, part: pages.Part | None, reader: Any) -> bytes:
    """Page `index` as `page_image` gives it, with the reader's name, the time and their mark across it.

    Drawn anew each time and kept nowhere. Raises rendering.pages.Refused or Busy.
    """
    content = file.content
    if (known := content.faults.get(str(index))) is not None:
        raise pages.Refused(known)
    lines = rules.stamp_of(str(reader), rules.mark_of(reader.pk, file.ref), timezone.now())
    path, kind = view_path(content), content.drawn_kind
    width = pages.snapped(width) if part is None else width
    return pages.stamped(path, kind, index, width, part, lines, haste=pages.READER)


def part_of(content: Content, index: int, width: int, wish: list[int]) -> pages.Part:
    """The part [x, y, width, height] of page `index` as if it were `width` pixels wide, within the page and
    the limits of an image. Raises Absent when there is nothing of it."""
    across, down = content.pages[index]
    x, y, wide, high = wish
    wide = min(wide, width - x)
    high = min(high, round(width * down / across) - y, MAX_PIXELS_DRAWN // max(wide, 1))
    if not 0 < width <= MAX_ENLARGED or wide < 1 or high < 1:
        raise Absent
    return x, y, wide, high


def page_tag(content: Content, index: int, width: int, part: pages.Part | None = None) -> str:
    """The ETag of a page image: changes with the content, the size and the engine that draws."""
    size = pages.snapped(width) if part is None else "-".join(map(str, (width, *part)))
    return f'"{content.drawn_digest[:24]}-{index}-{size}-{ENGINE}"'


def page_text(content: Content, index: int) -> list[Any]:
    """The lines of text of page `index`, from the table or, while the rest is still being read, read now.

    Raises rendering.pages.Refused or Busy.
    """
    stored = PageText.objects.filter(content=content, index=index).values_list("lines", flat=True).first()
    if stored is not None:
        return list(stored)
    if content.drawn_kind != Kind.PDF:
        return []
    key = f"files:text:{content.drawn_digest}:{index}"
    lines = cache.get(key)
    if lines is None:
        lines = pages.text(view_path(content), content.drawn_kind, index, index + 1, haste=pages.READER)[
            index
        ]
        cache.set(key, lines, 60)
    return list(lines)


MOST_FOUND = 200


def found_in_text(content: Content, words: str) -> dict[str, Any]:
    """Where `words` stand in the paper, accents or not: {"hits", "more", "unread"}, pages from 1."""
    plain = fold(words)
    texts = PageText.objects.filter(content=content)
    unread = max(0, len(content.pages) - texts.count()) if content.drawn_kind == Kind.PDF else 0
    hits: list[dict[str, Any]] = []
    if plain:
        likely = texts.filter(Q(folded__contains=plain) | Q(folded="")).order_by("index")
        for index, lines in likely.values_list("index", "lines").iterator(chunk_size=20):
            hits += [{"page": index + 1, **hit} for hit in found_in(lines, plain)]
            if len(hits) > MOST_FOUND:
                break
    return {"hits": hits[:MOST_FOUND], "more": len(hits) > MOST_FOUND, "unread": unread}


def annotated_copy(content: Content, marks: list[dict[str, Any]]) -> bytes | None:
    """What is shown of a content as a PDF with these marks in it, None when it is not shown as a PDF.

    A mark is as `rendering.annotating` says. Raises RuleBroken when it cannot be made, now or at all.
    """
    if content.drawn_kind != Kind.PDF:
        return None
    try:
        return pages.annotated(view_path(content), marks)
    except (pages.Refused, pages.Busy) as trouble:
        reason = trouble.reason if isinstance(trouble, pages.Refused) else "busy"
        raise RuleBroken(rules.sentence(reason)) from None


def unread_pages(content: Content) -> list[int]:
    """The pages whose text is not stored yet, in order."""
    known = set(PageText.objects.filter(content=content).values_list("index", flat=True))
    return [index for index in range(len(content.pages)) if index not in known]


def pages_sent(files: Collection[StoredFile]) -> QuerySet[PageSent]:
    """Which pages of these files were sent to whom, by person."""
    rows = PageSent.objects.filter(file__in=files).select_related("person")
    return rows.order_by("person__sort_key", "person_id", "file_id", "index")


def is_read(content: Content) -> bool:
    """Whether all is known of it that will ever be: its pages' words too, or that it cannot be opened."""
    if content.state == Content.State.WAITING:
        return False
    if content.state == Content.State.REFUSED or content.drawn_kind != Kind.PDF:
        return True
    return all(str(index) in content.faults for index in unread_pages(content))


def page_signatures(content: Content) -> list[tuple[Any, ...]]:
    """Of each page what is the same when the page is: its size and its words. A page without words is like
    no page of another document."""
    texts = dict(PageText.objects.filter(content=content).values_list("index", "lines"))
    signatures: list[tuple[Any, ...]] = []
    for index, size in enumerate(content.pages):
        words = "\n".join(str(line[4]).strip() for line in texts.get(index, []))
        told = (words,) if words.strip() else (content.drawn_digest, index)
        signatures.append((*(round(side) for side in size), *told))
    return signatures


def digests_on_disk() -> Iterator[tuple[str, Path]]:
    """Every file of the store with the digest its name claims."""
    for path in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        yield path.name, path


def names(digest: str) -> bool:
    """Whether a row names these bytes, as an original or as a view."""
    return Content.objects.filter(Q(digest=digest) | Q(view_digest=digest)).exists()


def orphans() -> Iterator[Path]:
    """Files of the store that no row names: what a crash between file and row leaves, and forgotten new
    files."""
    for digest, path in digests_on_disk():
        if not names(digest):
            yield path
    yield from sorted((Path(settings.FILES_ROOT) / "tmp").glob("*"))


def troubles() -> Iterator[tuple[Content, str]]:
    """Content whose original is "missing" or "changed" on disk, or its view ("view"); reads every byte."""
    for content in Content.objects.order_by("pk").iterator():
        if trouble := _trouble(content.digest):
            yield content, trouble
        elif content.view_digest and _trouble(content.view_digest):
            yield content, "view"


def _trouble(digest: str) -> str:
    try:
        with open(path_of(digest), "rb") as file:
            return "" if hashlib.file_digest(file, "sha256").hexdigest() == digest else "changed"
    except OSError:
        return "missing"


def pictures_of_writing(content: Content) -> list[int]:
    """The pages without a letter that nobody has tried to read as a picture yet, in order."""
    if content.kind == Kind.IMAGE:
        return [0] if content.pages and not content.texts.exists() else []
    blank = PageText.objects.filter(content=content, lines=[], engine=ENGINE)
    return list(blank.order_by("index").values_list("index", flat=True))


def programs() -> Iterator[str]:
    """For the operator: which programs that need not be there are, a line each."""
    yield f"LibreOffice: {office.program() or 'not installed, office documents are not shown'}"
    yield f"Tesseract: {scans.program() or 'not installed with Vietnamese, scans are not read'}"
    if not scanning.is_configured():
        yield "virus scanner: none is named, files are not scanned"
        return
    try:
        scanning.check()
    except scanning.Unanswered as problem:
        yield f"virus scanner: uploads are held back, because it does not answer as it should ({problem})"
    else:
        yield "virus scanner: answers, and its signatures are young enough"


def unfinished() -> list[Content]:
    """Content older than an hour that was never read to its end, because a worker was killed or the machine
    slow, or because a program was missing then that is here now."""
    old = Content.objects.filter(stored_at__lt=timezone.now() - datetime.timedelta(hours=1))
    ready = old.filter(state=Content.State.READY)
    waiting = old.filter(state=Content.State.WAITING)
    uncleaned = ready.filter(kind=Kind.PDF, view_digest="", stripped=[])
    unshown = ready.filter(reason="no_office") if office.program() else ready.none()
    drawn = ready.filter(~Q(view_digest="") | Q(kind=Kind.PDF, view_digest="") & ~Q(stripped=[]))
    drawn = drawn.annotate(read=Count("texts"))
    unread = (one for one in drawn if one.read + len(one.faults) < len(one.pages))
    return [*waiting, *uncleaned, *unshown, *unread]
