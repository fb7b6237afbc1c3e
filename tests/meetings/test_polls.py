"""Votes: frozen rules, one ballot for each voter, results when they are published, re-votes, proxies."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from intranet.audit.models import Entry
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions, queries
from meetings.live import projection
from meetings.models import Cast, Command, Poll, PollState, Role, Seat, State, Urn, Voter
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def council(room: Room) -> Room:
    """In session with six who have a vote; all of them are here but the last, whose name is `away`."""
    room.at(State.LIVE)
    for name in ("Một", "Hai", "Ba"):
        room.seats[name] = SeatFactory(meeting=room.meeting, person__first_name=name)
    room.seats["away"] = SeatFactory(meeting=room.meeting, person__first_name="Vắng")
    for name in (Role.CHAIR, Role.DELEGATE, "Một", "Hai", "Ba"):
        actions.arrive(room.seats[name])
    return room


def prepared(room: Room, **paper: Any) -> int:
    paper = {"title": "Thông qua", "item": room.items[1].pk} | paper
    return int(actions.add_poll(room.seats[Role.SECRETARY], **paper)["poll"])


def opened(room: Room, seconds: int | None = None, **paper: Any) -> int:
    poll = prepared(room, **paper)
    actions.open_poll(room.seats[Role.CHAIR], poll=poll, seconds=seconds)
    return poll


def cast(room: Room, name: str, poll: int, choice: Any, **more: Any) -> str:
    command = more.pop("command", None) or uuid.uuid4()
    answer = actions.cast_vote(room.seats[name], poll=poll, choice=choice, command=command, **more)
    return str(answer["receipt"])


def shown(room: Room, key: str = "chair") -> dict[str, Any]:
    section: dict[str, Any] = projection.project_now(room.meeting.ref, key, {"polls"})[1]["polls"]
    return section


def finished(room: Room, poll: int, **more: Any) -> dict[str, Any]:
    actions.close_poll(room.seats[Role.CHAIR], poll=poll)
    actions.publish_poll(room.seats[Role.CHAIR], poll=poll, **more)
    return dict(next(row for row in shown(room, "observer")["past"] if row["id"] == poll)["results"])


def counts(results: dict[str, Any]) -> dict[str, int]:
    return {row["option"]: row["count"] for row in results["rows"]}


def test_a_motion_is_adopted_by_more_than_half_of_all_members(council: Room) -> None:
    poll = opened(council)
    for name in (Role.CHAIR, "Một", "Hai"):
        cast(council, name, poll, "agree")
    cast(council, "Ba", poll, "disagree")
    results = finished(council, poll)
    assert counts(results) == {"agree": 3, "disagree": 1, "none": 0}
    assert results["adopted"] is False
    row = shown(council)["past"][0]
    assert (row["majority"]["need"], row["majority"]["of"], row["electorate"], row["present"]) == (4, 6, 6, 5)


def test_the_same_cast_gets_the_same_receipt_and_another_is_refused(council: Room) -> None:
    poll, command = opened(council), uuid.uuid4()
    first = cast(council, "Một", poll, "agree", command=command)
    assert cast(council, "Một", poll, "agree", command=command) == first
    for again in ({"command": command, "choice": "disagree"}, {"command": uuid.uuid4(), "choice": "agree"}):
        with pytest.raises(RuleBroken):
            actions.cast_vote(council.seats["Một"], poll=poll, **again)
    assert Cast.objects.count() == 1


@pytest.mark.parametrize(("form", "most"), [("named", 5), ("secret", 7)])
def test_a_ballot_takes_few_statements(
    council: Room, django_assert_max_num_queries: Any, form: str, most: int
) -> None:
    """A hall votes within seconds: the seat, the voter with the poll, the ballot, then the urn, in a
    transaction; on PostgreSQL a lock before all."""
    poll = opened(council, form=form)
    most += connection.vendor == "postgresql"
    with django_assert_max_num_queries(most):
        cast(council, "Một", poll, "agree")


def test_a_stolen_number_gets_no_receipt(council: Room) -> None:
    poll, command = opened(council, form="secret"), uuid.uuid4()
    cast(council, "Một", poll, "agree", command=command)
    assert cast(council, "Hai", poll, "agree", command=command) != ""
    assert Cast.objects.count() == 2


def test_what_is_frozen_at_opening_stays(council: Room) -> None:
    poll = opened(council, majority_base="present")
    before = shown(council)["open"][0]
    actions.set_voting(council.seats[Role.CHAIR], target=council.seats["Một"].pk, votes=True, weight=50)
    actions.arrive(council.seats["away"])
    SeatFactory(meeting=council.meeting)
    after = shown(council)["open"][0]
    for name in ("electorate", "present", "can", "majority", "quorum"):
        assert before[name] == after[name]
    with pytest.raises(RuleBroken):
        cast(council, "away", poll, "agree")
    cast(council, "Một", poll, "agree")
    assert counts(finished(council, poll))["agree"] == 1


def test_whoever_lost_the_vote_or_left_votes_no_more(council: Room) -> None:
    poll, chair = opened(council), council.seats[Role.CHAIR]
    actions.set_voting(chair, target=council.seats["Một"].pk, votes=False)
    actions.leave(council.seats["Hai"])
    for name in ("Một", "Hai"):
        with pytest.raises(RuleBroken):
            cast(council, name, poll, "agree")
    actions.arrive(council.seats["Hai"])
    cast(council, "Hai", poll, "agree")
    actions.unseat(chair, target=council.seats["Ba"].pk)
    with pytest.raises(Absent):
        cast(council, "Ba", poll, "agree")


def test_nobody_casts_for_somebody_else(council: Room) -> None:
    poll = opened(council)
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, "agree", target=council.seats["Hai"].pk)
    with pytest.raises(RuleBroken):
        cast(council, Role.SECRETARY, poll, "agree")
    with pytest.raises(RuleBroken):
        cast(council, Role.OBSERVER, poll, "agree")


def test_time_is_up_by_the_servers_clock_and_whoever_looks_ends_it(council: Room) -> None:
    poll = opened(council, seconds=30)
    cast(council, "Một", poll, "agree")
    Poll.objects.filter(pk=poll).update(closes_at=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(RuleBroken):
        cast(council, "Hai", poll, "agree")
    assert (
        council.client(Role.DELEGATE).get(f"/hop/{council.meeting.ref}/bieu-quyet/cua-toi/").status_code
        == 200
    )
    assert Poll.objects.get(pk=poll).state == PollState.CLOSED
    assert Entry.objects.filter(action="meetings.close_poll", actor_id=None).count() == 1


def test_opening_closing_and_publishing_twice_is_once(council: Room) -> None:
    poll = opened(council)
    actions.open_poll(council.seats[Role.SECRETARY], poll=poll)
    for name in ("Một", "Hai", "Ba"):
        cast(council, name, poll, "agree")
    first = finished(council, poll)
    before = shown(council)["past"][0]
    assert finished(council, poll) == first
    assert shown(council)["past"][0] == before
    assert Voter.objects.filter(poll=poll).count() == 6


def test_a_result_is_for_the_podium_until_it_is_published(council: Room) -> None:
    poll = opened(council)
    cast(council, "Một", poll, "agree")
    actions.close_poll(council.seats[Role.CHAIR], poll=poll)
    rows = shown(council, "chair")["past"][0]["results"]["rows"]
    assert [row["option"] for row in rows] == ["agree", "disagree", "none"]
    for key in ("delegate", "observer", "hall"):
        assert shown(council, key)["past"][0]["results"] is None
        assert shown(council, key)["past"][0]["seats"] == {}


def test_who_voted_is_for_members_and_how_for_the_published_seat_map(council: Room) -> None:
    poll = opened(council)
    cast(council, "Một", poll, "agree")
    actions.show_progress(council.meeting.pk)
    seat = council.seats["Một"].pk
    assert [shown(council, key)["open"][0]["voted"] for key in ("delegate", "observer", "hall")] == [
        [seat],
        [],
        [],
    ]
    assert shown(council, "delegate")["open"][0]["running"] is None
    finished(council, poll)
    assert shown(council, "hall")["past"][0]["seats"] == {str(seat): {"agree": 1}}
    assert shown(council, "observer")["past"][0]["seats"] == {}


def test_a_vote_held_again_has_a_new_number_and_the_old_one_stays(council: Room) -> None:
    poll = opened(council)
    cast(council, "Một", poll, "disagree")
    actions.close_poll(council.seats[Role.CHAIR], poll=poll)
    actions.void_poll(council.seats[Role.CHAIR], poll=poll, reason="nhầm câu hỏi")
    again = actions.repeat_poll(council.seats[Role.CHAIR], poll=poll)
    assert again["number"] == 2
    actions.open_poll(council.seats[Role.CHAIR], poll=again["poll"])
    old = shown(council)["past"][0]
    assert (old["number"], old["state"], old["reason"]) == (1, "void", "nhầm câu hỏi")
    assert shown(council)["open"][0]["repeats"] == poll
    kept = Poll.objects.get(pk=poll)
    assert kept.counts == {"agree": 0, "disagree": 1, "none": 0}
    with pytest.raises(RuleBroken):
        cast(council, "Hai", poll, "agree")


def test_an_opened_vote_is_edited_no_more_and_a_draft_is_thrown_away(council: Room) -> None:
    poll = opened(council)
    for act in (
        lambda: actions.edit_poll(council.seats[Role.CHAIR], poll=poll, title="Khác", form="secret"),
        lambda: actions.remove_poll(council.seats[Role.CHAIR], poll=poll),
    ):
        with pytest.raises(RuleBroken):
            act()
    draft = prepared(council, title="Bỏ")
    actions.remove_poll(council.seats[Role.CHAIR], poll=draft)
    assert not Poll.objects.filter(pk=draft).exists()


def test_without_quorum_no_vote_is_opened(council: Room) -> None:
    poll = prepared(council, quorum_numerator=6, quorum_denominator=6)
    with pytest.raises(RuleBroken):
        actions.open_poll(council.seats[Role.CHAIR], poll=poll)
    actions.arrive(council.seats["away"])
    actions.open_poll(council.seats[Role.CHAIR], poll=poll)
    assert shown(council)["open"][0]["quorum"] == {
        "numerator": 6,
        "denominator": 6,
        "need": 6,
        "have": 6,
        "met": True,
    }


def test_a_meeting_does_not_end_while_people_vote(council: Room) -> None:
    poll = opened(council)
    with pytest.raises(RuleBroken):
        actions.close_meeting(council.seats[Role.CHAIR])
    actions.close_poll(council.seats[Role.CHAIR], poll=poll)
    actions.close_meeting(council.seats[Role.CHAIR])
    actions.publish_poll(council.seats[Role.CHAIR], poll=poll)


# ── kinds ────────────────────────────────────────────────────────────────────


def test_an_election_fills_the_places_and_names_a_tie(council: Room) -> None:
    people = ["Lan", "Minh", "Nga"]
    paper = {"kind": "election", "options": people, "most": 2, "places": 2, "majority_kind": "simple"}
    poll = opened(council, **paper)
    for name, choice in [(Role.CHAIR, ["1", "2"]), ("Một", ["1", "3"]), ("Hai", ["1"]), ("Ba", {})]:
        if choice:
            cast(council, name, poll, choice)
        else:
            with pytest.raises(RuleBroken):
                cast(council, name, poll, choice)
    results = finished(council, poll)
    assert counts(results) == {"1": 3, "2": 1, "3": 1}
    assert (results["elected"], sorted(results["ties"])) == (["1"], ["2", "3"])


@pytest.mark.parametrize(
    "choice", ["4", ["1", "1"], ["1", "2", "3"], {"1": 2}, {"1": "x"}, 7, [], {"1": 0}, {"1": True}]
)
def test_a_ballot_that_says_what_it_may_not_is_not_cast(council: Room, choice: Any) -> None:
    poll = opened(council, kind="election", options=["Lan", "Minh", "Nga"], most=2)
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, choice)
    assert not Cast.objects.exists()


def test_lists_and_cumulative_votes(council: Room) -> None:
    lists = opened(council, kind="list", options=["A", "B"], least=0)
    cast(council, "Một", lists, "2")
    cast(council, "Hai", lists, {})
    assert counts(finished(council, lists)) == {"1": 0, "2": 1}
    heaped = opened(council, kind="cumulative", options=["A", "B"], most=4, per_option=3)
    cast(council, "Một", heaped, {"1": 3, "2": 1})
    with pytest.raises(RuleBroken):
        cast(council, "Hai", heaped, {"1": 4})
    assert counts(finished(council, heaped)) == {"1": 3, "2": 1}


def test_weights_count(council: Room) -> None:
    actions.set_voting(council.seats[Role.CHAIR], target=council.seats["Một"].pk, votes=True, weight=7)
    poll = opened(council)
    cast(council, "Một", poll, "agree")
    cast(council, "Hai", poll, "disagree")
    results = finished(council, poll)
    assert counts(results) == {"agree": 7, "disagree": 1, "none": 0}
    exported = [(row.choice, row.voter.weight) for row in Cast.objects.select_related("voter")]
    assert sum(weight * (choice or {}).get("agree", 0) for choice, weight in exported) == 7
    assert results["adopted"] is True


def test_a_show_of_hands_is_entered_as_totals(council: Room) -> None:
    poll, clerk = opened(council, form="hand"), council.seats[Role.SECRETARY]
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, "agree")
    for totals, votes in [({"agree": 3}, 4), ({"agree": 6}, 6), ({"x": 1}, 1), ({"agree": -1}, 0)]:
        with pytest.raises(RuleBroken):
            actions.enter_totals(clerk, poll=poll, totals=totals, votes=votes)
    actions.enter_totals(clerk, poll=poll, totals={"agree": 4, "none": 1}, votes=5)
    with pytest.raises(RuleBroken):
        actions.record_vote(clerk, poll=poll, target=council.seats["Một"].pk, choice="agree")
    assert finished(council, poll)["adopted"] is True


def test_the_roll_is_called_and_people_without_a_device_are_noted(council: Room) -> None:
    clerk = council.seats[Role.SECRETARY]
    roll = opened(council, form="hand")
    for name in ("Một", "Hai"):
        actions.record_vote(clerk, poll=roll, target=council.seats[name].pk, choice="agree")
    with pytest.raises(RuleBroken):
        actions.record_vote(clerk, poll=roll, target=council.seats["Một"].pk, choice="disagree")
    with pytest.raises(RuleBroken):
        actions.record_vote(clerk, poll=roll, target=council.seats["away"].pk, choice="agree")
    assert counts(finished(council, roll))["agree"] == 2
    named = opened(council)
    actions.record_vote(clerk, poll=named, target=council.seats["Ba"].pk, choice="agree")
    with pytest.raises(RuleBroken):
        cast(council, "Ba", named, "disagree")
    assert Cast.objects.get(poll=named).by_name == str(clerk.person)


# ── proxies and early votes ──────────────────────────────────────────────────


def test_a_proxy_casts_for_one_absent_member(council: Room) -> None:
    away, holder, other = (council.seats[name] for name in ("away", "Một", "Hai"))
    actions.give_proxy(away, holder=holder.pk)
    with pytest.raises(RuleBroken):
        actions.give_proxy(council.seats[Role.SECRETARY], giver=other.pk, holder=holder.pk, basis="Giấy 1")
    with pytest.raises(RuleBroken):
        actions.give_proxy(holder, holder=other.pk)
    poll = opened(council)
    cast(council, "Một", poll, "agree")
    cast(council, "Một", poll, "disagree", target=away.pk)
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, "agree", target=away.pk)
    with pytest.raises(RuleBroken):
        cast(council, "away", poll, "agree")
    assert shown(council)["open"][0]["roll"]["proxies"] == {str(away.pk): holder.pk}
    assert counts(finished(council, poll)) == {"agree": 1, "disagree": 1, "none": 0}
    noted = Cast.objects.get(poll=poll, voter__seat=away)
    assert (noted.by_id, noted.by_name) == (holder.pk, str(holder.person))
    for asks, told in ((holder, ""), (away, str(holder.person))):
        papers = {paper["seat"]: paper["by"] for paper in queries.polls_of(asks)["votes"]}
        assert papers[away.pk] == told


def test_arriving_takes_the_proxy_back(council: Room) -> None:
    away = council.seats["away"]
    actions.give_proxy(away, holder=council.seats["Một"].pk)
    actions.arrive(away)
    assert shown(council)["proxies"] == []
    poll = opened(council)
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, "agree", target=away.pk)
    cast(council, "away", poll, "agree")


def test_one_gives_ones_own_proxy_and_the_podium_notes_its_basis(council: Room) -> None:
    away, holder = council.seats["away"], council.seats["Một"]
    for giving, more in [
        (council.seats["Hai"], {"giver": away.pk, "basis": "x"}),
        (council.seats[Role.SECRETARY], {"giver": away.pk}),
        (away, {"holder": away.pk}),
    ]:
        with pytest.raises(RuleBroken):
            actions.give_proxy(giving, **{"holder": holder.pk, **more})


@pytest.mark.parametrize("form", ["named", "secret"])
def test_an_early_vote_counts_once(council: Room, form: str) -> None:
    away, chair = council.seats["away"], council.seats[Role.CHAIR]
    poll = prepared(council, form=form)
    until = timezone.now() + datetime.timedelta(hours=2)
    actions.open_early(chair, poll=poll, targets=[away.pk], until=until)
    with pytest.raises(RuleBroken):
        actions.edit_poll(chair, poll=poll, title="Câu hỏi khác")
    with pytest.raises(RuleBroken):
        cast(council, "Một", poll, "agree")
    cast(council, "away", poll, "disagree")
    actions.arrive(away)
    actions.open_poll(chair, poll=poll)
    with pytest.raises(RuleBroken):
        cast(council, "away", poll, "agree")
    for name in ("Một", "Hai"):
        cast(council, name, poll, "agree")
    assert counts(finished(council, poll)) == {"agree": 2, "disagree": 1, "none": 0}


def test_the_deadline_of_early_votes_is_the_servers(council: Room) -> None:
    poll = prepared(council)
    with pytest.raises(RuleBroken):
        actions.open_early(
            council.seats[Role.CHAIR], poll=poll, targets=[council.seats["away"].pk], until=timezone.now()
        )
    Voter.objects.create(poll_id=poll, seat=council.seats["away"], name="Vắng", is_early=True)
    Poll.objects.filter(pk=poll).update(early_until=timezone.now())
    with pytest.raises(RuleBroken):
        cast(council, "away", poll, "agree")


# ── secret ───────────────────────────────────────────────────────────────────


def keys() -> list[str]:
    return sorted(path.name for path in settings.BALLOT_KEYS_ROOT.glob("*"))


def test_a_secret_vote_leaves_totals_only(council: Room, django_capture_on_commit_callbacks: Any) -> None:
    before = keys()
    poll = opened(council, form="secret")
    assert len(keys()) == len(before) + 1
    for name, choice in [(Role.CHAIR, "agree"), ("Một", "agree"), ("Hai", "disagree"), ("Ba", "none")]:
        cast(council, name, poll, choice)
    actions.show_progress(council.meeting.pk)
    row = shown(council)["open"][0]
    assert (row["cast"], row["voted"], row["running"], row["results"], row["roll"]) == (
        4,
        [],
        None,
        None,
        None,
    )
    with django_capture_on_commit_callbacks(execute=True):
        results = finished(council, poll)
    assert counts(results) == {"agree": 2, "disagree": 1, "none": 1}
    assert keys() == before
    assert not Urn.objects.exists()
    assert {(row.choice, row.at) for row in Cast.objects.all()} == {(None, None)}
    assert not Command.objects.filter(act="cast_vote").exists()
    assert not Entry.objects.filter(action__contains="cast").exists()


@pytest.mark.parametrize(
    ("choices", "withheld"), [(["agree", "none"], "few"), (["agree"] * 4, "alike"), ([], "few")]
)
def test_what_shows_how_everybody_voted_is_kept_back(
    council: Room, choices: list[str], withheld: str
) -> None:
    poll = opened(council, form="secret")
    for name, choice in zip((Role.CHAIR, "Một", "Hai", "Ba"), choices, strict=False):
        cast(council, name, poll, choice)
    results = finished(council, poll)
    assert (results["withheld"], results["rows"], results["adopted"]) == (withheld, [], None)
    facts = Entry.objects.get(action="meetings.close_poll").facts
    assert "counts" not in facts
    results = finished(council, poll, disclose=True)
    assert bool(results["rows"]) == (withheld == "alike")


def test_secrecy_that_is_impossible_is_not_promised(council: Room) -> None:
    chair = council.seats[Role.CHAIR]
    actions.set_voting(chair, target=council.seats["Một"].pk, votes=True, weight=2)
    poll = prepared(council, form="secret")
    with pytest.raises(RuleBroken):
        actions.open_poll(chair, poll=poll)
    actions.set_voting(chair, target=council.seats["Một"].pk, votes=True)
    for name in (Role.DELEGATE, "Một", "Hai"):
        actions.leave(council.seats[name])
    with pytest.raises(RuleBroken):
        actions.open_poll(chair, poll=poll)


def test_a_lost_key_is_told_and_the_vote_can_be_void(council: Room) -> None:
    poll = opened(council, form="secret", seconds=60)
    cast(council, "Một", poll, "agree")
    (settings.BALLOT_KEYS_ROOT / Urn.objects.get().key).unlink()
    with pytest.raises(RuleBroken):
        cast(council, "Hai", poll, "agree")
    assert Cast.objects.count() == 1
    Poll.objects.filter(pk=poll).update(closes_at=timezone.now())
    actions.close_due(council.meeting.pk)
    assert Poll.objects.get(pk=poll).state == PollState.OPEN
    with pytest.raises(RuleBroken):
        actions.close_poll(council.seats[Role.CHAIR], poll=poll)
    actions.void_poll(council.seats[Role.CHAIR], poll=poll, reason="mất khóa")
    assert not Urn.objects.exists()


def test_an_urn_with_another_number_of_ballots_is_not_counted(council: Room) -> None:
    poll = opened(council, form="secret")
    cast(council, "Một", poll, "agree")
    before = bytes(Urn.objects.get().sealed)
    cast(council, "Hai", poll, "agree")
    Urn.objects.update(sealed=before)
    with pytest.raises(RuleBroken):
        actions.close_poll(council.seats[Role.CHAIR], poll=poll)


# ── through the door ─────────────────────────────────────────────────────────


def post(room: Room, name: str, act: str, **data: Any) -> Any:
    return client(room, name).post(
        f"/hop/{room.meeting.ref}/lenh/{act}/", {"command": str(uuid.uuid4()), **data}
    )


def client(room: Room, name: str) -> Client:
    if name not in room.clients:
        room.clients[name] = Client()
        room.clients[name].force_login(Seat.objects.get(pk=room.seats[name].pk).person)
    return room.clients[name]


def mine(room: Room, name: str) -> Any:
    return client(room, name).get(f"/hop/{room.meeting.ref}/bieu-quyet/cua-toi/").json()


def test_my_votes_are_told_to_me_alone(council: Room) -> None:
    actions.give_proxy(council.seats["away"], holder=council.seats["Một"].pk)
    poll = opened(council)
    facts = mine(council, "Một")
    assert [(row["own"], row["may"], row["voted"]) for row in facts["votes"]] == [
        (True, True, False),
        (False, True, False),
    ]
    assert facts["proxy"]["held_for"]["seat"] == council.seats["away"].pk
    answer = post(council, "Một", "cast_vote", poll=poll, choice="agree").json()
    assert answer.keys() == {"receipt"}, "five hundred ask at once: nothing of the hall is read for them"
    receipt = answer["receipt"]
    facts = mine(council, "Một")
    assert [(row["voted"], row["receipt"], row["choice"]) for row in facts["votes"]] == [
        (True, receipt, {"agree": 1}),
        (False, "", None),
    ]
    assert mine(council, Role.OBSERVER) == {"votes": [], "proxy": {"given_to": None, "held_for": None}}


def test_a_receipt_of_a_secret_vote_never_says_what_was_voted(council: Room) -> None:
    poll = opened(council, form="secret")
    answers = {
        name: post(council, name, "cast_vote", poll=poll, choice=choice, revision=council.meeting.revision)
        for name, choice in [("Một", "agree"), ("Hai", "disagree"), ("Ba", "none")]
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({len(answer.content) for answer in answers.values()}) == 1
    told = mine(council, "Một")["votes"][0]
    assert (told["voted"], told["choice"], len(told["receipt"])) == (True, None, 9)
    assert "agree" not in json.dumps(told)


def test_a_refused_ballot_is_told_in_a_sentence(council: Room) -> None:
    poll = opened(council)
    assert post(council, "Một", "cast_vote", poll=poll, choice="agree").status_code == 200
    again = post(council, "Một", "cast_vote", poll=poll, choice="agree")
    assert again.status_code == 409
    assert len(again.json()["error"]) > 10
    assert post(council, "Hai", "cast_vote", poll=poll, choice="[1").status_code == 400
    assert post(council, "Hai", "cast_vote", poll=999, choice="agree").status_code == 404


def test_the_forms_of_the_podium(council: Room) -> None:
    options = "Lan\n\nMinh \nNga"
    answer = post(
        council, Role.CHAIR, "add_poll", title="Bầu", kind="election", options=options, most=2, places=2
    )
    poll = answer.json()["poll"]
    assert [row["label"] for row in Poll.objects.get(pk=poll).options] == ["Lan", "Minh", "Nga"]
    early = {"targets": json.dumps([council.seats["away"].pk]), "until": "2027-11-24T08:00"}
    assert post(council, Role.CHAIR, "open_early", poll=poll, **early).status_code == 200
    assert post(council, Role.CHAIR, "open_poll", poll=poll, seconds=60).status_code == 200
    assert post(council, "Một", "cast_vote", poll=poll, choice='["1","3"]', pad="x" * 40).status_code == 200
    assert post(council, Role.CHAIR, "close_poll", poll=poll).status_code == 200
    assert post(council, Role.CHAIR, "publish_poll", poll=poll).status_code == 200
    assert queries.poll_in(council.meeting, poll).counts == {"1": 1, "2": 0, "3": 1}
