"""A page of its own for reading one file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from intranet.files.models import Kind
from intranet.files.queries import stored_file_for


@require_safe
@login_required
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """The viewer with its bar; files that have no pages are offered for download."""
    file = stored_file_for(request.user, ref)
    if file.content.kind == Kind.TEXT and file.access.original:
        return HttpResponseRedirect(reverse("files:download", args=[ref]))
    return render(request, "files/read.html", {"file": file})
