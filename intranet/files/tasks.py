"""Background work."""

import datetime

from django.utils import timezone
from django_tasks import task

from . import actions, queries
from .conversion import scans
from .models import Content
from .rendering.pages import Busy

LATER = datetime.timedelta(seconds=30)


TRIES = 20
"""After so many the machine is not too busy, but the document too slow."""
QUIETLY = -50
"""The priority of what nobody waits for."""


@task(backend="background")
def read_content(content_id: int, tries: int = 1) -> None:
    """Read a stored document; nothing to do when it is gone. A machine too busy now is asked again later."""
    content = Content.objects.filter(pk=content_id).first()
    if content is None:
        return
    try:
        actions.read_content(content, is_last=tries >= TRIES)
    except Busy:
        read_content.using(run_after=timezone.now() + LATER).enqueue(content_id, tries + 1)
        return
    if scans.program() and queries.pictures_of_writing(content):
        read_pictures.enqueue(content_id)


@task(backend="background", priority=QUIETLY)
def read_pictures(content_id: int) -> None:
    """Read some pages of a scan, then stand at the end of the queue again."""
    content = Content.objects.filter(pk=content_id).first()
    if content is None:
        return
    try:
        if actions.read_pictures(content):
            read_pictures.enqueue(content_id)
    except Busy:
        read_pictures.using(run_after=timezone.now() + LATER).enqueue(content_id)
