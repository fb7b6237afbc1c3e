import datetime

import pytest

from tests.factories.organization import (
    AssignmentFactory,
    OfficeFactory,
    PersonFactory,
    PositionFactory,
    RoleFactory,
    RoleGrantFactory,
)


@pytest.fixture
def commune(db):
    """Ủy ban with two offices below it; the culture office has a team."""
    top = OfficeFactory(code="ubnd", name="Ủy ban nhân dân xã", order=1)
    bureau = OfficeFactory(code="vp", name="Văn phòng HĐND và UBND", parent=top, order=1)
    culture = OfficeFactory(code="vhxh", name="Phòng Văn hóa – Xã hội", parent=top, order=2)
    team = OfficeFactory(code="to-vh", name="Tổ Văn hóa", parent=culture)
    return {"top": top, "bureau": bureau, "culture": culture, "team": team}


@pytest.fixture
def people(commune):
    """A head and three clerks of the culture office, entered out of order."""
    head = PositionFactory(name="Trưởng phòng", rank=10)
    clerk = PositionFactory(name="Công chức", rank=50)
    made = {}
    for username, family, given, post in [
        ("dat", "Nguyễn Văn", "Đạt", clerk),
        ("an", "Trần Thị", "Ấn", clerk),
        ("dung", "Lê", "Dũng", clerk),
        ("head", "Phạm", "Yến", head),
    ]:
        made[username] = PersonFactory(username=username, last_name=family, first_name=given)
        AssignmentFactory(person=made[username], office=commune["culture"], position=post)
    return made


@pytest.fixture
def manager(commune):
    """May manage people, roles and offices of the culture office and what is below it."""
    person = PersonFactory(username="manager", last_name="Người", first_name="Quản lý")
    rights = ["organization.manage_people", "organization.manage_roles", "organization.manage_offices"]
    RoleGrantFactory(person=person, role=RoleFactory(permissions=rights), office=commune["culture"])
    return person


@pytest.fixture
def today():
    return datetime.date(2026, 11, 23)
