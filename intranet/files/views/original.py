"""The stored bytes themselves."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from intranet.files import rules
from intranet.files.models import Kind
from intranet.files.queries import path_of, shown_pdf, stored_file_for
from intranet.lib.errors import Absent

from .delivery import ORIGINAL_POLICY, disposition, file_response, is_fresh, private


@require_safe
@login_required
def download(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The original, whole or a range. PDFs and images may be shown in place unless ?tai=1 asks to save
    them."""
    file = stored_file_for(request.user, ref)
    content, path = file.content, path_of(file.content.digest)
    if not file.access.original:
        raise Absent
    tag = f'"{content.digest}"'
    if not path.exists():
        raise Absent
    if content.reason in rules.HELD_BACK:
        sentence = rules.sentence(content.reason)
        return private(HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8"), tag)
    if is_fresh(request, tag):
        return private(HttpResponse(status=304), tag)
    response = file_response(request, path, content.size, tag)
    response["Content-Type"] = content.media_type + ("; charset=utf-8" if content.kind == Kind.TEXT else "")
    inline = content.kind in (Kind.PDF, Kind.IMAGE) and "tai" not in request.GET
    response["Content-Disposition"] = disposition(file.name, inline=inline)
    response["Content-Security-Policy"] = ORIGINAL_POLICY
    return private(response, tag)


@require_safe
@login_required
def view_pdf(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The PDF that is drawn, whole or a range, for a viewer that draws it itself. Absent where only images
    may leave."""
    file = stored_file_for(request.user, ref)
    path = shown_pdf(file)
    tag = f'"{file.content.drawn_digest}"'
    if is_fresh(request, tag):
        return private(HttpResponse(status=304), tag)
    response = file_response(request, path, path.stat().st_size, tag)
    response["Content-Type"] = "application/pdf"
    response["Content-Security-Policy"] = ORIGINAL_POLICY
    return private(response, tag)
