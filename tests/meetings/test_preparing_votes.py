"""Votes before the meeting: prepared, changed, put in order, thrown away; and who has one."""

import datetime
import uuid
from typing import Any

import pytest

from meetings import actions
from meetings.models import Body, Poll, Role, Seat, VotingRule
from tests.meetings.conftest import Room


def send(room: Room, act: str, role: str = Role.SECRETARY, **data: Any) -> Any:
    return room.client(role).post(
        f"/hop/{room.meeting.ref}/chuan-bi/{act}/", {"command": str(uuid.uuid4()), **data}
    )


def page(room: Room) -> str:
    return str(room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/chuan-bi/").content.decode())


def titles(room: Room) -> list[str]:
    return list(Poll.objects.filter(meeting=room.meeting).values_list("title", flat=True))


def prepared(room: Room, *names: str) -> list[int]:
    return [int(actions.add_poll(room.seats[Role.CHAIR], title=name)["poll"]) for name in names]


def test_a_vote_is_prepared_changed_and_thrown_away_before_the_meeting(room: Room) -> None:
    election = {
        "title": "Bầu trưởng ban",
        "item": room.items[1].pk,
        "kind": "election",
        "form": "secret",
        "options": "Lan\nMinh\n",
        "least": 0,
        "most": 1,
        "places": 1,
        "majority_kind": "custom",
        "majority_base": "cast",
        "numerator": 3,
        "denominator": 5,
        "more_than": "False",
    }
    assert send(room, "add_poll", **election).status_code == 302
    poll = Poll.objects.get()
    assert [option["label"] for option in poll.options] == ["Lan", "Minh"]
    assert (poll.form, poll.least, poll.numerator, poll.denominator, poll.more_than) == (
        *("secret", 0, 3, 5),
        False,
    )
    shown = page(room)
    assert "Lan\nMinh</textarea>" in shown
    assert f'<option value="{room.items[1].pk}" selected>' in shown
    assert send(room, "edit_poll", poll=poll.pk, **(election | {"title": "Bầu phó ban"})).status_code == 302
    assert titles(room) == ["Bầu phó ban"]
    assert send(room, "remove_poll", poll=poll.pk).status_code == 302
    assert titles(room) == []


def test_prepared_votes_are_put_in_order_and_share_out_their_numbers(room: Room) -> None:
    first, second, third = prepared(room, "Một", "Hai", "Ba")
    assert send(room, "move_poll", poll=third, position=1).status_code == 302
    assert titles(room) == ["Ba", "Một", "Hai"]
    assert send(room, "move_poll", poll=third, position=9).status_code == 302
    assert titles(room) == ["Một", "Hai", "Ba"]
    assert sorted(Poll.objects.values_list("number", flat=True)) == [1, 2, 3]
    actions.remove_poll(room.seats[Role.CHAIR], poll=second)
    send(room, "move_poll", poll=third, position=1)
    assert list(Poll.objects.values_list("pk", "number")) == [(third, 1), (first, 3)]


def test_a_vote_that_absent_members_vote_in_keeps_its_place(room: Room) -> None:
    from django.utils import timezone

    first, _second = prepared(room, "Một", "Hai")
    seat, until = room.seats[Role.DELEGATE], timezone.now() + datetime.timedelta(hours=1)
    actions.open_early(room.seats[Role.CHAIR], poll=first, targets=[seat.pk], until=until)
    for act, data in (("move_poll", {"position": 2}), ("edit_poll", {"title": "Ba"}), ("remove_poll", {})):
        assert send(room, act, poll=first, **data).status_code == 400
    assert titles(room) == ["Một", "Hai"]
    assert f'id="vote-{first}"' not in page(room)


@pytest.mark.parametrize(
    "data",
    [
        {"title": " "},
        {"title": "a" * 501},
        {"title": "Bầu", "kind": "election", "options": ""},
        {"title": "Bầu", "kind": "election", "options": "Lan", "most": "3"},
        {"title": "Bầu", "kind": "election", "options": "Lan\nLan"},
        {"title": "Bầu", "least": "x"},
        {"title": "Bầu", "numerator": "0", "majority_kind": "custom"},
        {"title": "Bầu", "numerator": "5", "denominator": "4", "majority_kind": "custom"},
        {"title": "Bầu", "quorum_numerator": "3", "quorum_denominator": "2"},
        {"title": "Bầu", "kind": "war"},
        {"title": "Bầu", "item": "x"},
    ],
)
def test_a_vote_that_cannot_be_is_shown_again_as_typed_with_a_sentence(
    room: Room, data: dict[str, str]
) -> None:
    answer = send(room, "add_poll", **data)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in text
    assert data["title"].strip()[:200] in text
    assert titles(room) == []


def test_a_new_vote_begins_with_what_the_body_keeps(room: Room) -> None:
    body = Body.objects.create(office=room.meeting.office, name="Hội đồng")
    room.meeting.body = body
    room.meeting.save(update_fields=["body"])
    day = datetime.date(2020, 1, 1)
    for subject, kind in (("decision", "two_thirds"), ("election", "three_quarters")):
        VotingRule.objects.create(body=body, subject=subject, majority=kind, base="present", valid_from=day)
    for text in (
        page(room),
        room.client(Role.SECRETARY).get(f"/hop/{room.meeting.ref}/phong/").content.decode(),
    ):
        assert '<option value="two_thirds" selected>' in text
        assert '<option value="present" selected>' in text
        assert "three_quarters&quot;" in text


def test_who_has_a_vote_and_of_what_weight_is_set_beside_the_seat(room: Room) -> None:
    seat = room.seats[Role.DELEGATE]
    assert send(room, "set_voting", target=seat.pk, votes="on", weight=3).status_code == 302
    assert "3 phiếu" in page(room)
    assert send(room, "set_voting", target=seat.pk, weight=1).status_code == 302
    assert "Không biểu quyết" in page(room)
    assert not Seat.objects.get(pk=seat.pk).votes
    for data in ({"weight": "0"}, {"weight": "x"}, {"weight": "1001"}):
        assert send(room, "set_voting", target=seat.pk, votes="on", **data).status_code == 400
    assert send(room, "set_voting", target=room.seats[Role.OBSERVER].pk, votes="on").status_code == 400
    assert send(room, "set_voting", target=0, votes="on").status_code == 404


def test_only_who_prepares_the_meeting_finds_the_forms(room: Room) -> None:
    (poll,) = prepared(room, "Một")
    for act in ("add_poll", "edit_poll", "move_poll", "remove_poll", "set_voting"):
        answer = send(room, act, Role.DELEGATE, poll=poll, title="Hai", position=1, target=1)
        assert answer.status_code == 404
    assert titles(room) == ["Một"]
