import datetime

import pytest

from intranet.audit import queries as audit
from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from intranet.organization import actions, queries, rules
from intranet.organization.models import Assignment, Office, Person, RoleGrant
from tests.factories.organization import PASSWORD, PersonFactory, PositionFactory, RoleFactory

DAY = datetime.timedelta(days=1)


def acts():
    return list(Entry.objects.filter(chain="organization").values_list("action", "target"))


def test_open_office_below_one_you_manage(manager, commune, today):
    office = actions.open_office(
        manager, code="to-tt", name="Tổ Thông tin", parent=commune["culture"], from_day=today
    )
    assert office.parent == commune["culture"]
    assert acts() == [("organization.open_office", "office:to-tt")]
    assert audit.verify().faults == []


def test_open_office_twice_answers_with_the_first(manager, commune, today):
    given = {"code": "to-tt", "name": "Tổ Thông tin", "parent": commune["culture"], "from_day": today}
    assert actions.open_office(manager, **given) == actions.open_office(manager, **given)
    assert len(acts()) == 1


@pytest.mark.parametrize("place", ["bureau", "top", None])
def test_open_office_elsewhere_is_refused(manager, commune, today, place):
    parent = commune[place] if place else None
    with pytest.raises(RuleBroken):
        actions.open_office(manager, code="x", name="X", parent=parent, from_day=today)
    assert not Office.objects.filter(code="x").exists()
    assert acts() == []


def test_open_office_below_a_closed_one_is_refused(commune, today):
    Office.objects.filter(code="vp").update(valid_to=today)
    with pytest.raises(RuleBroken):
        actions.open_office(None, code="x", name="X", parent=commune["bureau"], from_day=today)


def test_close_office_only_when_empty(commune, people, today):
    with pytest.raises(RuleBroken):
        actions.close_office(None, commune["culture"], on_day=today)
    assert actions.close_office(None, commune["team"], on_day=today).valid_to == today
    for seat in commune["culture"].assignments.all():
        actions.end_assignment(None, seat, on_day=today)
    assert actions.close_office(None, commune["culture"], on_day=today).valid_to == today
    actions.close_office(None, commune["culture"], on_day=today)
    assert [act for act, target in acts()].count("organization.close_office") == 2


def test_merging_offices_moves_people_roles_and_children(commune, people, manager, today):
    new = actions.succeed_offices(
        None,
        [commune["culture"], commune["bureau"]],
        code="vhtt",
        name="Phòng Văn hóa và Thông tin",
        on_day=today,
    )
    assert {office.code for office in new.predecessors.all()} == {"vhxh", "vp"}
    assert (new.parent, new.order) == (commune["top"], 2)
    before, after = today - DAY, today
    assert len(queries.people_of(commune["culture"], before)) == 4
    assert queries.people_of(commune["culture"], after) == []
    assert len(queries.people_of(new, after)) == 4
    assert [node.office.code for node in queries.office_tree_on(after)] == ["ubnd", "vhtt", "to-vh"]
    assert rules.may(manager, "organization.manage_people", office=new, on=after)
    again = actions.succeed_offices(None, [commune["culture"]], code="vhtt", name="Khác", on_day=today)
    assert again == new
    assert Assignment.objects.count() == 8


def test_merging_offices_that_have_ended_is_refused(commune, today):
    Office.objects.filter(code="vp").update(valid_to=today - 10 * DAY)
    with pytest.raises(RuleBroken):
        actions.succeed_offices(None, [commune["bureau"]], code="n", name="N", on_day=today)


def test_create_person_and_place_them(manager, commune, today):
    person = actions.create_person(
        manager, username="moi", last_name="Đỗ", first_name="Mới", office=commune["team"], password=PASSWORD
    )
    seat = actions.assign(manager, person, office=commune["team"], position=PositionFactory(), from_day=today)
    same = actions.assign(manager, person, office=commune["team"], position=PositionFactory(), from_day=today)
    assert seat == same
    assert person.check_password(PASSWORD)
    assert acts() == [
        ("organization.create_person", f"person:{person.pk}"), ("organization.assign", f"person:{person.pk}"),
    ]  # fmt: skip


def test_create_person_refuses_a_taken_name_and_a_weak_password(commune, people):
    with pytest.raises(RuleBroken):
        actions.create_person(None, username="an", last_name="X", first_name="Y")
    with pytest.raises(RuleBroken):
        actions.create_person(None, username="khac", last_name="X", first_name="Y", password="12345")
    assert not Person.objects.filter(username="khac").exists()


def test_people_elsewhere_are_not_yours_to_manage(manager, commune, people, today):
    with pytest.raises(RuleBroken):
        actions.create_person(manager, username="x", last_name="", first_name="X", office=commune["bureau"])
    with pytest.raises(RuleBroken):
        actions.assign(
            manager, people["an"], office=commune["top"], position=PositionFactory(), from_day=today
        )
    with pytest.raises(RuleBroken):
        actions.disable_person(manager, people["an"])
    with pytest.raises(RuleBroken):
        actions.set_password(PersonFactory(), people["an"], password=PASSWORD, office=commune["culture"])


def test_update_person_renews_what_lists_and_search_use(people):
    actions.update_person(None, people["an"], first_name="Ổn", staff_code="CB-07", phone="")
    person = Person.objects.get(pk=people["an"].pk)
    assert list(queries.people_matching("cb-07")) == [person]
    assert str(queries.people_matching("").last()) == "Phạm Yến"
    with pytest.raises(TypeError):
        actions.update_person(None, person, is_superuser="yes")


def test_disable_person_and_enable_again(people):
    actions.disable_person(None, people["an"])
    assert not Person.objects.get(pk=people["an"].pk).is_active
    actions.disable_person(None, people["an"])
    actions.enable_person(None, people["an"])
    assert [act for act, target in acts()] == ["organization.disable_person", "organization.enable_person"]


def test_nobody_disables_themselves(manager, commune):
    with pytest.raises(RuleBroken):
        actions.disable_person(manager, manager, office=commune["culture"])


def test_roles_are_granted_once_and_withdrawn(manager, commune, people, today):
    role = RoleFactory(code="thu-ky", permissions=["organization.manage_people"])
    given = {"role": role, "office": commune["team"], "from_day": today}
    grant = actions.grant_role(manager, people["an"], **given)
    assert actions.grant_role(manager, people["an"], **given) == grant
    assert rules.may(people["an"], "organization.manage_people", office=commune["team"], on=today)
    actions.withdraw_role(manager, grant, on_day=today + DAY)
    actions.withdraw_role(manager, grant, on_day=today + DAY)
    assert not rules.may(people["an"], "organization.manage_people", office=commune["team"], on=today + DAY)
    assert [act for act, target in acts()] == ["organization.grant_role", "organization.withdraw_role"]


def test_role_withdrawn_before_it_began_leaves_no_row(commune, people, today):
    grant = actions.grant_role(None, people["an"], role=RoleFactory(), office=commune["team"], from_day=today)
    actions.withdraw_role(None, grant, on_day=today)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_nobody_grants_a_role_to_themselves(manager, commune, today):
    with pytest.raises(RuleBroken):
        actions.grant_role(manager, manager, role=RoleFactory(), office=commune["culture"], from_day=today)
