"""What happens to accounts elsewhere (allauth, Wagtail's admin) and must be noticed here."""

from typing import Any

from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from intranet.live import actions as live

from . import actions
from .models import Person

WATCHED = {"password", "is_active", "is_superuser"}


@receiver(pre_save, sender=Person)
def compare_account(instance: Person, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    """Note whether this write takes something away from people already signed in, whoever makes it."""
    instance.has_changed_access = False
    if instance.pk is None or (update_fields is not None and not WATCHED & set(update_fields)):
        return
    before = Person.objects.filter(pk=instance.pk).values(*WATCHED).first()
    if before is not None:
        instance.has_changed_access = any(before[name] != getattr(instance, name) for name in WATCHED)


@receiver(post_save, sender=Person)
def end_live_screens(instance: Person, **kwargs: Any) -> None:
    """A disabled account or a new password closes the person's sockets within two seconds."""
    if instance.has_changed_access:
        live.end_person(instance.pk)


@receiver(user_logged_out)
def end_own_session(request: Any, user: Person | None, **kwargs: Any) -> None:
    """Signing out closes the sockets of this browser."""
    if key := request.session.session_key:
        live.end_session(key)
    if user is not None:
        actions.record_security(user, "sign_out")


@receiver(post_delete, sender=UserSession)
def end_other_session(instance: UserSession, **kwargs: Any) -> None:
    """A session ended from the list closes its sockets."""
    live.end_session(instance.session_key)


@receiver(user_logged_in)
def record_sign_in(user: Person, **kwargs: Any) -> None:
    actions.record_security(user, "sign_in")


@receiver(password_changed)
@receiver(password_set)
def record_password(user: Person, **kwargs: Any) -> None:
    actions.record_security(user, "change_password")


@receiver(authenticator_added)
@receiver(authenticator_removed)
@receiver(authenticator_reset)
def record_second_step(signal: Any, user: Person, authenticator: Any, **kwargs: Any) -> None:
    verbs = {authenticator_added: "add_second_step", authenticator_removed: "remove_second_step"}
    verb = verbs.get(signal, "reset_second_step")
    actions.record_security(user, verb, kind=authenticator.type)
