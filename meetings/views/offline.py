"""Meetings taken along: leases, the page without a network, and the service worker that shows it."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.lib.errors import RuleBroken
from meetings import actions, forms, queries
from meetings.live import projection
from meetings.models import Seat
from meetings.queries import offline as packs
from meetings.rules import audience_of
from meetings.rules import offline as rules

SECTIONS = ("meeting", "agenda", "papers", "order")
"""What of the room can be read without it."""
STYLES = (
    "common/css/tokens.css",
    "common/css/fonts.css",
    "common/css/components.css",
    "files/css/viewer.css",
    "files/css/paper_panel.css",
    "meetings/css/room.css",
    "meetings/css/marks.css",
    "meetings/css/offline.css",
)
PICTURES = ("common/img/icons.svg", "common/img/mark.svg", "meetings/js/theme.js")


@login_required
@require_POST
def take_along(request: HttpRequest, ref: str) -> HttpResponse:
    """A lease: the signed manifest and the keys, as the seat may have them now.

    The first contact of a device that comes back asks here too: 404 and a page for signing in mean that
    nothing may be kept.
    """
    seat = queries.seat_for(request.user, ref)
    form = forms.DeviceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": _("Reload the page and try again.")}, status=400)
    device, ready = form.cleaned_data["device"], form.cleaned_data["ready"]
    key = audience_of(seat.role, queries.invited_items(seat))
    revision, sections = projection.project_now(ref, key, SECTIONS)
    sections = {name: sections[name] for name in SECTIONS}
    papers = packs.papers_to_take(seat, sections["papers"])
    now = timezone.now()
    for paper in papers:
        paper["until"] = projection.milliseconds(now + datetime.timedelta(hours=paper.pop("hours")))
    try:
        pack = actions.take_along(seat, device=device, total=len(papers))
    except RuleBroken as broken:
        return JsonResponse({"error": str(broken.message)}, status=409)
    if ready is not None:
        actions.note_ready(seat, device=device, ready=min(ready, len(papers)))
    manifest = {
        "version": 1,
        "meeting": ref,
        "seat": seat.pk,
        "device": str(device),
        "issued": projection.milliseconds(now),
        "until": projection.milliseconds(pack.until),
        "epoch": seat.meeting.epoch,
        "revision": revision,
        "access": rules.access_mark(papers),
        "papers": papers,
        "sections": sections,
        "me": _me(seat),
    }
    keys = {what: rules.key_for(pack, what) for what in ("", *(paper["file"] for paper in papers))}
    response = JsonResponse(rules.signed(manifest) | {"keys": keys})
    response["Cache-Control"] = "no-store"
    return response


def _me(seat: Seat) -> dict[str, Any]:
    """Who reads: enough for the page without a network, which can do no act of the room."""
    who = {"seat": seat.pk, "role": seat.role, "name": str(seat.person), "post": seat.post}
    return who | {"marks": reverse("meetings:marks", args=[seat.meeting.ref])}


def offline_door(person: Any = None) -> dict[str, str]:
    """What a page needs for first contact; the same for everybody."""
    return {
        "home": reverse("meetings:home"),
        "verifying": rules.verifying_key(),
        "worker": reverse("meetings:offline_worker"),
        "signOut": reverse("account_logout"),
        "files": reverse("files:download", args=["x"]).removesuffix("x/"),
    }


@login_required
@require_POST
def give_back(request: HttpRequest, ref: str) -> HttpResponse:
    """The device has removed the meeting."""
    seat = queries.seat_for(request.user, ref)
    form = forms.DeviceForm(request.POST)
    if form.is_valid():
        actions.give_back(seat, device=form.cleaned_data["device"])
    return HttpResponse(status=204)


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page without a network: nothing personal is in it, what it shows comes from the device."""
    facts = {"door": offline_door(), "styles": STYLES, "start": packs.START}
    return render(request, "meetings/offline.html", facts)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps in front."""
    facts = {
        "release": settings.RELEASE,
        "homes": [reverse("meetings:home"), reverse("desk:home")],
        "shell": reverse("meetings:offline"),
        "words": reverse("javascript_catalog"),
        "files": [static(path) for path in packs.files_without_network(packs.START, *STYLES, *PICTURES)],
    }
    text = f"const OFFLINE = {json.dumps(facts)};\n{packs.static_text('meetings/js/offline/worker.js')}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    # The drawing worker's script lies under another path than the room, and is asked for by its own address.
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
