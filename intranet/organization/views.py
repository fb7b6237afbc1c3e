"""The staff directory."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import queries


@login_required
def directory(request: HttpRequest) -> HttpResponse:
    """The offices with their people; with `q`, only the people found."""
    text = request.GET.get("q", "").strip()[:100]
    today = timezone.localdate()
    found = queries.seats_matching(text, today) if text else []
    tree = [] if text else queries.office_tree_on(today, with_people=True)
    return render(request, "organization/directory.html", {"text": text, "found": found, "tree": tree})
