"""Offices, people, positions, and who holds which role where, each with the dates it was true."""

from typing import Any

from django.contrib.auth.models import AbstractUser, Permission
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intranet.lib.text import fold, join_post, name_key


def _valid_range(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name
    )


class ValidQuerySet(models.QuerySet[Any]):
    def on(self, day: Any) -> "ValidQuerySet":
        """Rows true on `day`: from `valid_from` up to, not including, `valid_to`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Office(models.Model):
    """A unit of the organisation. Merging and renaming end one office and begin another with predecessors."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="successors")

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [_valid_range("office_valid_range")]
        permissions = [("manage_offices", _("May open, merge and close offices"))]

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """Someone who can sign in. `last_name` holds họ and tên đệm, `first_name` the given name, as Vietnamese
    write it.
    """

    staff_code = models.CharField(_("staff code"), max_length=40, unique=True, null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_stand_in = models.BooleanField(default=False, editable=False)
    """Nobody: an account lent to a simulated tablet for minutes. Found by no search, offered by no picker."""
    has_changed_access = False
    """Set while a write is under way: whether it takes away what open sessions rely on."""
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)
    folded = models.CharField(max_length=400, editable=False, default="")

    class Meta(AbstractUser.Meta):
        ordering = ["sort_key", "pk"]
        permissions = [("manage_people", _("May enter, place and disable people"))]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = name_key(self.first_name, self.last_name)
        self.folded = fold(f"{self.get_full_name()} {self.username} {self.staff_code or ''}")
        if (names := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*names, "sort_key", "folded"}
        super().save(*args, **kwargs)


class Position(models.Model):
    """A post such as chủ tịch, phó chủ tịch, công chức; `rank` orders people on lists of an office."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=100)

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A person's place in an office, from a day up to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    office = models.ForeignKey(Office, models.PROTECT, related_name="assignments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="assignments")
    is_primary = models.BooleanField(_("main place"), default=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["position__rank", "person__sort_key"]
        constraints = [
            _valid_range("assignment_valid_range"),
            models.UniqueConstraint(
                fields=["person", "office", "position", "valid_from"], name="assignment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.position}, {self.office}"

    @property
    def post(self) -> str:
        """Position and office as one says them together; what the position names already is said once."""
        position, short, full = self.position.name, self.office.short_name, self.office.name
        if short and join_post(position, short) != f"{position} {short}":
            return join_post(position, short)
        if short and join_post(position, full) != f"{position} {full}":
            return position
        return join_post(position, short or full)


class Role(models.Model):
    """A named set of Django permissions that is granted to people within an office and what is below it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    permissions = models.ManyToManyField(Permission, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]
        permissions = [("manage_roles", _("May grant and withdraw roles"))]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role held by a person in an office and below it, from a day up to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    office = models.ForeignKey(Office, models.PROTECT, related_name="role_grants")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        constraints = [
            _valid_range("role_grant_valid_range"),
            models.UniqueConstraint(
                fields=["person", "role", "office", "valid_from"], name="role_grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.office}"
