"""Bodies: who keeps them, their dated members and rules, and a meeting convened for one."""

import datetime
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from intranet.organization.models import Role as OfficeRole
from intranet.organization.models import RoleGrant
from meetings import actions, queries
from meetings.models import Body, BodyMember, Role, Seat, Subject, VotingRule
from tests.factories.meetings import MeetingFactory, SeatFactory
from tests.factories.organization import PersonFactory
from tests.meetings.conftest import Room

SINCE = datetime.date(2026, 1, 1)


@pytest.fixture
def body(room: Room) -> Body:
    return Body.objects.create(office=room.meeting.office, name="Hội đồng nhân dân xã")


@pytest.fixture
def keeper(body: Body) -> Any:
    """Somebody who keeps the bodies of the office and convenes for it."""
    role = OfficeRole.objects.create(code="giu", name="Giữ")
    role.permissions.add(*Permission.objects.filter(codename__in=["keep_bodies", "convene_meeting"]))
    person = PersonFactory(username="nguoigiu")
    RoleGrant.objects.create(person=person, role=role, office=body.office, valid_from=SINCE)
    return person


def rule(keeper: Any, body: Body, **given: Any) -> VotingRule:
    known = {
        "subject": Subject.DECISION,
        "majority": "half",
        "base": "all",
        "quorum_part": 2,
        "quorum_whole": 3,
        "basis": "Quy chế làm việc",
        "valid_from": SINCE,
    }
    return actions.keep_rule(keeper, body, **(known | given))


def test_a_body_is_kept_by_those_who_hold_the_right_for_its_office_only(body: Body, keeper: Any) -> None:
    client, stranger = Client(), Client()
    client.force_login(keeper)
    stranger.force_login(PersonFactory(username="khach"))
    assert client.get("/hop/co-quan/").status_code == 200
    assert body.name in client.get(f"/hop/co-quan/{body.ref}/").content.decode()
    data = {"command": str(uuid.uuid4()), "name": "Tên khác"}
    for address in ("", f"{body.ref}/"):
        assert stranger.get(f"/hop/co-quan/{address}").status_code == 404
    assert stranger.post(f"/hop/co-quan/{body.ref}/rename_body/", data).status_code == 404
    assert client.post(f"/hop/co-quan/{body.ref}/rename_body/", data).status_code == 302
    body.refresh_from_db()
    assert body.name == "Tên khác"
    with pytest.raises(RuleBroken):
        actions.rename_body(PersonFactory(), body, name="Chiếm")


def test_a_member_written_twice_is_one_and_its_days_may_not_overlap(body: Body, keeper: Any) -> None:
    person = PersonFactory()
    for _ in range(2):
        actions.keep_member(keeper, body, person=person, title="Ủy viên", valid_from=SINCE)
    row = BodyMember.objects.get()
    with pytest.raises(RuleBroken):
        actions.keep_member(keeper, body, person=person, valid_from=datetime.date(2026, 6, 1))
    actions.keep_member(
        keeper, body, person=person, member=row.pk, valid_from=SINCE, valid_to=datetime.date(2026, 6, 1)
    )
    actions.keep_member(keeper, body, person=person, weight=2, valid_from=datetime.date(2026, 6, 1))
    assert [m.weight for m in queries.members_on(body, datetime.date(2026, 5, 31))] == [1]
    assert [m.weight for m in queries.members_on(body, datetime.date(2026, 6, 1))] == [2]
    assert Entry.objects.filter(action="meetings.keep_member").count() == 4


def test_the_rule_of_a_meeting_is_the_one_of_its_day(room: Room, body: Body, keeper: Any) -> None:
    old = rule(keeper, body)
    new = rule(keeper, body, majority="two_thirds", valid_from=datetime.date(2026, 11, 24))
    old.refresh_from_db()
    assert old.valid_to == new.valid_from
    assert queries.voting_rule_for(room.meeting, Subject.DECISION) is None
    room.meeting.body = body
    assert queries.voting_rule_for(room.meeting, Subject.DECISION) == new
    room.meeting.starts_at -= datetime.timedelta(days=1)
    assert queries.voting_rule_for(room.meeting, Subject.DECISION) == old
    assert queries.voting_rule_for(room.meeting, Subject.REMOVAL) is None


def test_a_rule_is_reference_data_until_somebody_answers_for_it(body: Body, keeper: Any) -> None:
    row = rule(keeper, body, basis="")
    with pytest.raises(RuleBroken):
        actions.verify_rule(keeper, body, rule=row.pk)
    rule(keeper, body)
    actions.verify_rule(keeper, body, rule=row.pk)
    row.refresh_from_db()
    assert row.verified_by == str(keeper)
    rule(keeper, body, rule=row.pk, majority="three_quarters")
    row.refresh_from_db()
    assert (row.majority, row.verified_by, row.verified_on) == ("three_quarters", "", None)


@pytest.mark.parametrize(
    "given",
    [
        {"majority": "custom", "part": 5, "whole": 4},
        {"majority": "custom"},
        {"quorum_part": 4},
        {"valid_to": SINCE},
    ],
)
def test_shares_and_days_that_make_no_sense_are_refused(
    body: Body, keeper: Any, given: dict[str, Any]
) -> None:
    with pytest.raises(RuleBroken):
        rule(keeper, body, **given)
    assert VotingRule.objects.count() == 0


def test_seating_a_body_seats_everybody_of_that_day_once(room: Room, body: Body, keeper: Any) -> None:
    gone, stays, leads = (PersonFactory(username=name) for name in ("cu", "moi", "dung-dau"))
    actions.keep_member(keeper, body, person=gone, valid_from=SINCE, valid_to=datetime.date(2026, 11, 1))
    actions.keep_member(keeper, body, person=stays, title="Ủy viên", valid_from=SINCE)
    actions.keep_member(keeper, body, person=leads, role=Role.CHAIR, valid_from=SINCE)
    secretary = room.seats[Role.SECRETARY]
    before = Seat.objects.filter(meeting=room.meeting).count()
    assert actions.seat_body(secretary, body=body) == {"seated": 2}
    assert actions.seat_body(secretary, body=body) == {"seated": 0}
    assert Seat.objects.filter(meeting=room.meeting).count() == before + 2
    seat = Seat.objects.get(meeting=room.meeting, person=stays)
    assert (seat.role, seat.post) == (Role.DELEGATE, "Ủy viên")
    # The meeting has a chair already.
    assert Seat.objects.get(meeting=room.meeting, person=leads).role == Role.DELEGATE
    rule(keeper, body)
    actions.seat_body(secretary, body=body)
    room.meeting.refresh_from_db()
    assert room.meeting.body == body
    assert (room.meeting.quorum_numerator, room.meeting.quorum_denominator) == (2, 3)
    assert not room.meeting.quorum_exceeds


def test_a_body_of_another_office_is_not_seated(room: Room) -> None:
    other = MeetingFactory(office__code="khac", office__name="Cơ quan khác").office
    with pytest.raises(RuleBroken):
        actions.seat_body(room.seats[Role.SECRETARY], body=Body.objects.create(office=other, name="Ban khác"))


def test_convening_for_a_body_seats_its_members_in_one_press(body: Body, keeper: Any) -> None:
    leads = SeatFactory().person
    actions.keep_member(keeper, body, person=leads, role=Role.CHAIR, valid_from=SINCE)
    client = Client()
    client.force_login(keeper)
    answer = client.post(
        "/hop/moi/",
        {
            "command": str(uuid.uuid4()),
            "title": "Kỳ họp thứ ba",
            "place": "Hội trường",
            "day": "24/11/2026",
            "starts": "8:00",
            "ends": "11:30",
            "office": body.office_id,
            "body": body.pk,
        },
    )
    assert answer.status_code == 302
    seats = Seat.objects.filter(meeting__title="Kỳ họp thứ ba").values_list("person__username", "role")
    assert set(seats) == {(keeper.username, "secretary"), (leads.username, "chair")}


def test_the_page_keeps_a_refused_form_as_typed(body: Body, keeper: Any) -> None:
    client = Client()
    client.force_login(keeper)
    data = {
        "command": str(uuid.uuid4()),
        "subject": "decision",
        "majority": "custom",
        "part": "9",
        "whole": "4",
        "base": "all",
        "quorum_part": "2",
        "quorum_whole": "3",
        "basis": "Luật đang soạn",
        "valid_from": "1/1/2026",
    }
    page = client.post(f"/hop/co-quan/{body.ref}/keep_rule/", data)
    assert page.status_code == 400
    assert "Luật đang soạn" in page.content.decode()
    assert client.post(f"/hop/co-quan/{body.ref}/keep_rule/", data | {"part": "3"}).status_code == 302
    assert "3/4" in client.get(f"/hop/co-quan/{body.ref}/").content.decode()
    person = PersonFactory(last_name="Hoàng Thị", first_name="Mỵ")
    found = client.get(f"/hop/co-quan/{body.ref}/?tim=hoang thi my").content.decode()
    assert f"?nguoi={person.pk}" in found
    assert 'name="person"' in client.get(f"/hop/co-quan/{body.ref}/?nguoi={person.pk}").content.decode()
