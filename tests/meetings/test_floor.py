"""The floor: one speaker at most, a list for every item, turns that end when their seat does."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.config.demo.clock import at
from intranet.lib.errors import Absent, RuleBroken
from meetings import actions
from meetings.live import projection
from meetings.models import Role, Speech, SpeechState, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

NOON = datetime.datetime(2026, 11, 24, 5, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


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


def test_a_turn_that_was_stopped_keeps_what_it_had_and_its_speaker_asks_for_more(debate: Room) -> None:
    chair, delegate = debate.seats[Role.CHAIR], debate.seats[Role.DELEGATE]
    with at(NOON):
        speech = ask(debate, Role.DELEGATE)
        actions.give_floor(chair, speech=speech, expected_speech=None)
    with at(NOON + 2 * MINUTE):
        for _tap in range(2):
            actions.pause_speech(chair, speech=speech)
    shown = floor(debate)["speaking"]
    assert (shown["spent"], shown["since"], shown["held"]) == (120_000, None, True)
    with at(NOON + 9 * MINUTE):
        actions.pause_meeting(chair)
        actions.resume_meeting(chair)
        assert floor(debate)["speaking"]["since"] is None, "it does not go on with the session"
        actions.resume_speech(chair, speech=speech)
    with pytest.raises(RuleBroken):
        actions.ask_more_time(debate.seats[Role.INVITED], speech=speech)
    actions.ask_more_time(delegate, speech=speech)
    assert floor(debate, "delegate")["speaking"]["more"]
    actions.set_speech_length(chair, speech=speech, seconds=420)
    assert not floor(debate)["speaking"]["more"]
    with at(NOON + 10 * MINUTE):
        actions.end_speech(delegate, speech=speech)
    assert Speech.objects.get(pk=speech).spent == 3 * MINUTE
    with pytest.raises(RuleBroken):
        actions.pause_speech(chair, speech=speech)


def test_a_closed_list_takes_points_of_order_alone_and_whom_the_chair_puts_on_it(debate: Room) -> None:
    chair, item = debate.seats[Role.CHAIR], debate.items[1].pk
    actions.set_list_closed(chair, item=item, closed=True)
    with pytest.raises(RuleBroken):
        ask(debate, Role.DELEGATE)
    order = ask(debate, Role.DELEGATE, "order")
    added = actions.add_speaker(chair, target=debate.seats[Role.INVITED].pk, kind="main")["speech"]
    assert [turn["id"] for turn in floor(debate)["queue"]] == [order, added]
    assert floor(debate, "delegate")["closed"]
    actions.set_list_closed(chair, item=item, closed=False)
    ask(debate, Role.DELEGATE)


def test_somebody_who_has_spoken_is_put_at_the_head_of_the_list_again(debate: Room) -> None:
    chair = debate.seats[Role.CHAIR]
    first = ask(debate, Role.DELEGATE)
    actions.give_floor(chair, speech=first, expected_speech=None)
    waiting = [ask(debate, Role.INVITED), ask(debate, Role.CHAIR)]
    with pytest.raises(RuleBroken):
        actions.readd_speech(chair, speech=first)
    actions.end_speech(chair, speech=first)
    again = {actions.readd_speech(chair, speech=first)["speech"] for _tap in range(2)}
    assert [turn["id"] for turn in floor(debate)["queue"]] == [*again, *waiting]
    for pk in waiting:
        actions.withdraw_speech(chair, speech=pk)
        actions.readd_speech(chair, speech=pk)
    assert len(floor(debate)["queue"]) == 3


def test_kinds_of_turns_get_lengths_of_their_own(debate: Room) -> None:
    actions.set_kind_length(debate.seats[Role.SECRETARY], kind="main", seconds=90)
    ask(debate, Role.DELEGATE)
    ask(debate, Role.DELEGATE, "order")
    assert [turn["seconds"] for turn in floor(debate)["queue"]] == [90, 60]
    assert floor(debate)["lengths"]["main"] == 90


def test_a_turn_is_never_longer_than_what_its_group_has_left(debate: Room) -> None:
    chair, delegate = debate.seats[Role.CHAIR], debate.seats[Role.DELEGATE]
    other = SeatFactory(meeting=debate.meeting)
    group = [delegate.pk, other.pk]
    actions.set_time_budget(chair, name="Tổ 1", seconds=400, seats=group)
    actions.set_time_budget(chair, name="Chất vấn", seconds=60, kind="question")
    with at(NOON):
        first = ask(debate, Role.DELEGATE)
        actions.give_floor(chair, speech=first, expected_speech=None)
    with at(NOON + 5 * MINUTE):
        actions.end_speech(chair, speech=first)
        second = actions.ask_to_speak(other, kind="main")["speech"]
        actions.give_floor(chair, speech=second, expected_speech=None)
    assert Speech.objects.get(pk=second).seconds == 100
    shown = {budget["name"]: budget for budget in floor(debate, "delegate")["budgets"]}
    assert (shown["Tổ 1"]["spent"], shown["Tổ 1"]["seats"]) == (300_000, sorted(group))
    assert shown["Tổ 1"]["since"] == projection.milliseconds(NOON + 5 * MINUTE)
    assert (shown["Chất vấn"]["spent"], shown["Chất vấn"]["since"]) == (0, None)
    assert "budgets" not in floor(debate, "hall")
    with at(NOON + 8 * MINUTE):
        third = ask(debate, Role.DELEGATE)
        actions.give_floor(chair, speech=third, expected_speech=second)
    assert Speech.objects.get(pk=third).seconds == 0, "nothing is left: the clock is over from the start"
    actions.remove_time_budget(chair, name="Tổ 1")
    assert [budget["name"] for budget in floor(debate)["budgets"]] == ["Chất vấn"]


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
        self.is_held = self.is_still = False

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
        allowed = turn == self.speaking or (expects and turn in self.queue and not self.is_still)
        self.attempt(
            allowed,
            lambda: actions.give_floor(self.room.seats[Role.CHAIR], speech=turn, expected_speech=expected),
        )
        if allowed and turn != self.speaking:
            self.queue.remove(turn)
            self.speaking, self.is_held = turn, False

    @rule(turn=turns, holds=st.booleans())
    def hold(self, turn: int, holds: bool) -> None:
        """Stop the clock of a turn, or let it go on."""
        allowed = turn == self.speaking and (holds or not self.is_still)
        act = actions.pause_speech if holds else actions.resume_speech
        self.attempt(allowed, lambda: act(self.room.seats[Role.CHAIR], speech=turn))
        if allowed:
            self.is_held = holds

    @rule(still=st.booleans())
    def stand_still(self, still: bool) -> None:
        """A pause of the session, or its end."""
        act = actions.pause_meeting if still else actions.resume_meeting
        act(self.room.seats[Role.CHAIR])
        self.is_still = still

    @rule(target=turns, turn=turns)
    def readd(self, turn: int) -> Any:
        done: list[int] = []
        allowed = turn not in self.queue and turn != self.speaking
        chair = self.room.seats[Role.CHAIR]
        self.attempt(allowed, lambda: done.append(actions.readd_speech(chair, speech=turn)["speech"]))
        if done and done[0] not in self.queue:
            self.queue.insert(0, done[0])
        return done[0] if done else turn

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
        if shown["speaking"]:
            assert (shown["speaking"]["since"] is None) == (self.is_held or self.is_still)


def test_whatever_people_press_the_floor_stays_whole(debate: Room) -> None:
    machine = type("FloorOfThisRoom", (Floor,), {"room": debate})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=15))
