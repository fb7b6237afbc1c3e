"""Offices and people, and the fixed cast every test knows."""

import datetime

import factory

from intranet.organization.models import Office, Person

CAST = ("chair", "secretary", "delegate", "observer", "clerk", "head", "citizen", "stranger")


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = "ubnd"
    name = "Ủy ban nhân dân xã"
    valid_from = datetime.date(2020, 1, 1)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        django_get_or_create = ("username",)

    username = factory.Sequence("nguoi{}".format)
    last_name = "Người"
    first_name = factory.Sequence("Thứ {}".format)
