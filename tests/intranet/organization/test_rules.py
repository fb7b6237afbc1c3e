import datetime

import pytest

from intranet.lib.errors import RuleBroken
from intranet.organization import rules
from tests.factories.organization import OfficeFactory, PersonFactory, RoleFactory, RoleGrantFactory

RIGHT = "organization.manage_people"


@pytest.fixture
def grant(commune):
    return RoleGrantFactory(
        person=PersonFactory(username="holder"),
        role=RoleFactory(permissions=[RIGHT]),
        office=commune["culture"],
        valid_from=datetime.date(2026, 1, 1),
        valid_to=datetime.date(2026, 7, 1),
    )


@pytest.mark.parametrize(
    ("day", "held"),
    [((2025, 12, 31), False), ((2026, 1, 1), True), ((2026, 6, 30), True), ((2026, 7, 1), False)],
)
def test_may_holds_from_the_first_day_to_the_day_before_the_end(grant, day, held):
    assert rules.may(grant.person, RIGHT, office=grant.office, on=datetime.date(*day)) is held


@pytest.mark.parametrize(
    ("office", "held"), [("culture", True), ("team", True), ("top", False), ("bureau", False)]
)
def test_may_reaches_the_office_and_what_is_below_it(commune, grant, office, held):
    assert rules.may(grant.person, RIGHT, office=commune[office], on=grant.valid_from) is held


def test_may_without_an_office_asks_for_a_grant_anywhere(grant):
    assert rules.may(grant.person, RIGHT, on=grant.valid_from)
    assert not rules.may(PersonFactory(), RIGHT, on=grant.valid_from)


def test_may_is_of_one_permission_only(grant):
    assert not rules.may(grant.person, "organization.manage_roles", office=grant.office, on=grant.valid_from)
    assert not rules.may(grant.person, "meetings.manage_people", office=grant.office, on=grant.valid_from)


def test_disabled_account_may_nothing(grant):
    grant.person.is_active = False
    assert not rules.may(grant.person, RIGHT, office=grant.office, on=grant.valid_from)
    assert not rules.may(PersonFactory(is_superuser=True, is_active=False), RIGHT)


def test_superuser_may_everything(commune):
    assert rules.may(PersonFactory(is_superuser=True), RIGHT, office=commune["top"])


def test_rights_are_not_passed_on(commune, grant, people):
    """Neither the people below the holder nor Django's own permissions give what no role gives."""
    from django.contrib.auth.models import Permission

    people["an"].user_permissions.add(Permission.objects.get(codename="manage_people"))
    assert not rules.may(people["an"], RIGHT, office=commune["culture"], on=grant.valid_from)


def test_may_survives_a_circle_of_offices(grant):
    first, second = OfficeFactory(code="a"), OfficeFactory(code="b")
    first.parent, second.parent = second, first
    assert not rules.may(grant.person, RIGHT, office=first, on=grant.valid_from)


def test_must_without_an_office_is_for_superusers(manager):
    rules.must(None, RIGHT)
    rules.must(PersonFactory(is_superuser=True), RIGHT)
    with pytest.raises(RuleBroken):
        rules.must(manager, RIGHT)
