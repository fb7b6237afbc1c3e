"""Sending bytes of private files: tags, ranges, names, and headers that keep a hostile file harmless."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags

CHUNK = 256 * 1024
ORIGINAL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
"""For originals: whatever the bytes pretend to be, no script of theirs runs here."""

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def is_fresh(request: HttpRequest, tag: str) -> bool:
    """Whether the reader already holds what `tag` names."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or tag in (one.removeprefix("W/") for one in known)


def private(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    """Only this reader's own cache may keep it, and must ask each time."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Vary"] = "Cookie"
    return response


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """No cache may keep it, not even the reader's own."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Vary"] = "Cookie"
    return response


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition with the name for every reader (RFC 6266), ASCII for the oldest."""
    plain = "".join(c if " " <= c <= "~" and c not in '"\\%;' else "_" for c in name)
    way = "inline" if inline else "attachment"
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def asked_range(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First and last byte the reader asks for, None for everything. Raises ValueError when there is no such
    part.

    Several ranges at once, another unit, or a condition that no longer holds get everything, as the standard
    allows.
    """
    asked = request.headers.get("Range", "").replace(" ", "")
    condition = request.headers.get("If-Range", "").strip()
    match = _RANGE.fullmatch(asked)
    if match is None or request.method != "GET" or (condition and condition != tag):
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:
        if int(last[:20]) == 0 or size == 0:
            raise ValueError
        return max(0, size - int(last[:20])), size - 1
    start, end = int(first[:20]), min(int(last[:20]), size - 1) if last else size - 1
    if last and int(last[:20]) < start:
        return None
    if start >= size:
        raise ValueError
    return start, end


def file_response(request: HttpRequest, path: Path, size: int, tag: str) -> HttpResponseBase:
    """The whole file or the part asked for, in small pieces however large it is; behind nginx by nginx."""
    if settings.BEHIND_NGINX:
        place = path.relative_to(settings.FILES_ROOT)
        return HttpResponse(headers={"X-Accel-Redirect": f"/_files/{place}"})
    try:
        part = asked_range(request, size, tag)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size - 1)
    length = end - start + 1
    pieces = (
        _pieces_async(path, start, length)
        if isinstance(request, ASGIRequest)
        else _pieces(path, start, length)
    )
    response = StreamingHttpResponse(pieces) if request.method == "GET" else HttpResponse()
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with open(path, "rb") as file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece


async def _pieces_async(path: Path, start: int, length: int) -> AsyncIterator[bytes]:
    read = sync_to_async(_read_at, thread_sensitive=False)
    while length > 0 and (piece := await read(path, start, min(CHUNK, length))):
        start, length = start + len(piece), length - len(piece)
        yield piece


def _read_at(path: Path, start: int, length: int) -> bytes:
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(length)
