"""Background work."""

import datetime

from django.utils import timezone
from django_tasks import task

from . import actions
from .models import Content
from .rendering.pages import Busy

LATER = datetime.timedelta(seconds=30)


@task(backend="background")
def read_content(content_id: int) -> None:
    """Read a stored document; nothing to do when it is gone. A machine too busy now is asked again later."""
    content = Content.objects.filter(pk=content_id).first()
    if content is None:
        return
    try:
        actions.read_content(content)
    except Busy:
        read_content.using(run_after=timezone.now() + LATER).enqueue(content_id)
