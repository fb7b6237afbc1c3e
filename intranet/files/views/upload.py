"""Putting a file here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from intranet.files import actions
from intranet.files.forms import UploadForm
from intranet.lib.errors import RuleBroken


@require_POST
@login_required
def upload(request: HttpRequest) -> JsonResponse:
    """Store the field `file`; `command` makes a repeated request get the first answer."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": form.first_error()}, status=400)
    given = form.cleaned_data
    try:
        file = actions.store(
            request.user, file=given["file"], name=given["file"].name, command=given["command"]
        )
    except RuleBroken as broken:
        return JsonResponse({"error": str(broken.message)}, status=400)
    content = file.content
    return JsonResponse({"ref": file.ref, "name": file.name, "size": content.size, "state": content.state})
