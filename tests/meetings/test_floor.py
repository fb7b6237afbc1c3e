"""The floor: one speaker at most, a list for every item, turns that end when their seat does."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.lib.errors import Absent, RuleBroken
from meetings import actions
from meetings.live import projection
from meetings.models import Role, Speech, SpeechState, State
from tests.meetings.conftest import Room


@pytest.fixture
def debate(room: Room) -> Room:
    """In session, item 2 under discussion: the invited seat attends it."""
    room.at(State.LIVE)
    actions.go_to_item(room.seats[Role.CHAIR], item=room.items[1].pk, expected_item=None)
    return room


def floor(room: Room, key: str = "chair") -> dict[str, Any]:
    shown: dict[str, Any] = projection.project_now(room.meeting.ref, key, {"floor"})[1]["floor"]
    return shown


def ask(room: Room, role: str, kind: str = "main") -> int:
    number: int = actions.ask_to_speak(room.seats[role], kind=kind)["speech"]
    return number


def test_asking_again_keeps_the_first_place(debate: Room) -> None:
    first = ask(debate, Role.DELEGATE)
    second = ask(debate, Role.INVITED, "answer")
    assert ask(debate, Role.DELEGATE) == first
    assert [turn["id"] for turn in floor(debate)["queue"]] == [first, second]


def test_nobody_asks_while_nothing_is_under_discussion(room: Room) -> None:
    room.at(State.LIVE)
    with pytest.raises(RuleBroken):
        ask(room, Role.DELEGATE)


def test_the_invited_speak_on_their_item_only(debate: Room) -> None:
    actions.go_to_item(debate.seats[Role.CHAIR], item=debate.items[2].pk, expected_item=debate.items[1].pk)
    with pytest.raises(RuleBroken):
        ask(debate, Role.INVITED)
    with pytest.raises(RuleBroken):
        actions.add_speaker(debate.seats[Role.CHAIR], target=debate.seats[Role.INVITED].pk, kind="main")


def test_observers_are_not_put_on_the_list(debate: Room) -> None:
    with pytest.raises(RuleBroken):
        actions.add_speaker(debate.seats[Role.CHAIR], target=debate.seats[Role.OBSERVER].pk, kind="main")


def test_the_floor_goes_from_one_to_the_next(debate: Room) -> None:
    first, second = ask(debate, Role.DELEGATE), ask(debate, Role.INVITED)
    chair = debate.seats[Role.CHAIR]
    actions.give_floor(chair, speech=first, expected_speech=None)
    actions.give_floor(chair, speech=second, expected_speech=first)
    shown = floor(debate)
    assert shown["speaking"]["id"] == second
    assert [heard["seat"] for heard in shown["spoken"]] == [debate.seats[Role.DELEGATE].pk]
    assert Speech.objects.get(pk=first).state == SpeechState.DONE


def test_the_second_of_two_hands_on_the_floor_changes_nothing(debate: Room) -> None:
    first, second, third = ask(debate, Role.DELEGATE), ask(debate, Role.INVITED), ask(debate, Role.CHAIR)
    actions.give_floor(debate.seats[Role.CHAIR], speech=first, expected_speech=None)
    actions.give_floor(debate.seats[Role.CHAIR], speech=second, expected_speech=first)
    with pytest.raises(RuleBroken):
        actions.give_floor(debate.seats[Role.SECRETARY], speech=third, expected_speech=first)
    assert floor(debate)["speaking"]["id"] == second


def test_a_double_tap_gives_the_floor_once(debate: Room) -> None:
    first = ask(debate, Role.DELEGATE)
    for _tap in range(2):
        actions.give_floor(debate.seats[Role.CHAIR], speech=first, expected_speech=None)
    assert floor(debate)["speaking"]["id"] == first


def test_one_ends_ones_own_turn_and_nobody_elses(debate: Room) -> None:
    first = ask(debate, Role.DELEGATE)
    actions.give_floor(debate.seats[Role.CHAIR], speech=first, expected_speech=None)
    with pytest.raises(RuleBroken):
        actions.end_speech(debate.seats[Role.INVITED], speech=first)
    actions.end_speech(debate.seats[Role.DELEGATE], speech=first)
    actions.end_speech(debate.seats[Role.DELEGATE], speech=first)
    assert floor(debate)["speaking"] is None


def test_a_withdrawn_turn_cannot_be_called(debate: Room) -> None:
    first = ask(debate, Role.DELEGATE)
    with pytest.raises(RuleBroken):
        actions.withdraw_speech(debate.seats[Role.INVITED], speech=first)
    actions.withdraw_speech(debate.seats[Role.DELEGATE], speech=first)
    with pytest.raises(RuleBroken):
        actions.give_floor(debate.seats[Role.CHAIR], speech=first, expected_speech=None)


def test_a_turn_of_another_meeting_does_not_exist(debate: Room) -> None:
    with pytest.raises(Absent):
        actions.give_floor(debate.seats[Role.CHAIR], speech=999_999, expected_speech=None)


def test_every_item_has_a_list_of_its_own_and_a_move_ends_the_turn(debate: Room) -> None:
    chair, items = debate.seats[Role.CHAIR], debate.items
    first, second = ask(debate, Role.DELEGATE), ask(debate, Role.INVITED)
    actions.give_floor(chair, speech=first, expected_speech=None)
    actions.go_to_item(chair, item=items[2].pk, expected_item=items[1].pk)
    assert (floor(debate)["speaking"], floor(debate)["queue"]) == (None, [])
    with pytest.raises(RuleBroken):
        actions.give_floor(chair, speech=second, expected_speech=None)
    actions.go_to_item(chair, item=items[1].pk, expected_item=items[2].pk)
    assert [turn["id"] for turn in floor(debate)["queue"]] == [second]


def test_taking_the_seat_away_ends_its_turns(debate: Room) -> None:
    secretary = debate.seats[Role.SECRETARY]
    first, second = ask(debate, Role.DELEGATE), ask(debate, Role.INVITED)
    actions.give_floor(secretary, speech=first, expected_speech=None)
    actions.unseat(secretary, target=debate.seats[Role.DELEGATE].pk)
    actions.change_role(secretary, target=debate.seats[Role.INVITED].pk, role=Role.OBSERVER)
    assert (floor(debate)["speaking"], floor(debate)["queue"]) == (None, [])
    assert [Speech.objects.get(pk=pk).state for pk in (first, second)] == ["done", "withdrawn"]


def test_the_hall_screen_reads_posts_and_only_those_who_lead_see_who_spoke(debate: Room) -> None:
    first = ask(debate, Role.DELEGATE)
    actions.give_floor(debate.seats[Role.CHAIR], speech=first, expected_speech=None)
    hall, delegate = floor(debate, "hall"), floor(debate, "delegate")
    assert (hall["speaking"]["post"], hall["speaking"]["name"]) == ("Chức vụ delegate", "")
    assert delegate["speaking"]["name"] == "Tên Đại Biểu"
    assert "spoken" not in hall
    assert "spoken" not in delegate
    assert floor(debate, "invited:") == {}


ROLES = (Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED)


class Floor(RuleBasedStateMachine):
    """Whatever people press, in whatever order: one speaker at most, and the list is that of the model."""

    room: Room
    turns = Bundle("turns")

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.savepoint()
        self.queue: list[int] = []
        self.speaking: int | None = None

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.saved)

    @rule(target=turns, role=st.sampled_from(ROLES), kind=st.sampled_from(["main", "order"]))
    def ask(self, role: str, kind: str) -> int:
        number = ask(self.room, role, kind)
        if number not in self.queue:
            self.queue.append(number)
        return number

    @rule(turn=turns, expects=st.booleans())
    def give(self, turn: int, expects: bool) -> None:
        expected = self.speaking if expects else -1
        allowed = turn == self.speaking or (expects and turn in self.queue)
        self.attempt(
            allowed,
            lambda: actions.give_floor(self.room.seats[Role.CHAIR], speech=turn, expected_speech=expected),
        )
        if allowed and turn != self.speaking:
            self.queue.remove(turn)
            self.speaking = turn

    @rule(turn=turns)
    def end(self, turn: int) -> None:
        actions.end_speech(self.room.seats[Role.SECRETARY], speech=turn)
        if turn == self.speaking:
            self.speaking = None

    @rule(turn=turns)
    def withdraw(self, turn: int) -> None:
        allowed = turn in self.queue
        self.attempt(allowed, lambda: actions.withdraw_speech(self.room.seats[Role.SECRETARY], speech=turn))
        if allowed:
            self.queue.remove(turn)

    @rule(turn=turns, place=st.integers(1, 6))
    def move(self, turn: int, place: int) -> None:
        allowed = turn in self.queue
        self.attempt(
            allowed,
            lambda: actions.move_speech(self.room.seats[Role.CHAIR], speech=turn, position=place),
        )
        if allowed:
            self.queue.remove(turn)
            self.queue.insert(place - 1, turn)

    def attempt(self, allowed: bool, act: Any) -> None:
        if allowed:
            act()
        else:
            with pytest.raises(RuleBroken), transaction.atomic():
                act()

    @invariant()
    def shows_what_happened(self) -> None:
        shown = floor(self.room)
        assert [turn["id"] for turn in shown["queue"]] == self.queue
        assert (shown["speaking"] or {"id": None})["id"] == self.speaking
        assert Speech.objects.filter(state=SpeechState.SPEAKING).count() <= 1


def test_whatever_people_press_the_floor_stays_whole(debate: Room) -> None:
    machine = type("FloorOfThisRoom", (Floor,), {"room": debate})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=15))
