"""What a viewer asks for: facts, page images, page text."""

import contextlib
import gzip
import hashlib
import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from intranet.files import actions, queries, rules
from intranet.files.models import StoredFile
from intranet.files.rendering.pages import FIRST_WIDTH, Busy, Refused
from intranet.lib.errors import Absent

from .delivery import is_fresh, private, unkept

RETRY_SECONDS = 2
PACKED_FROM = 1000
"""Bytes of an answer from which packing it is worth the while."""
MOST_TEXTS = 50
"""Pages whose text is given at once."""


def _wish(request: HttpRequest) -> int:
    wanted = request.GET.get("w", "")
    return (
        min(int(wanted), 10_000) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else FIRST_WIDTH
    )


def _busy() -> JsonResponse:
    return JsonResponse(
        {"error": rules.sentence("busy")}, status=503, headers={"Retry-After": str(RETRY_SECONDS)}
    )


def _refused(file: StoredFile, index: int, reason: str) -> JsonResponse:
    if str(index) not in file.content.faults:
        actions.note_fault(file.content, index=index, reason=reason)
    return JsonResponse({"error": rules.sentence(reason)}, status=422)


def _log(request: HttpRequest, file: StoredFile, index: int) -> None:
    if file.access.logged and request.user.pk is not None:
        actions.note_page_sent(file, index=index, person_id=request.user.pk)


def _tagged_json(request: HttpRequest, value: Any, file: StoredFile) -> HttpResponseBase:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    tag = hashlib.sha256(body).hexdigest()[:24]
    headers = {"Content-Type": "application/json"}
    if len(body) > PACKED_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        # Packed, the text of a page is less than half, and who reads a thousand pages gets a thousand.
        body, tag = gzip.compress(body, 6, mtime=0), f"{tag}-gz"
        headers["Content-Encoding"] = "gzip"
    response: HttpResponseBase = HttpResponse(body, headers=headers)
    if not file.access.original:
        response = unkept(response)
    elif is_fresh(request, f'"{tag}"'):
        response = private(HttpResponse(status=304), f'"{tag}"')
    else:
        response = private(response, f'"{tag}"')
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
@login_required
def facts(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Name, state, page sizes and outline as JSON."""
    file = queries.stored_file_for(request.user, ref)
    return _tagged_json(request, queries.facts(file), file)


def _part(request: HttpRequest) -> list[int] | None:
    """?o=x,y,width,height: the part wished for, in pixels of the page ?w= wide."""
    if "o" not in request.GET:
        return None
    numbers = request.GET["o"].split(",")
    if len(numbers) != 4 or not all(one.isascii() and one.isdigit() and len(one) < 6 for one in numbers):
        raise Absent
    return [int(one) for one in numbers]


@require_safe
@login_required
def page(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """One page as an image, about ?w= pixels wide; with ?o= a part of the page that is exactly so wide."""
    file = queries.stored_file_for(request.user, ref)
    index, width, wish = queries.page_of(file, number), _wish(request), _part(request)
    part = None if wish is None else queries.part_of(file.content, index, width, wish)
    tag = queries.page_tag(file.content, index, width, part)
    if file.access.original and is_fresh(request, tag):
        return private(HttpResponse(status=304), tag)
    try:
        if file.access.stamped:
            image = queries.stamped_page(file, index, width, part, request.user)
        else:
            image = queries.page_image(file.content, index, width, part)
    except Refused as refused:
        return _refused(file, index, refused.reason)
    except Busy:
        return _busy()
    _log(request, file, index)
    response = HttpResponse(image, content_type="image/webp")
    return private(response, tag) if file.access.original else unkept(response)


@require_safe
@login_required
def text(request: HttpRequest, ref: str, number: int) -> HttpResponseBase:
    """The text layer of one page as JSON: [[x0, y0, x1, y1, text, edges, turn?], …] in points as shown."""
    file = queries.stored_file_for(request.user, ref)
    index = queries.page_of(file, number)
    try:
        lines = queries.page_text(file.content, index) if file.access.text else []
    except Refused:
        lines = []
    except Busy:
        return _busy()
    if lines:
        _log(request, file, index)
    return _tagged_json(request, lines, file)


@require_safe
@login_required
def search(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Where the words ?q= stand in the paper, accents or not, as JSON."""
    file = queries.stored_file_for(request.user, ref)
    if not file.access.text:
        raise Absent
    return _tagged_json(request, queries.found_in_text(file.content, request.GET.get("q", "")[:100]), file)


@require_safe
@login_required
def texts(request: HttpRequest, ref: str, first: int, last: int) -> HttpResponseBase:
    """The text layers of some pages at once, by their number: for whoever takes the document along."""
    file = queries.stored_file_for(request.user, ref)
    if not first <= last < first + MOST_TEXTS:
        raise Absent
    found: dict[int, list[Any]] = {}
    try:
        for number in range(first, last + 1):
            index = queries.page_of(file, number)
            with contextlib.suppress(Refused):
                found[number] = queries.page_text(file.content, index) if file.access.text else []
            if found.get(number):
                _log(request, file, index)
    except Busy:
        return _busy()
    return _tagged_json(request, found, file)
