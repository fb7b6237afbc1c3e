"""New content is read in the background; the task is a row of the same transaction."""

from typing import Any

from django.dispatch import receiver

from . import tasks
from .models import Content
from .signals import content_stored


@receiver(content_stored)
def read_later(sender: Any, content: Content, **kwargs: Any) -> None:
    """Queue the reading of `content`."""
    tasks.read_content.enqueue(content.pk)
