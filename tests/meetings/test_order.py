"""Breaks and closed doors: clocks that stand still, and screens that show nothing of what they may not."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intranet.config.demo.clock import at
from intranet.files import actions as files
from intranet.lib.errors import RuleBroken
from intranet.live.reading import Point, build
from intranet.live.registry import Version
from meetings import actions, queries, rules
from meetings.live import projection
from meetings.live.topics import MeetingTopic
from meetings.models import AgendaItem, Interval, ItemState, Role, Speech, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

NOON = datetime.datetime(2026, 11, 24, 5, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
SECRET = "điều chỉ nói sau cửa đóng"


@pytest.fixture
def session(room: Room) -> Room:
    """In session since noon, item 2 under discussion since then: the invited seat attends it."""
    room.at(State.LIVE)
    with at(NOON):
        actions.go_to_item(room.seats[Role.CHAIR], item=room.items[1].pk, expected_item=None)
    return room


def sections(room: Room, role: str, *names: str) -> dict[str, Any]:
    key = queries.audience_key(room.seats[role].person, room.meeting.ref)
    assert key is not None
    return projection.project_now(room.meeting.ref, key, names or None)[1]


def item_clocks(room: Room, now: datetime.datetime) -> list[float]:
    """Minutes each item was under discussion, as a screen counts them."""
    rows = {row["id"]: row for row in sections(room, Role.CHAIR, "agenda")["agenda"]["items"]}
    found = []
    for row in (rows[item.pk] for item in room.items):
        running = 0 if row["since"] is None else now.timestamp() * 1000 - row["since"]
        found.append((row["spent"] + running) / 60_000)
    return found


def test_a_break_stops_the_clocks_of_item_and_speaker_and_they_go_on_after_it(session: Room) -> None:
    chair = session.seats[Role.CHAIR]
    with at(NOON + 2 * MINUTE):
        speech = actions.ask_to_speak(session.seats[Role.DELEGATE], kind="main")["speech"]
        actions.give_floor(chair, speech=speech, expected_speech=None)
    with at(NOON + 5 * MINUTE):
        actions.pause_meeting(chair)
    with at(NOON + 7 * MINUTE):
        actions.call_recess(chair, until=NOON + 30 * MINUTE)
    with at(NOON + 25 * MINUTE):
        actions.resume_meeting(session.seats[Role.SECRETARY])
    with at(NOON + 26 * MINUTE):
        actions.end_speech(chair, speech=speech)
    assert item_clocks(session, NOON + 26 * MINUTE)[1] == 6
    assert Speech.objects.get(pk=speech).spent == 4 * MINUTE
    assert list(Interval.objects.values_list("kind", flat=True)) == ["pause", "recess"]


def test_a_recess_says_when_it_ends_and_may_be_given_another_end(session: Room) -> None:
    chair = session.seats[Role.CHAIR]
    with at(NOON):
        for minutes in (15, 20):
            actions.call_recess(chair, until=NOON + minutes * MINUTE)
        for wrong in (NOON, NOON + datetime.timedelta(hours=19)):
            with pytest.raises(RuleBroken):
                actions.call_recess(chair, until=wrong)
    for role in (Role.CHAIR, Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL):
        shown = sections(session, role)["order"]["break"]
        assert shown["kind"] == "recess"
        assert shown["until"] == projection.milliseconds(NOON + 20 * MINUTE)
    assert Interval.objects.count() == 1


def test_while_the_session_stands_still_nothing_begins_whose_clock_would_run(session: Room) -> None:
    chair = session.seats[Role.CHAIR]
    speech = actions.ask_to_speak(session.seats[Role.DELEGATE], kind="main")["speech"]
    actions.pause_meeting(chair)
    with pytest.raises(RuleBroken):
        actions.give_floor(chair, speech=speech, expected_speech=None)
    with pytest.raises(RuleBroken):
        actions.go_to_item(chair, item=session.items[2].pk, expected_item=session.items[1].pk)
    for _tap in range(2):
        actions.resume_meeting(chair)
    actions.give_floor(chair, speech=speech, expected_speech=None)


def test_a_clock_set_back_takes_no_time_away(session: Room) -> None:
    chair = session.seats[Role.CHAIR]
    with at(NOON + 4 * MINUTE):
        actions.pause_meeting(chair)
    with at(NOON + 3 * MINUTE):
        actions.resume_meeting(chair)
    with at(NOON + 1 * MINUTE):
        actions.go_to_item(chair, item=session.items[2].pk, expected_item=session.items[1].pk)
    assert item_clocks(session, NOON)[1] == 4


OUTSIDE = (Role.OBSERVER, Role.HALL, Role.INVITED)
"""Once the doors are closed on an item the invited seat was not invited to."""


def hold_closed_session(room: Room) -> str:
    """Everything there is, behind closed doors, on an item whose very title is secret. The file's ref."""
    chair, secretary, delegate = (room.seats[role] for role in (Role.CHAIR, Role.SECRETARY, Role.DELEGATE))
    item = room.items[2].pk
    actions.begin_closed_session(chair)
    actions.go_to_item(chair, item=item, expected_item=room.items[1].pk)
    actions.edit_item(secretary, item=item, title=SECRET, presenter=SECRET)
    text = SimpleUploadedFile("mat.txt", SECRET.encode())
    stored = files.store(secretary.person, file=text, name=f"{SECRET}.txt")
    paper = actions.add_paper(secretary, item=item, stored_file=stored, title=SECRET, level="normal")["paper"]
    actions.post_message(delegate, text=SECRET)
    actions.take_note(secretary, item=item, text=SECRET, version=0)
    speech = actions.ask_to_speak(delegate, kind="main")["speech"]
    actions.give_floor(chair, speech=speech, expected_speech=None)
    assert paper
    return stored.ref


def everything_that_answers(room: Room, role: str, file: str) -> str:
    """What the seat gets from every address that shows something of a meeting."""
    client, ref = room.client(role), room.meeting.ref
    answers = [
        client.get(f"/hop/{ref}/"),
        client.get(f"/hop/{ref}/phong/"),
        client.get("/hop/"),
        client.get("/ban-lam-viec/"),
        client.post(f"/hop/{ref}/lenh/open_meeting/", {"command": str(uuid.uuid4()), "revision": "0"}),
        *(client.get(f"/tep/{file}/{page}") for page in ("", "xem/", "thong-tin.json", "chu/1.json")),
    ]
    assert {answer.status_code for answer in answers[-4:]} == {404}
    assert {answer.status_code for answer in answers[:4]} == {200}
    return "".join(answer.content.decode() for answer in answers) + frames(room, role)


def frames(room: Room, role: str) -> str:
    """What sockets and long polls are sent, whatever revision they come from."""
    kind, ref = MeetingTopic(note_presence=actions.note_presence), room.meeting.ref
    key = queries.audience_key(room.seats[role].person, ref)
    version = kind.versions([ref])[ref]
    assert key is not None
    sent = [Version(version.epoch, number) for number in range(version.revision)]
    return "".join(
        build(kind, ref, Point(key, point), version).body.decode()
        for point in [None, Version("other", 1), *sent]
    )


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_that_answers_shows_those_outside_what_happens_behind_closed_doors(
    session: Room, role: str
) -> None:
    file = hold_closed_session(session)
    words = (SECRET, json.dumps(SECRET)[1:-1], "Đất đai khu Bắc", json.dumps("Đất đai khu Bắc")[1:-1])
    during = everything_that_answers(session, role, file)
    assert not [word for word in words if word in during]
    assert sections(session, role).keys() == projection.SECTIONS.keys()
    actions.end_closed_session(session.seats[Role.CHAIR])
    after = everything_that_answers(session, role, file)
    assert not [word for word in words[:2] if word in after]
    assert SECRET in str(sections(session, Role.DELEGATE))
    actions.close_meeting(session.seats[Role.CHAIR])
    closed = everything_that_answers(session, role, file)
    assert not [word for word in words[:2] if word in closed]


@pytest.mark.parametrize("role", OUTSIDE)
def test_outside_every_section_but_meeting_and_order_is_empty_whoever_added_it(
    session: Room, role: str
) -> None:
    hold_closed_session(session)
    shown = sections(session, role)
    assert shown.pop("agenda") == {"current": None, "items": []}
    assert shown.pop("polls") == {"open": [], "past": []}
    assert {name for name, value in shown.items() if value} == {"meeting", "order"}
    assert shown["order"] == {"break": None, "closed": shown["order"]["closed"]}


def test_frames_to_those_outside_do_not_tell_what_kind_of_act_it_was(session: Room) -> None:
    """Whatever part is asked for they get all, and always the same."""
    hold_closed_session(session)
    topic = MeetingTopic(note_presence=actions.note_presence)
    shown = []
    for act in (
        lambda: actions.post_message(session.seats[Role.DELEGATE], text="thêm"),
        lambda: actions.pause_meeting(session.seats[Role.CHAIR]),
    ):
        before = queries.meeting_named(session.meeting.ref).revision
        act()
        names = topic.changed_since(session.meeting.ref, before)
        shown.append(topic.project(session.meeting.ref, "observer", names)[1])
    assert shown[0] == shown[1]


def test_members_stay_and_the_invited_for_their_own_item(session: Room) -> None:
    chair = session.seats[Role.CHAIR]
    actions.begin_closed_session(chair)
    assert sections(session, Role.INVITED)["agenda"]["current"] == session.items[1].pk
    assert sections(session, Role.DELEGATE)["agenda"]["current"] == session.items[1].pk
    assert sections(session, Role.CHAIR)["order"]["closed"]["outside"] == {
        "observers": 1,
        "invited": 0,
        "screens": 1,
    }
    actions.go_to_item(chair, item=session.items[2].pk, expected_item=session.items[1].pk)
    assert sections(session, Role.INVITED)["agenda"]["items"] == []
    assert sections(session, Role.CHAIR)["order"]["closed"]["outside"]["invited"] == 1


def test_taking_up_a_closed_item_closes_the_doors_and_opening_them_shows_only_its_number(
    session: Room,
) -> None:
    chair, items = session.seats[Role.CHAIR], session.items
    actions.set_item_closed(session.seats[Role.SECRETARY], item=items[2].pk, closed=True)
    rows = {row["id"]: row for row in sections(session, Role.OBSERVER)["agenda"]["items"]}
    hidden = {"title": "", "hidden": True, "closed": True}
    assert rows[items[2].pk] == {"id": items[2].pk, "parent": None, "number": "3"} | hidden
    assert rows[items[3].pk]["hidden"], "a sub-item of a closed item is closed"
    actions.go_to_item(chair, item=items[3].pk, expected_item=items[1].pk)
    assert sections(session, Role.HALL)["agenda"]["items"] == []
    actions.end_closed_session(chair)
    shown = sections(session, Role.HALL)
    assert (shown["floor"], shown["stage"], shown["agenda"]["current"]) == ({}, {}, items[3].pk)
    assert "Dự toán" not in str(shown)


def test_an_item_is_marked_closed_in_preparation_and_the_doors_close_when_the_meeting_reaches_it(
    room: Room,
) -> None:
    third, sub = room.items[2], room.items[3]
    path = f"/hop/{room.meeting.ref}/chuan-bi/"
    command = {"command": str(uuid.uuid4()), "item": third.pk, "closed": "1"}
    for _turn in range(2):
        answer = room.client(Role.SECRETARY).post(f"{path}set_item_closed/", command)
        assert answer["Location"] == f"{path}#agenda"
    page = room.client(Role.SECRETARY).get(path).content.decode()
    assert page.count("Họp công khai") == 1, "its sub-item is closed with it and has no button of its own"
    assert page.count("#i-lock") == 4, "two chips, and the buttons of the two items in public"
    assert "Ngân sách kín" not in room.client(Role.OBSERVER).get(f"/hop/{room.meeting.ref}/").content.decode()
    actions.open_meeting(room.seats[Role.CHAIR])
    actions.go_to_item(room.seats[Role.CHAIR], item=sub.pk, expected_item=None)
    assert sections(room, Role.HALL)["order"]["closed"]
    assert sections(room, Role.HALL)["agenda"]["items"] == []


def test_a_sub_item_that_leaves_a_closed_item_takes_its_closed_doors_along(room: Room) -> None:
    secretary, third, sub = room.seats[Role.SECRETARY], room.items[2], room.items[3]
    actions.set_item_closed(secretary, item=third.pk, closed=True)
    added = actions.add_item(secretary, title="Phần tuyệt mật", parent=third.pk)["item"]
    actions.move_item(secretary, item=added, parent=None, position=1)
    for role in (Role.OBSERVER, Role.HALL):
        assert "tuyệt mật" not in str(sections(room, role))
    assert queries.sections_since(room.meeting.ref, room.meeting.revision) is None
    actions.set_item_closed(secretary, item=added, closed=False)
    actions.move_item(secretary, item=added, parent=third.pk, position=1)
    assert "tuyệt mật" not in str(sections(room, Role.OBSERVER))
    assert AgendaItem.objects.get(pk=sub.pk).is_closed


def test_closing_an_item_while_its_part_is_discussed_closes_the_doors_at_once(session: Room) -> None:
    third, sub = session.items[2], session.items[3]
    actions.go_to_item(session.seats[Role.CHAIR], item=sub.pk, expected_item=session.items[1].pk)
    actions.set_item_closed(session.seats[Role.SECRETARY], item=third.pk, closed=True)
    assert sections(session, Role.HALL)["order"]["closed"]


def test_only_the_chair_makes_public_what_was_taken_up(session: Room) -> None:
    chair, secretary, item = session.seats[Role.CHAIR], session.seats[Role.SECRETARY], session.items[1].pk
    actions.begin_closed_session(chair)
    with pytest.raises(RuleBroken):
        actions.set_item_closed(chair, item=item, closed=False)
    actions.end_closed_session(chair)
    with pytest.raises(RuleBroken):
        actions.set_item_closed(secretary, item=item, closed=False)
    assert "Đất đai" not in str(sections(session, Role.OBSERVER))
    actions.set_item_closed(chair, item=item, closed=False)
    assert "Đất đai" in str(sections(session, Role.OBSERVER))


def test_a_closed_session_ends_with_the_meeting(session: Room) -> None:
    actions.begin_closed_session(session.seats[Role.CHAIR])
    actions.pause_meeting(session.seats[Role.CHAIR])
    actions.close_meeting(session.seats[Role.SECRETARY])
    assert not Interval.objects.filter(ended_at=None).exists()
    assert sections(session, Role.OBSERVER)["order"] == {}


def test_a_stranger_and_an_observer_close_no_doors(session: Room) -> None:
    command = {"command": str(uuid.uuid4())}
    path = f"/hop/{session.meeting.ref}/lenh/begin_closed_session/"
    assert session.client(Role.OBSERVER).post(path, command).status_code == 409
    stranger = SeatFactory()
    assert queries.audience_key(stranger.person, session.meeting.ref) is None


class Session(RuleBasedStateMachine):
    """Convened, live, items, breaks, closed doors, closed: whatever is pressed, minute after minute."""

    room: Room

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.savepoint()
        self.now = NOON
        self.state, self.doors, self.halt = State.PUBLISHED, False, ""
        self.current: int | None = None
        self.spent = dict.fromkeys(range(4), datetime.timedelta())
        self.hidden: set[int] = set()
        self.shown_before = [0.0] * 4
        self.room.at(State.PUBLISHED)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.saved)

    def press(self, allowed: bool, act: str, **fields: Any) -> bool:
        with at(self.now):
            if allowed:
                getattr(actions, act)(self.room.seats[Role.CHAIR], **fields)
            else:
                with pytest.raises(RuleBroken), transaction.atomic():
                    getattr(actions, act)(self.room.seats[Role.CHAIR], **fields)
        return allowed

    @property
    def live(self) -> bool:
        return self.state == State.LIVE

    @rule(minutes=st.integers(1, 30))
    def time_passes(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        if self.live and self.current is not None and not self.halt:
            self.spent[self.current] += minutes * MINUTE

    @rule()
    def open(self) -> None:
        if self.press(self.state == State.PUBLISHED, "open_meeting"):
            self.state = State.LIVE

    @rule(place=st.integers(0, 3))
    def take_up(self, place: int) -> None:
        here = None if self.current is None else self.room.items[self.current].pk
        again = self.live and place == self.current
        allowed = again or (self.live and not self.halt)
        fields = {"item": self.room.items[place].pk, "expected_item": here}
        if self.press(allowed, "go_to_item", **fields) and not again:
            self.current = place
            self.doors = self.doors or place in self.hidden
            if self.doors:
                self.hide(place)

    def hide(self, place: int | None) -> None:
        if place is not None:
            self.hidden |= {place} | ({3} if place == 2 else set())

    @rule()
    def pause(self) -> None:
        if self.press(self.live, "pause_meeting"):
            self.halt = self.halt or "pause"

    @rule(minutes=st.integers(-5, 20))
    def recess(self, minutes: int) -> None:
        until = self.now + minutes * MINUTE
        if self.press(self.live and minutes > 0, "call_recess", until=until):
            self.halt = "recess"

    @rule()
    def resume(self) -> None:
        if self.press(self.live, "resume_meeting"):
            self.halt = ""

    @rule()
    def close_doors(self) -> None:
        if self.press(self.live, "begin_closed_session"):
            self.doors = True
            self.hide(self.current)

    @rule()
    def open_doors(self) -> None:
        if self.press(self.live, "end_closed_session"):
            self.doors = False

    @rule(place=st.integers(0, 3))
    def mark_closed(self, place: int) -> None:
        item = self.room.items[place].pk
        if self.press(self.state != State.CLOSED, "set_item_closed", item=item, closed=True):
            self.hide(place)
            if place == self.current and self.live:
                self.doors = True

    @rule(chance=st.integers(0, 9))
    def close(self, chance: int) -> None:
        if chance == 0 and self.press(self.live, "close_meeting"):
            self.state, self.doors, self.halt, self.current = State.CLOSED, False, "", None

    @invariant()
    def one_item_at_most_and_it_is_that_of_the_model(self) -> None:
        rows = list(AgendaItem.objects.filter(meeting=self.room.meeting, state=ItemState.CURRENT))
        expected = [] if self.current is None else [self.room.items[self.current].pk]
        assert [row.pk for row in rows] == expected

    @invariant()
    def clocks_say_the_time_without_breaks_and_never_run_backwards(self) -> None:
        shown = item_clocks(self.room, self.now)
        assert shown == pytest.approx([spent / MINUTE for spent in self.spent.values()], abs=1e-6)
        assert all(now >= before - 1e-6 for now, before in zip(shown, self.shown_before, strict=True))
        self.shown_before = shown

    @invariant()
    def the_break_is_that_of_the_model(self) -> None:
        shown = sections(self.room, Role.DELEGATE, "order")["order"]
        assert (shown.get("break") or {"kind": ""})["kind"] == self.halt

    @invariant()
    def nobody_outside_sees_in(self) -> None:
        closed = {self.room.items[place].pk for place in self.hidden}
        for role in (Role.OBSERVER, Role.HALL):
            shown = sections(self.room, role)
            rows = {row["id"]: row.get("title") for row in shown["agenda"]["items"]}
            if self.doors:
                told = {name for name, value in shown.items() if value} - {"agenda", "polls"}
                assert (rows, told) == ({}, {"meeting", "order"})
            else:
                assert {pk for pk, title in rows.items() if not title} == closed
                assert not closed & {paper["item"] for paper in shown["papers"]}
        inside = sections(self.room, Role.DELEGATE, "agenda")["agenda"]["items"]
        assert all(row["title"] for row in inside)


def test_whatever_is_pressed_the_session_stays_in_order(room: Room) -> None:
    machine = type("SessionOfThisRoom", (Session,), {"room": room})
    run_state_machine_as_test(machine, settings=settings(max_examples=10, stateful_step_count=16))


def test_who_is_outside_is_a_rule_of_its_own() -> None:
    doors = rules.Closure(frozenset({7}), is_closed=True, current=7)
    outside = {
        (role, items): rules.Audience(role, frozenset(items), doors).is_outside
        for role in Role.values
        for items in ((), (7,), (8,))
    }
    stay = {Role.CHAIR, Role.SECRETARY, Role.DELEGATE}
    assert {seat for seat, is_out in outside.items() if not is_out} == {
        *((role, items) for role in stay for items in ((), (7,), (8,))),
        (Role.INVITED, (7,)),
    }
