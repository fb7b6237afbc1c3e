"""Background work."""

from django_tasks import task

from . import actions
from .models import Content


@task(backend="background")
def read_content(content_id: int) -> None:
    """Read a stored document; nothing to do when it is gone."""
    content = Content.objects.filter(pk=content_id).first()
    if content is not None:
        actions.read_content(content)
