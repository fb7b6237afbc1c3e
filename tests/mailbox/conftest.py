import datetime

import pytest

from intranet.organization.models import Assignment, Office, Position
from tests.factories.organization import PersonFactory


@pytest.fixture
def writer(db):
    return PersonFactory(username="writer", first_name="Thư ký", last_name="")


@pytest.fixture
def reader(db):
    return PersonFactory(username="reader", first_name="Đại biểu 01", last_name="")


@pytest.fixture
def other(db):
    return PersonFactory(username="other", first_name="Đại biểu 02", last_name="")


@pytest.fixture
def office(db, reader, other):
    """An office where `reader` and `other` work."""
    office = Office.objects.create(code="VP", name="Văn phòng", valid_from=datetime.date(2025, 7, 1))
    post = Position.objects.create(name="Công chức")
    for person in (reader, other):
        Assignment.objects.create(
            person=person, office=office, position=post, valid_from=datetime.date(2025, 7, 1)
        )
    return office
