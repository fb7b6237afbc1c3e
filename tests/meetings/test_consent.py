"""Consent items: ticked beforehand, pulled out until the last moment, adopted in one act."""

from typing import Any

import pytest

from intranet.audit.models import Entry
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions
from meetings.live import projection
from meetings.models import AgendaItem, ConsentAdoption, Role, Stance, State
from tests.factories.meetings import ItemFactory, PaperFactory, stored_pdf
from tests.meetings.conftest import Room
from tests.meetings.test_commands import post


@pytest.fixture
def items(room: Room) -> list[AgendaItem]:
    return [ItemFactory(meeting=room.meeting, kind="consent", title=f"Việc {n}") for n in (1, 2)]


def present(room: Room) -> None:
    """Those with a vote are here."""
    room.at(State.LIVE)
    for role in (Role.CHAIR, Role.DELEGATE):
        actions.arrive(room.seats[role])


def section(room: Room, role: str) -> Any:
    return projection.project_now(room.meeting.ref, role)[1]["consent"]


def test_ticks_are_given_and_taken_back_before_the_opening_and_not_after(
    room: Room, items: list[AgendaItem]
) -> None:
    delegate, item = room.seats[Role.DELEGATE], items[0].pk
    for _ in range(2):
        actions.take_stance(delegate, item=item, answer="agrees")
    actions.take_stance(delegate, item=item, answer="")
    actions.take_stance(delegate, item=item, answer="agrees")
    assert Stance.objects.count() == 1
    room.at(State.LIVE)
    for answer in ("", "agrees"):
        with pytest.raises(RuleBroken):
            actions.take_stance(delegate, item=item, answer=answer)
    actions.take_stance(delegate, item=item, answer="objects", reason="xin thảo luận")
    actions.take_stance(delegate, item=item, answer="")
    assert Stance.objects.count() == 0


def test_only_those_with_a_vote_tick_and_only_consent_items(room: Room, items: list[AgendaItem]) -> None:
    for role in (Role.SECRETARY, Role.INVITED, Role.OBSERVER):
        answer = post(room, role, "take_stance", item=items[0].pk, answer="agrees")
        assert answer.status_code == 409
    assert post(room, Role.DELEGATE, "take_stance", item=room.items[0].pk, answer="agrees").status_code == 409
    assert post(room, Role.DELEGATE, "take_stance", item=items[0].pk, answer="agrees").status_code == 200


def test_what_nobody_objects_to_is_adopted_in_one_act_with_names_and_time(
    room: Room, items: list[AgendaItem]
) -> None:
    actions.take_stance(room.seats[Role.DELEGATE], item=items[0].pk, answer="agrees")
    present(room)
    answer = actions.adopt_consent(room.seats[Role.CHAIR], items=[item.pk for item in items])
    assert answer == {"adopted": 2}
    first, second = ConsentAdoption.objects.order_by("item_id")
    assert first.at == second.at
    assert [each["name"] for each in first.agreed] == [str(room.seats[Role.DELEGATE].person)]
    assert (second.agreed, second.present, second.voters) == ([], 2, 2)
    assert set(AgendaItem.objects.filter(kind="consent").values_list("state", flat=True)) == {"done"}
    assert Entry.objects.filter(action="meetings.adopt_consent").count() == 1
    with pytest.raises(RuleBroken):
        actions.take_stance(room.seats[Role.DELEGATE], item=items[0].pk, answer="objects")
    for role in ("hall", "observer"):
        rows = section(room, role)["items"]
        keys = {"item", "adopted_at", "present", "of", "objections"}
        assert all(row.keys() == keys and row["adopted_at"] for row in rows)


def test_an_item_pulled_out_at_the_last_moment_stops_the_whole_act(
    room: Room, items: list[AgendaItem]
) -> None:
    present(room)
    seen = [item.pk for item in items]
    actions.take_stance(room.seats[Role.DELEGATE], item=seen[1], answer="objects", reason="chưa rõ")
    with pytest.raises(RuleBroken, match="Việc 2"):
        actions.adopt_consent(room.seats[Role.CHAIR], items=seen)
    assert ConsentAdoption.objects.count() == 0
    actions.adopt_consent(room.seats[Role.CHAIR], items=seen[:1])
    # The one pulled out is debated as any other.
    actions.go_to_item(room.seats[Role.CHAIR], item=seen[1], expected_item=None)


def test_nothing_is_adopted_without_a_quorum_or_from_elsewhere(room: Room, items: list[AgendaItem]) -> None:
    room.at(State.LIVE)
    with pytest.raises(RuleBroken):
        actions.adopt_consent(room.seats[Role.CHAIR], items=[items[0].pk])
    present(room)
    for strange in (ItemFactory(kind="consent").pk, 0):
        with pytest.raises(Absent):
            actions.adopt_consent(room.seats[Role.CHAIR], items=[items[0].pk, strange])
    with pytest.raises(RuleBroken):
        actions.adopt_consent(room.seats[Role.CHAIR], items=[room.items[0].pk])


def test_who_ticked_is_for_those_who_lead_and_how_many_for_the_members(
    room: Room, items: list[AgendaItem]
) -> None:
    actions.take_stance(room.seats[Role.DELEGATE], item=items[0].pk, answer="objects", reason="lý do")
    row = section(room, "chair")["items"][0]
    assert row["stances"] == [
        {
            "seat": room.seats[Role.DELEGATE].pk,
            "name": str(room.seats[Role.DELEGATE].person),
            "answer": "objects",
            "reason": "lý do",
        }
    ]
    assert section(room, "delegate")["items"][0] == {
        "item": items[0].pk,
        "adopted_at": None,
        "agreed": 0,
        "objections": 1,
    }
    for role in ("hall", "observer"):
        assert section(room, role)["items"][0] == {
            "item": items[0].pk,
            "adopted_at": None,
            "objections": 1,
        }
    mine = room.client(Role.DELEGATE).get(f"/hop/{room.meeting.ref}/y-kien/").json()
    assert mine == {"stances": {str(items[0].pk): {"answer": "objects", "reason": "lý do"}}}
    assert room.client(Role.CHAIR).get(f"/hop/{room.meeting.ref}/y-kien/").json() == {"stances": {}}


def test_a_tick_does_not_speak_of_what_was_changed_later(room: Room, items: list[AgendaItem]) -> None:
    delegate, secretary, item = room.seats[Role.DELEGATE], room.seats[Role.SECRETARY], items[0]
    paper = PaperFactory(item=item)
    changes = [
        lambda: actions.edit_item(secretary, item=item.pk, title="Việc khác", kind="consent"),
        lambda: actions.replace_paper(
            secretary, paper=paper.pk, stored_file=stored_pdf(secretary.person, name="khac.pdf")
        ),
        lambda: actions.edit_item(secretary, item=item.pk, title="Việc khác", kind="decision"),
    ]
    for change in changes:
        actions.take_stance(delegate, item=item.pk, answer="agrees")
        change()
        assert not Stance.objects.exists()


def test_a_consent_item_has_no_parts(room: Room, items: list[AgendaItem]) -> None:
    secretary = room.seats[Role.SECRETARY]
    with pytest.raises(RuleBroken):
        actions.add_item(secretary, title="Phần", parent=items[0].pk)
    with pytest.raises(RuleBroken):
        actions.move_item(secretary, item=items[0].pk, parent=items[1].pk, position=1)
    with pytest.raises(RuleBroken):
        actions.edit_item(secretary, item=room.items[2].pk, title="Có phần", kind="consent")


def test_the_second_who_rearranges_another_order_moves_nothing(room: Room) -> None:
    secretary = room.seats[Role.SECRETARY]
    first, second, third, _sub = (item.pk for item in room.items)
    seen = f"{first},{second},{third}"
    actions.move_item(secretary, item=third, position=1, expected_order=seen)
    with pytest.raises(RuleBroken):
        actions.move_item(room.seats[Role.CHAIR], item=first, position=3, expected_order=seen)
    order = AgendaItem.objects.filter(meeting=room.meeting, parent=None).values_list("pk", flat=True)
    assert list(order) == [third, first, second]


def test_the_page_of_the_meeting_takes_a_tick_without_script(room: Room, items: list[AgendaItem]) -> None:
    address = f"/hop/{room.meeting.ref}/"
    page = room.client(Role.DELEGATE).get(address).content.decode()
    assert page.count('name="answer" value="agrees"') == 2
    assert 'name="answer"' not in room.client(Role.INVITED).get(address).content.decode()
    answer = post(room, Role.DELEGATE, "take_stance", item=items[0].pk, answer="agrees", plain="meeting")
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#item-{items[0].pk}")
    page = room.client(Role.DELEGATE).get(address).content.decode()
    assert page.count('name="answer" value="agrees"') == 1
    assert str(room.seats[Role.DELEGATE].person) in room.client(Role.CHAIR).get(address).content.decode()
