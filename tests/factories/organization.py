"""Offices and people, and the fixed cast every test knows."""

import datetime

import factory
from django.contrib.auth.models import Permission

from intranet.organization.models import Assignment, Office, Person, Position, Role, RoleGrant

CAST = ("chair", "secretary", "delegate", "observer", "clerk", "head", "citizen", "stranger")
PASSWORD = "mat-khau-thu-nghiem"
SINCE = datetime.date(2020, 1, 1)


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = "ubnd"
    name = "Ủy ban nhân dân xã"
    valid_from = SINCE


class PersonFactory(factory.django.DjangoModelFactory):
    """Without a password; `password=PASSWORD` makes one that can sign in through the form."""

    class Meta:
        model = Person
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence("nguoi{}".format)
    last_name = "Người"
    first_name = factory.Sequence("Thứ {}".format)

    @factory.post_generation
    def password(self, create, value, **kwargs):
        if value:
            self.set_password(value)
            self.save(update_fields=["password"])


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position
        django_get_or_create = ("name",)

    name = "Công chức"
    rank = 50


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    person = factory.SubFactory(PersonFactory)
    office = factory.SubFactory(OfficeFactory)
    position = factory.SubFactory(PositionFactory)
    valid_from = SINCE


class RoleFactory(factory.django.DjangoModelFactory):
    """A role of the given permissions: `RoleFactory(permissions=["meetings.convene"])`."""

    class Meta:
        model = Role
        skip_postgeneration_save = True

    code = factory.Sequence("role-{}".format)
    name = factory.Sequence("Vai trò {}".format)

    @factory.post_generation
    def permissions(self, create, names, **kwargs):
        for name in names or ():
            app_label, _, codename = name.partition(".")
            self.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = factory.SubFactory(RoleFactory)
    office = factory.SubFactory(OfficeFactory)
    valid_from = SINCE


def cast_of(*names: str) -> dict[str, Person]:
    """The named members of the cast (all, if none is named), each a person with the user name of their
    part.
    """
    return {
        name: PersonFactory(username=name, last_name="", first_name=name.title()) for name in names or CAST
    }
