"""A session that is deleted or an account that is saved has its sockets looked at."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from .actions import end_person, end_session


@receiver(post_delete, sender=Session, dispatch_uid="live.session_ended")
def session_ended(sender: type[Session], instance: Session, **kwargs: Any) -> None:
    """Logging out, ending a session from the list and changing a password all delete the row."""
    if instance.expire_date > timezone.now():  # clearing away old rows concerns nobody
        end_session(instance.session_key)


@receiver(post_save, sender=get_user_model(), dispatch_uid="live.person_changed")
def person_changed(
    sender: type[Any], instance: Any, created: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    """Disabling an account or changing its password is a change of the person."""
    if not created and set(update_fields or ()) != {"last_login"}:
        end_person(instance.pk)
