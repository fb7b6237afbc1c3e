"""Every change of the organisation. The chain of the log is "organization"; the actor None is the system
itself.
"""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.audit import actions as audit
from intranet.lib.errors import RuleBroken
from intranet.live import actions as live

from . import rules
from .models import Assignment, Office, Person, Position, Role, RoleGrant

CHAIN = "organization"


@transaction.atomic
def open_office(
    actor: Person | None,
    *,
    code: str,
    name: str,
    from_day: datetime.date,
    short_name: str = "",
    parent: Office | None = None,
    order: int = 0,
) -> Office:
    """A new office that exists from `from_day`; a code already used answers with the office that has it."""
    parent = _locked_office(parent) if parent else None
    rules.must(actor, "organization.manage_offices", office=parent)
    if parent:
        rules.check_open_on(parent, from_day)
    office, is_new = Office.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "short_name": short_name,
            "parent": parent,
            "order": order,
            "valid_from": from_day,
        },
    )
    if is_new:
        _log(
            actor,
            "open_office",
            f"office:{code}",
            name=name,
            parent=parent.code if parent else "",
            day=from_day,
        )
    return office


@transaction.atomic
def close_office(actor: Person | None, office: Office, *, on_day: datetime.date) -> Office:
    """End an emptied office: `on_day` is the first day it no longer exists."""
    office = _locked_office(office)
    rules.must(actor, "organization.manage_offices", office=office)
    if office.valid_to == on_day:
        return office
    rules.check_may_close(office, on_day)
    office.valid_to = on_day
    office.save(update_fields=["valid_to"])
    _log(actor, "close_office", f"office:{office.code}", day=on_day)
    return office


@transaction.atomic
def succeed_offices(
    actor: Person | None,
    offices: Sequence[Office],
    *,
    code: str,
    name: str,
    on_day: datetime.date,
    short_name: str = "",
) -> Office:
    """Rename (one office) or merge (several): they end on `on_day` and one begins, with their people and
    roles.

    The new office stands where the first one stood. A code already used answers with the office that has
    it.
    """
    made: Office | None = Office.objects.filter(code=code).first()
    if made is not None:
        return made
    old = list(Office.objects.select_for_update().filter(pk__in=[one.pk for one in offices]).order_by("pk"))
    for office in old:
        rules.must(actor, "organization.manage_offices", office=office)
    rules.check_may_succeed(old, on_day)
    first = next(office for office in old if office.pk == offices[0].pk)
    new = Office.objects.create(
        code=code, name=name, short_name=short_name, parent=first.parent, order=first.order, valid_from=on_day
    )
    new.predecessors.set(old)
    for office in old:
        _move_into(office, new, on_day)
    Office.objects.filter(pk__in=[office.pk for office in old]).update(valid_to=on_day)
    _log(
        actor, "succeed_offices", f"office:{code}", name=name, old=[office.code for office in old], day=on_day
    )
    return new


def _move_into(old: Office, new: Office, day: datetime.date) -> None:
    """People and roles of `old` from `day` on belong to `new`; what ended before stays where it was."""
    for model in (Assignment, RoleGrant):
        for row in model.objects.filter(office=old).exclude(valid_to__lte=day):
            had = row.valid_from < day
            if had:
                model.objects.filter(pk=row.pk).update(valid_to=day)
                row.pk, row.valid_from = None, day
            row.office = new
            row.save(force_insert=had)
    Office.objects.filter(parent=old).exclude(valid_to__lte=day).update(parent=new)


@transaction.atomic
def create_person(
    actor: Person | None,
    *,
    username: str,
    last_name: str,
    first_name: str,
    office: Office | None = None,
    password: str | None = None,
    encoded_password: str = "",
    staff_code: str = "",
    phone: str = "",
    email: str = "",
) -> Person:
    """An account for one person; without a password it cannot sign in yet. A name already used is refused.

    `encoded_password` is one that was checked and hashed before, for many accounts at once.
    """
    rules.must(actor, "organization.manage_people", office=office)
    if Person.objects.filter(username=username).exists():
        raise RuleBroken(_("This user name is taken."))
    person = Person(
        username=username,
        last_name=last_name,
        first_name=first_name,
        staff_code=staff_code or None,
        phone=phone,
        email=email,
    )
    if encoded_password:
        person.password = encoded_password
    else:
        _put_password(person, password)
    person.save()
    _log(actor, "create_person", f"person:{person.pk}", username=username, name=str(person))
    return person


@transaction.atomic
def update_person(
    actor: Person | None, person: Person, *, office: Office | None = None, **changes: str
) -> Person:
    """Correct names, staff code, telephone or mail; `office` is where the actor holds the right."""
    allowed = {"last_name", "first_name", "staff_code", "phone", "email"}
    if unknown := set(changes) - allowed:
        raise TypeError(f"cannot change {', '.join(sorted(unknown))}")
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.must(actor, "organization.manage_people", office=office)
    for name, value in changes.items():
        setattr(person, name, value or None if name == "staff_code" else value)
    person.save(update_fields=list(changes))
    _log(actor, "update_person", f"person:{person.pk}", changed=sorted(changes))
    return person


@transaction.atomic
def disable_person(actor: Person | None, person: Person, *, office: Office | None = None) -> Person:
    """Close an account: no sign-in any more, open pages refuse at once, live screens end within two
    seconds.
    """
    return _set_active(actor, person, office, False)


@transaction.atomic
def enable_person(actor: Person | None, person: Person, *, office: Office | None = None) -> Person:
    """Open a disabled account again, with the password it had."""
    return _set_active(actor, person, office, True)


def _set_active(actor: Person | None, person: Person, office: Office | None, is_active: bool) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.must(actor, "organization.manage_people", office=office)
    if not is_active:
        rules.check_may_disable(actor, person)
    if person.is_active != is_active:
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        _log(actor, "enable_person" if is_active else "disable_person", f"person:{person.pk}")
    return person


@transaction.atomic
def set_password(
    actor: Person | None, person: Person, *, password: str, office: Office | None = None
) -> Person:
    """Give a person a new password; every session they have ends. Raises RuleBroken for a weak one."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    rules.must(actor, "organization.manage_people", office=office)
    _put_password(person, password)
    person.save(update_fields=["password"])
    _log(actor, "set_password", f"person:{person.pk}")
    return person


def _put_password(person: Person, password: str | None) -> None:
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise RuleBroken(" ".join(error.messages)) from error
    person.set_password(password)


@transaction.atomic
def assign(
    actor: Person | None,
    person: Person,
    *,
    office: Office,
    position: Position,
    from_day: datetime.date,
    is_primary: bool = True,
) -> Assignment:
    """Give a person a place in an office from a day on; the same again answers with the place there is."""
    office = _locked_office(office)
    rules.must(actor, "organization.manage_people", office=office)
    rules.check_open_on(office, from_day)
    seat, is_new = Assignment.objects.get_or_create(
        person=person,
        office=office,
        position=position,
        valid_from=from_day,
        defaults={"is_primary": is_primary},
    )
    if is_new:
        _log(actor, "assign", f"person:{person.pk}", office=office.code, position=position.name, day=from_day)
    return seat


@transaction.atomic
def end_assignment(actor: Person | None, seat: Assignment, *, on_day: datetime.date) -> None:
    """End a place: `on_day` is the first day it is no longer held. One that would never have held is
    removed.
    """
    seat = Assignment.objects.select_for_update(of=("self",)).select_related("office").get(pk=seat.pk)
    rules.must(actor, "organization.manage_people", office=seat.office)
    if _end(seat, on_day):
        _log(actor, "end_assignment", f"person:{seat.person_id}", office=seat.office.code, day=on_day)
        live.end_person(seat.person_id)


@transaction.atomic
def grant_role(
    actor: Person | None,
    person: Person,
    *,
    role: Role,
    office: Office,
    from_day: datetime.date,
    to_day: datetime.date | None = None,
) -> RoleGrant:
    """Give a person a role in an office and what is below it; the same again answers with the grant there
    is.
    """
    office = _locked_office(office)
    rules.check_may_grant(actor, person, role, office, from_day)
    grant, is_new = RoleGrant.objects.get_or_create(
        person=person, role=role, office=office, valid_from=from_day, defaults={"valid_to": to_day}
    )
    if is_new:
        _log(actor, "grant_role", f"person:{person.pk}", role=role.code, office=office.code, day=from_day)
    return grant


@transaction.atomic
def withdraw_role(actor: Person | None, grant: RoleGrant, *, on_day: datetime.date) -> None:
    """Take a role back: `on_day` is the first day it is no longer held. One that would never have held is
    removed.
    """
    grant = (
        RoleGrant.objects.select_for_update(of=("self",)).select_related("office", "role").get(pk=grant.pk)
    )
    rules.must(actor, "organization.manage_roles", office=grant.office)
    if _end(grant, on_day):
        facts = {"role": grant.role.code, "office": grant.office.code}
        _log(actor, "withdraw_role", f"person:{grant.person_id}", **facts, day=on_day)
        live.end_person(grant.person_id)


def _end(row: Assignment | RoleGrant, day: datetime.date) -> bool:
    """End a dated row on `day`; whether anything had to change."""
    if row.valid_to == day:
        return False
    rules.check_may_end(row, day)
    if row.valid_from >= day:
        row.delete()
    else:
        row.valid_to = day
        row.save(update_fields=["valid_to"])
    return True


@transaction.atomic
def note_session(key: str, *, address: str) -> bool:
    """A session is in use, from an address; False when it is not among those its person can see."""
    seen = {"last_seen_at": timezone.now(), "ip": address}
    return bool(UserSession.objects.filter(session_key=key).update(**seen))


def record_security(person: Person, act: str, **facts: Any) -> None:
    """Note what a person did with their own account (sign_in, sign_out, change_password …) in their own
    chain.
    """
    audit.record(person, f"organization.{act}", f"person:{person.pk}", chain=f"person:{person.pk}", **facts)


def _locked_office(office: Office) -> Office:
    locked: Office = Office.objects.select_for_update(of=("self",)).select_related("parent").get(pk=office.pk)
    return locked


def _log(actor: Person | None, verb: str, target: str, **facts: Any) -> None:
    plain = {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in facts.items()
    }
    audit.record(actor, f"organization.{verb}", target, chain=CHAIN, **plain)


@transaction.atomic
def add_position(actor: Person | None, *, name: str, rank: int = 100) -> Position:
    """A post people can hold; a name already used answers with the position that has it."""
    rules.must(actor, "organization.manage_people")
    position, is_new = Position.objects.get_or_create(name=name, defaults={"rank": rank})
    if is_new:
        _log(actor, "add_position", f"position:{position.pk}", name=name, rank=rank)
    return position


@transaction.atomic
def define_role(actor: Person | None, *, code: str, name: str, permissions: Sequence[str]) -> Role:
    """Make a role or bring it up to date; `permissions` are "app_label.codename". LookupError for an
    unknown one.
    """
    rules.must(actor, "organization.manage_roles")
    found = []
    for permission in permissions:
        app_label, _dot, codename = permission.partition(".")
        row = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
        if row is None:
            raise LookupError(permission)
        found.append(row)
    role, _created = Role.objects.update_or_create(code=code, defaults={"name": name})
    role.permissions.set(found)
    _log(actor, "define_role", f"role:{code}", name=name, permissions=sorted(permissions))
    return role


@transaction.atomic
def make_administrator(actor: Person | None, person: Person) -> Person:
    """Let a person do everything everywhere. Only the system itself or another administrator may."""
    rules.must(actor, "organization.manage_roles")
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_superuser:
        person.is_superuser = person.is_staff = True
        person.save(update_fields=["is_superuser", "is_staff"])
        _log(actor, "make_administrator", f"person:{person.pk}")
    return person


def lend_stand_ins(names: Sequence[str]) -> list[Person]:
    """Accounts nobody can sign in to, for simulated tablets, to be taken back within minutes.

    No search and no picker finds them; they hold no place, no role and no right.
    """
    return Person.objects.bulk_create(
        Person(username=name, first_name=name, password=make_password(None), is_stand_in=True)
        for name in names
    )


def take_back_stand_ins(pks: Collection[int]) -> None:
    """Remove lent accounts; a key of anybody else is passed over."""
    Person.objects.filter(pk__in=pks, is_stand_in=True).delete()
