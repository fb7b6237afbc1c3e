"""One's own vote before the meeting, on the meeting's page: given away, taken back, cast early."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from meetings import actions
from meetings.models import Poll, Proxy, Role, Seat, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def council(room: Room) -> Room:
    """Two more delegates."""
    for name in ("Bình", "Cường"):
        room.seats[name] = SeatFactory(
            meeting=room.meeting, person__last_name="Lê", person__first_name=name, post=f"Tổ {name}"
        )
    return room


def page(room: Room, role: str) -> str:
    return str(room.client(role).get(f"/hop/{room.meeting.ref}/").content.decode())


def send(room: Room, role: str, act: str, **data: Any) -> str:
    """The plain form of the page, and the page it leads back to."""
    answer = room.client(role).post(
        f"/hop/{room.meeting.ref}/lenh/{act}/",
        {"command": str(uuid.uuid4()), "plain": "meeting", **data},
        follow=True,
    )
    assert answer.redirect_chain == [(f"/hop/{room.meeting.ref}/#vote", 302)]
    return str(answer.content.decode())


def early(room: Room, hours: float = 2) -> Poll:
    """A vote in which the delegate votes before the meeting."""
    chair = room.seats[Role.CHAIR]
    poll = actions.add_poll(chair, title="Chia tách thôn Đoài")["poll"]
    until = timezone.now() + datetime.timedelta(hours=hours)
    actions.open_early(chair, poll=poll, targets=[room.seats[Role.DELEGATE].pk], until=until)
    return Poll.objects.get(pk=poll)


def test_a_proxy_is_given_seen_and_taken_back_on_the_page_of_the_meeting(council: Room) -> None:
    giver, holder = council.seats[Role.DELEGATE], council.seats["Bình"]
    assert f'<option value="{holder.pk}">' in page(council, Role.DELEGATE)
    assert f"{holder.person} biểu quyết thay bạn" in send(
        council, Role.DELEGATE, "give_proxy", holder=holder.pk
    )
    proxy = Proxy.objects.get(ended_at=None)
    assert (proxy.giver_id, proxy.holder_id, proxy.noted_by_id) == (giver.pk, holder.pk, giver.person_id)
    assert f"Bạn biểu quyết thay {giver.person}" in page(council, "Bình")
    assert f'<option value="{holder.pk}">' not in page(council, "Cường")
    assert f'<option value="{holder.pk}">' in send(council, Role.DELEGATE, "end_proxy")
    assert not Proxy.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("holder", ["", "x", "0", "me", "taken", "observer"])
def test_a_proxy_that_cannot_be_is_answered_with_a_sentence(council: Room, holder: str) -> None:
    actions.give_proxy(council.seats["Bình"], holder=council.seats["Cường"].pk)
    seats = {
        "me": council.seats[Role.DELEGATE],
        "taken": council.seats["Cường"],
        "observer": council.seats[Role.OBSERVER],
    }
    value = seats[holder].pk if holder in seats else holder
    if holder == "0":
        answer = council.client(Role.DELEGATE).post(
            f"/hop/{council.meeting.ref}/lenh/give_proxy/",
            {"command": str(uuid.uuid4()), "plain": "meeting", "holder": "0"},
        )
        assert answer.status_code == 404
    else:
        assert "banner--danger" in send(council, Role.DELEGATE, "give_proxy", holder=value)
    assert Proxy.objects.filter(ended_at=None).count() == 1


def test_only_a_member_with_a_vote_reads_about_it(council: Room) -> None:
    assert 'id="vote"' in page(council, Role.DELEGATE)
    for role in (Role.SECRETARY, Role.INVITED, Role.OBSERVER):
        assert 'id="vote"' not in page(council, role)
    actions.set_voting(council.seats[Role.CHAIR], target=council.seats["Bình"].pk, votes=False)
    assert 'id="vote"' not in page(council, "Bình")
    council.at(State.CLOSED)
    assert 'id="vote"' not in page(council, Role.DELEGATE)


def test_an_absent_member_is_led_to_the_early_vote_until_its_deadline(council: Room) -> None:
    poll = early(council)
    assert "Bỏ phiếu ngay" in page(council, Role.DELEGATE)
    assert poll.title not in page(council, "Bình")
    actions.cast_vote(council.seats[Role.DELEGATE], poll=poll.pk, choice="agree", command=uuid.uuid4())
    shown = page(council, Role.DELEGATE)
    assert "Bạn đã bỏ phiếu" in shown
    assert "Bỏ phiếu ngay" not in shown


def test_after_the_deadline_nothing_leads_to_the_early_vote(council: Room) -> None:
    poll = early(council)
    Poll.objects.filter(pk=poll.pk).update(early_until=timezone.now())
    shown = page(council, Role.DELEGATE)
    assert "Bỏ phiếu ngay" not in shown
    assert "Đã hết hạn bỏ phiếu trước" in shown


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"targets": "[]", "until": "2099-01-01T08:00"}, 400),
        ({"targets": "[0]", "until": "2099-01-01T08:00"}, 409),
        ({"targets": '["a"]', "until": "2099-01-01T08:00"}, 400),
        ({"targets": "[1", "until": "2099-01-01T08:00"}, 400),
        ({"targets": "[1]", "until": "mai"}, 400),
        ({"targets": "[1]", "until": "2001-01-01T08:00"}, 409),
    ],
)
def test_an_early_vote_that_cannot_be_is_answered_with_a_sentence(
    council: Room, data: dict[str, str], status: int
) -> None:
    poll = actions.add_poll(council.seats[Role.CHAIR], title="Chia tách thôn Đoài")["poll"]
    answer = council.client(Role.SECRETARY).post(
        f"/hop/{council.meeting.ref}/lenh/open_early/",
        {"command": str(uuid.uuid4()), "poll": poll, **data},
    )
    assert answer.status_code == status
    assert answer.json()["error"]
    assert Poll.objects.get(pk=poll).early_until is None


def test_the_page_costs_the_same_queries_with_one_early_vote_and_with_three(
    council: Room, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(60) as seen:
            page(council, Role.DELEGATE)
        return len(seen)

    early(council)
    page(council, Role.DELEGATE)
    one = queries()
    early(council)
    early(council)
    assert queries() == one


def test_ballots_to_come_are_counted_by_head_and_not_by_weight(council: Room) -> None:
    from meetings.live import projection

    heavy: Seat = council.seats["Bình"]
    chair = council.seats[Role.CHAIR]
    actions.set_voting(chair, target=heavy.pk, votes=True, weight=5)
    actions.open_meeting(chair)
    for name in (Role.CHAIR, Role.DELEGATE, "Bình", "Cường"):
        actions.arrive(council.seats[name])
    poll = actions.add_poll(chair, title="Chia tách thôn Đoài")["poll"]
    actions.open_poll(chair, poll=poll)
    actions.cast_vote(heavy, poll=poll, choice="agree", command=uuid.uuid4())
    actions.show_progress(council.meeting.pk)
    _revision, sections = projection.project_now(council.meeting.ref, Role.CHAIR, {"polls"})
    row = sections["polls"]["open"][0]
    assert (row["cast"], row["can"], row["votes"]) == (1, 4, 8)
