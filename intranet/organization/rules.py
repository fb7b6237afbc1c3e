"""Who may do what, and where."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken

from .models import Assignment, Office, Person, Role, RoleGrant


def _with_ancestors(office: Office) -> list[int]:
    chain: list[int] = []
    current: Office | None = office
    while current is not None and current.pk not in chain:
        chain.append(current.pk)
        current = current.parent
    return chain


def may(
    person: Person, permission: str, *, office: Office | None = None, on: datetime.date | None = None
) -> bool:
    """Whether `person` holds `permission` ("app_label.codename") through a role granted on the day `on`
    (today).

    With `office`, the grant must be for that office or one above it; without, a grant anywhere is enough. A
    disabled account may nothing; a superuser may everything. Nothing is passed on from person to person.
    """
    if not person.is_active:
        return False
    if person.is_superuser:
        return True
    app_label, _dot, codename = permission.partition(".")
    grants = RoleGrant.objects.on(on or timezone.localdate()).filter(
        person=person,
        role__permissions__codename=codename,
        role__permissions__content_type__app_label=app_label,
    )
    if office is not None:
        grants = grants.filter(office__in=_with_ancestors(office))
    return bool(grants.exists())


def must(actor: Person | None, permission: str, *, office: Office | None = None) -> None:
    """Raise unless `actor` may; None is the system itself (set-up, the demo). Without an office: a
    superuser.

    The top of the tree belongs to nobody below it, so what has no office above it is the administrator's
    alone.
    """
    if actor is None:
        return
    if not (
        may(actor, permission, office=office)
        if office is not None
        else actor.is_active and actor.is_superuser
    ):
        raise RuleBroken(_("You may not do this here."))


def check_open_on(office: Office, day: datetime.date) -> None:
    """Raise unless the office exists on `day`."""
    if day < office.valid_from or (office.valid_to is not None and day >= office.valid_to):
        raise RuleBroken(_("This office does not exist on that day."))


def check_may_close(office: Office, day: datetime.date) -> None:
    """Raise when people, roles or offices below would be left in an office closed on `day`, or it closes
    too early.
    """
    if day <= office.valid_from or (office.valid_to is not None and office.valid_to < day):
        raise RuleBroken(_("An office closes after the day it opened and before it has ended."))
    later = [office.assignments, office.role_grants, office.children]
    if any(rows.exclude(valid_to__lte=day).exists() for rows in later):
        raise RuleBroken(_("Move the people, roles and offices of this office first."))


def check_may_succeed(offices: Iterable[Office], day: datetime.date) -> None:
    """Raise unless every one of `offices` (at least one) exists on the day before `day`, when they end."""
    listed = list(offices)
    if not listed:
        raise RuleBroken(_("Choose the offices that end."))
    for office in listed:
        check_open_on(office, day - datetime.timedelta(days=1))


def check_may_grant(
    actor: Person | None, person: Person, role: Role, office: Office, day: datetime.date
) -> None:
    """Raise unless `actor` may give `person` the role there; nobody gives a role to themselves."""
    must(actor, "organization.manage_roles", office=office)
    if actor is not None and actor.pk == person.pk and not actor.is_superuser:
        raise RuleBroken(_("Nobody grants a role to themselves."))
    check_open_on(office, day)


def check_may_disable(actor: Person | None, person: Person) -> None:
    """Raise for one's own account: the last administrator must not lock the door behind themselves."""
    if actor is not None and actor.pk == person.pk:
        raise RuleBroken(_("You cannot disable your own account."))


def check_may_end(row: Assignment | RoleGrant, day: datetime.date) -> None:
    """Raise when `row` has ended before `day` already."""
    if row.valid_to is not None and row.valid_to < day:
        raise RuleBroken(_("This has ended already."))
