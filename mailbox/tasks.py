"""Work for the background worker."""

from django_tasks import task

from . import actions
from .models import Message


@task(backend="background")
def hand_out(message_id: int) -> int:
    """Hand out the waiting copies of a message; returns how many."""
    return actions.hand_out_copies(Message.objects.get(pk=message_id))
