"""Calls, words in private, messages that wait, the mood of the room."""

import json
import uuid
from typing import Any

import pytest

from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from meetings import actions, queries
from meetings.live import projection
from meetings.models import Command, Letter, Message, Mood, MoodAnswer, Role, ServiceCall, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room


@pytest.fixture
def session(room: Room) -> Room:
    room.at(State.LIVE)
    actions.go_to_item(room.seats[Role.CHAIR], item=room.items[1].pk, expected_item=None)
    return room


def signals(room: Room, key: str) -> dict[str, Any]:
    shown: dict[str, Any] = projection.project_now(room.meeting.ref, key, {"signals"})[1]["signals"]
    return shown


def own(room: Room, role: str) -> dict[str, Any]:
    answer: dict[str, Any] = room.client(role).get(f"/hop/{room.meeting.ref}/rieng/").json()
    return answer


def test_a_double_tap_calls_once_and_the_secretary_takes_it(session: Room) -> None:
    delegate, secretary = session.seats[Role.DELEGATE], session.seats[Role.SECRETARY]
    calls = {actions.call_service(delegate, kind="water")["call"] for _tap in range(2)}
    assert len(calls) == 1
    (shown,) = signals(session, "secretary")["calls"]
    assert (shown["kind"], shown["post"], shown["state"]) == ("water", "Chức vụ delegate", "waiting")
    actions.take_call(secretary, call=shown["id"])
    assert own(session, Role.DELEGATE)["calls"][0]["by"] == str(secretary.person)
    for _tap in range(2):
        actions.finish_call(secretary, call=shown["id"])
    assert own(session, Role.DELEGATE)["calls"] == []
    with pytest.raises(RuleBroken):
        actions.withdraw_call(delegate, call=shown["id"])
    assert actions.call_service(delegate, kind="water")["call"] != shown["id"]


def test_one_withdraws_ones_own_call_and_nobody_elses(session: Room) -> None:
    call = actions.call_service(session.seats[Role.DELEGATE], kind="technician")["call"]
    with pytest.raises(RuleBroken):
        actions.withdraw_call(session.seats[Role.INVITED], call=call)
    actions.withdraw_call(session.seats[Role.DELEGATE], call=call)
    assert ServiceCall.objects.get().state == "withdrawn"


def test_words_in_private_are_seen_by_those_they_are_for_and_by_no_section_or_log(session: Room) -> None:
    delegate, chair = session.seats[Role.DELEGATE], session.seats[Role.CHAIR]
    actions.write_privately(delegate, desk="chair", text="chỉ chủ tọa đọc")
    actions.answer_privately(chair, target=delegate.pk, text="chủ tọa đáp")
    for key in ("secretary", "delegate", "observer", "hall", f"invited:{session.items[1].pk}"):
        everything = str(projection.project_now(session.meeting.ref, key)[1])
        assert "chủ tọa đọc" not in everything
        assert "chủ tọa đáp" not in everything
    assert [letter["text"] for letter in signals(session, "chair")["letters"]] == [
        "chỉ chủ tọa đọc",
        "chủ tọa đáp",
    ]
    assert [letter["text"] for letter in own(session, Role.DELEGATE)["letters"]][-1] == "chủ tọa đáp"
    assert own(session, Role.INVITED)["letters"] == []
    assert "chủ tọa" not in json.dumps([entry.facts for entry in Entry.objects.all()], ensure_ascii=False)


def test_a_later_chair_does_not_read_what_was_written_to_the_one_before(session: Room) -> None:
    secretary = session.seats[Role.SECRETARY]
    actions.write_privately(session.seats[Role.DELEGATE], desk="chair", text="cho chủ tọa cũ")
    actions.change_role(secretary, target=session.seats[Role.CHAIR].pk, role=Role.DELEGATE)
    actions.change_role(secretary, target=session.seats[Role.INVITED].pk, role=Role.CHAIR)
    assert signals(session, "chair")["letters"] == []


def test_nobody_writes_to_their_own_desk_or_to_an_empty_one(session: Room) -> None:
    with pytest.raises(RuleBroken):
        actions.write_privately(session.seats[Role.CHAIR], desk="chair", text="tự nhắn")
    session.seats[Role.CHAIR].delete()
    with pytest.raises(RuleBroken):
        actions.write_privately(session.seats[Role.DELEGATE], desk="chair", text="không ai đọc")
    assert not Letter.objects.exists()


def test_news_is_told_under_a_sign_only_the_own_screen_knows(session: Room) -> None:
    delegate = session.seats[Role.DELEGATE]
    other = SeatFactory(meeting=session.meeting)
    before = signals(session, "delegate")["news"]
    actions.call_service(delegate, kind="water")
    after = signals(session, "delegate")["news"]
    assert after.keys() - before.keys() == {queries.sign_of(delegate.pk)}
    assert queries.sign_of(other.pk) not in after
    assert str(delegate.pk) not in after


def test_the_mood_is_counted_and_who_answered_what_is_forgotten(session: Room) -> None:
    chair, secretary = session.seats[Role.CHAIR], session.seats[Role.SECRETARY]
    mood = actions.ask_mood(chair, question="Nghỉ chưa?")["mood"]
    actions.answer_mood(chair, mood=mood, answer="disagree")
    for role in (Role.CHAIR, Role.DELEGATE, Role.INVITED):
        actions.answer_mood(session.seats[role], mood=mood, answer="agree")
    shown = signals(session, "delegate")["mood"]
    assert (shown["answers"], shown["counts"], shown["open"]) == (3, None, True)
    assert signals(session, "observer") == signals(session, "hall") == {}
    for _tap in range(2):
        actions.end_mood(secretary, mood=mood)
    assert signals(session, "delegate")["mood"]["counts"] == {"agree": 3, "unsure": 0, "disagree": 0}
    assert not MoodAnswer.objects.exists()
    with pytest.raises(RuleBroken):
        actions.answer_mood(chair, mood=mood, answer="unsure")


def test_few_answers_are_not_counted_out_and_the_next_item_ends_the_question(session: Room) -> None:
    chair, items = session.seats[Role.CHAIR], session.items
    mood = actions.ask_mood(chair, question="Rõ chưa?")["mood"]
    for role in (Role.CHAIR, Role.DELEGATE):
        actions.answer_mood(session.seats[role], mood=mood, answer="agree")
    actions.end_mood(chair, mood=mood)
    assert signals(session, "chair")["mood"]["counts"] is None
    actions.ask_mood(chair, question="Sang mục khác?")
    actions.go_to_item(chair, item=items[2].pk, expected_item=items[1].pk)
    assert signals(session, "chair")["mood"] is None
    assert not Mood.objects.filter(ended_at=None).exists()


def test_neither_log_nor_stored_act_says_what_was_answered(session: Room) -> None:
    mood = actions.ask_mood(session.seats[Role.CHAIR], question="Đồng ý?")["mood"]
    stored = set()
    for role, answer in ((Role.DELEGATE, "agree"), (Role.INVITED, "disagree")):
        path = f"/hop/{session.meeting.ref}/lenh/answer_mood/"
        data = {"command": str(uuid.uuid4()), "mood": mood, "answer": answer}
        assert session.client(role).post(path, data).status_code == 200
        stored.add(Command.objects.get(uuid=data["command"]).content)
    assert len(stored) == 1
    entries = Entry.objects.filter(action="meetings.answer_mood")
    assert {tuple(sorted(entry.facts)) for entry in entries} == {("mood", "revision")}


def test_messages_that_wait_are_read_by_those_who_lead_until_they_are_released(session: Room) -> None:
    chair, delegate = session.seats[Role.CHAIR], session.seats[Role.DELEGATE]
    actions.set_talk(chair, talk="held")
    message = actions.post_message(delegate, text="chờ duyệt")["message"]
    actions.post_message(chair, text="chủ tọa nói ngay")

    def texts(key: str) -> list[str]:
        rows = projection.project_now(session.meeting.ref, key, {"messages"})[1]["messages"]
        return [row["text"] for row in rows]

    assert texts("delegate") == ["chủ tọa nói ngay"]
    assert texts("secretary") == ["chờ duyệt", "chủ tọa nói ngay"]
    assert [row["text"] for row in own(session, Role.DELEGATE)["held"]] == ["chờ duyệt"]
    actions.release_message(chair, message=message)
    assert texts("delegate") == ["chờ duyệt", "chủ tọa nói ngay"]
    with pytest.raises(RuleBroken):
        actions.release_message(chair, message=message)


def test_a_switched_off_room_takes_messages_of_those_who_lead_alone(session: Room) -> None:
    actions.set_talk(session.seats[Role.SECRETARY], talk="off")
    with pytest.raises(RuleBroken):
        actions.post_message(session.seats[Role.DELEGATE], text="không gửi được")
    actions.post_message(session.seats[Role.CHAIR], text="thông báo")
    assert Message.objects.count() == 1


def test_a_removed_message_leaves_its_trace_in_the_log_and_no_words_anywhere(session: Room) -> None:
    delegate = session.seats[Role.DELEGATE]
    message = actions.post_message(delegate, text="lời xúc phạm")["message"]
    actions.remove_message(session.seats[Role.CHAIR], message=message)
    assert not Message.objects.exists()
    entry = Entry.objects.get(action="meetings.remove_message")
    assert (entry.facts["message"], entry.facts["name"]) == (message, str(delegate.person))
    assert "xúc phạm" not in json.dumps([row.facts for row in Entry.objects.all()], ensure_ascii=False)
