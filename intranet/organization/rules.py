"""Who may do what, and where."""

import datetime

from django.utils import timezone

from .models import Office, Person, RoleGrant


def _with_ancestors(office: Office) -> list[int]:
    chain: list[int] = []
    current: Office | None = office
    while current is not None and current.pk not in chain:
        chain.append(current.pk)
        current = current.parent
    return chain


def may(person: Person, permission: str, *, office: Office | None = None, on: datetime.date | None = None) -> bool:
    """Whether `person` holds `permission` ("app_label.codename") through a role granted on the day `on` (today).

    With `office`, the grant must be for that office or one above it; without, a grant anywhere is enough.
    A disabled account may nothing; a superuser may everything.
    """
    if not person.is_active:
        return False
    if person.is_superuser:
        return True
    app_label, _, codename = permission.partition(".")
    grants = RoleGrant.objects.on(on or timezone.localdate()).filter(
        person=person,
        role__permissions__codename=codename,
        role__permissions__content_type__app_label=app_label,
    )
    if office is not None:
        grants = grants.filter(office__in=_with_ancestors(office))
    return bool(grants.exists())
