"""A session that is deleted takes its sockets along."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from .actions import end_session


@receiver(post_delete, sender=Session, dispatch_uid="live.session_ended")
def session_ended(sender: type[Session], instance: Session, **kwargs: Any) -> None:
    """Logging out, ending a session from the list and changing a password all delete the row."""
    if instance.expire_date > timezone.now():  # clearing away old rows concerns nobody
        end_session(instance.session_key)
