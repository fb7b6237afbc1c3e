"""The commands of the room, through HTTP."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from intranet.audit.models import Entry
from meetings.models import AgendaItem, Message, Note, Revision, Role, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

ROOM_DATA: dict[str, dict[str, Any]] = {
    "open_meeting": {},
    "go_to_item": {"item": 0},
    "show_page": {"paper": 0, "page": 1},
    "stop_showing": {},
    "protect_paper": {"paper": 0, "level": "internal"},
    "post_message": {"text": "xin chào"},
    "take_note": {"item": 0, "text": "ghi", "version": 0},
    "take_stance": {"item": 0, "answer": "agrees"},
    "adopt_consent": {"items": "0"},
    "add_motion": {"item": 0, "title": "Nghị quyết", "text": "Thông qua."},
    "edit_motion": {"motion": 0, "title": "Nghị quyết", "text": "Thông qua.", "version": 1},
    "review_motion": {"motion": 0, "admitted": "1"},
    "withdraw_motion": {"motion": 0},
    "decide_motion": {"motion": 0, "outcome": "adopted", "expected_state": "voting"},
    "propose_amendment": {"motion": 0, "clause": "1", "kind": "change", "text": "a", "based_on": "b"},
    "review_amendment": {"amendment": 0, "admitted": "1"},
    "withdraw_amendment": {"amendment": 0},
    "recommend_amendment": {"amendment": 0, "recommendation": "adopt"},
    "decide_amendment": {"amendment": 0, "outcome": "adopted", "expected_state": "voting"},
    "ask_to_speak": {"kind": "main"},
    "withdraw_speech": {"speech": 0},
    "add_speaker": {"target": 0, "kind": "main"},
    "move_speech": {"speech": 0, "position": 1},
    "give_floor": {"speech": 0},
    "set_speech_length": {"speech": 0, "seconds": 60},
    "end_speech": {"speech": 0},
    "arrive": {},
    "leave": {},
    "note_arrival": {"target": 0},
    "note_leaving": {"target": 0},
    "cancel_arrival": {"target": 0},
    "set_quorum": {"share": "half"},
    "draw_hall": {"rows": 2, "columns": 3, "aisles": "2"},
    "set_chair": {"row": 1, "column": 1, "stands": "on"},
    "give_chair": {"target": 0, "row": 1, "column": 1},
    "fill_hall": {},
    "take_over_hall": {},
    "pause_meeting": {},
    "call_recess": {"until": 1},
    "resume_meeting": {},
    "begin_closed_session": {},
    "end_closed_session": {},
    "set_item_closed": {"item": 0, "closed": "1"},
    "set_voting": {"target": 0, "votes": "on"},
    "give_proxy": {"holder": 0},
    "end_proxy": {},
    "add_poll": {"title": "Thông qua"},
    "edit_poll": {"poll": 0, "title": "Thông qua"},
    "remove_poll": {"poll": 0},
    "repeat_poll": {"poll": 0},
    "open_early": {"poll": 0, "targets": "[1]", "until": "2026-11-24T08:00"},
    "open_poll": {"poll": 0},
    "cast_vote": {"poll": 0, "choice": "agree"},
    "record_vote": {"poll": 0, "target": 0, "choice": "agree"},
    "enter_totals": {"poll": 0, "totals": "{}", "votes": 0},
    "close_poll": {"poll": 0},
    "publish_poll": {"poll": 0},
    "void_poll": {"poll": 0, "reason": "nhầm"},
    "pause_speech": {"speech": 0},
    "resume_speech": {"speech": 0},
    "ask_more_time": {"speech": 0},
    "refuse_more_time": {"speech": 0},
    "readd_speech": {"speech": 0},
    "set_list_closed": {"item": 0, "closed": "1"},
    "set_kind_length": {"kind": "main", "seconds": 60},
    "set_time_budget": {"name": "Tổ 1", "seconds": 600},
    "remove_time_budget": {"name": "Tổ 1"},
    "call_service": {"kind": "water"},
    "withdraw_call": {"call": 0},
    "take_call": {"call": 0},
    "finish_call": {"call": 0},
    "write_privately": {"desk": "chair", "text": "riêng"},
    "answer_privately": {"target": 0, "text": "riêng"},
    "set_talk": {"talk": "held"},
    "ask_to_load": {"target": 0},
    "release_message": {"message": 0},
    "remove_message": {"message": 0},
    "ask_mood": {"question": "Nghỉ chưa?"},
    "answer_mood": {"mood": 0, "answer": "agree"},
    "end_mood": {"mood": 0},
    "close_meeting": {},
}


def post(room: Room, role: str, act: str, command: uuid.UUID | None = None, **data: Any) -> Any:
    return room.client(role).post(
        f"/hop/{room.meeting.ref}/lenh/{act}/", {"command": str(command or uuid.uuid4()), **data}
    )


def test_a_command_answers_with_its_revision_and_the_senders_own_sections(room: Room) -> None:
    answer = post(room, Role.CHAIR, "open_meeting")
    assert answer.status_code == 200
    body = answer.json()
    assert body["revision"] == 1
    assert body["sections"]["meeting"]["state"] == "live"
    entry = Entry.objects.get(chain=f"meeting:{room.meeting.pk}")
    assert (entry.action, entry.facts) == ("meetings.open_meeting", {"revision": 1})


def test_an_answer_brings_the_screen_from_where_it_was_to_now(room: Room) -> None:
    room.at(State.LIVE)
    post(room, Role.CHAIR, "go_to_item", item=room.items[0].pk)
    body = post(room, Role.DELEGATE, "post_message", text="tôi thấy rồi", revision=0).json()
    assert body["revision"] == 2
    assert body["sections"].keys() == {"agenda", "stage", "floor", "messages", "signals"}


def test_the_same_number_is_the_same_act_and_gets_the_first_answer(room: Room) -> None:
    room.at(State.LIVE)
    command = uuid.uuid4()
    first = post(room, Role.DELEGATE, "post_message", command, text="một lần")
    again = post(room, Role.DELEGATE, "post_message", command, text="một lần")
    assert first.json()["message"] == again.json()["message"]
    assert Message.objects.count() == 1
    assert Revision.objects.count() == 1


def test_the_same_number_with_other_content_or_from_another_seat_is_refused(room: Room) -> None:
    room.at(State.LIVE)
    command = uuid.uuid4()
    post(room, Role.DELEGATE, "post_message", command, text="một")
    other = post(room, Role.DELEGATE, "post_message", command, text="hai")
    stolen = post(room, Role.CHAIR, "post_message", command, text="một")
    assert [other.status_code, stolen.status_code] == [409, 409]
    assert "error" in other.json()
    assert [message.text for message in Message.objects.all()] == ["một"]


def test_a_refused_act_leaves_no_trace_and_brings_the_state_of_now(room: Room) -> None:
    answer = post(room, Role.DELEGATE, "open_meeting")
    assert answer.status_code == 409
    assert answer.json()["sections"]["meeting"]["state"] == "published"
    room.meeting.refresh_from_db()
    assert (room.meeting.revision, Revision.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("act", ROOM_DATA)
def test_a_stranger_finds_no_meeting(room: Room, act: str) -> None:
    stranger = Client()
    stranger.force_login(SeatFactory().person)
    data = {"command": str(uuid.uuid4()), **ROOM_DATA[act]}
    assert stranger.post(f"/hop/{room.meeting.ref}/lenh/{act}/", data).status_code == 404
    assert Client().post(f"/hop/{room.meeting.ref}/lenh/{act}/", data).status_code == 302


def test_an_act_that_is_not_of_the_room_is_not_there(room: Room) -> None:
    assert post(room, Role.CHAIR, "unseat", target=1).status_code == 404
    assert post(room, Role.CHAIR, "once").status_code == 404


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("post_message", {"text": " "}),
        ("post_message", {"text": "a" * 1001}),
        ("show_page", {"paper": 1, "page": 0}),
        ("take_note", {"item": 1, "text": "a" * 20_001, "version": 0}),
        ("go_to_item", {}),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(room: Room, act: str, data: dict[str, Any]) -> None:
    answer = post(room.at(State.LIVE), Role.CHAIR, act, **data)
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 5


def test_a_command_without_a_number_is_refused(room: Room) -> None:
    answer = room.client(Role.CHAIR).post(f"/hop/{room.meeting.ref}/lenh/open_meeting/")
    assert answer.status_code == 400


def test_two_hands_on_the_agenda_move_it_once(room: Room) -> None:
    room.at(State.LIVE)
    first, second, third, _sub = room.items
    post(room, Role.CHAIR, "go_to_item", item=first.pk)
    assert post(room, Role.CHAIR, "go_to_item", item=second.pk, expected_item=first.pk).status_code == 200
    late = post(room, Role.SECRETARY, "go_to_item", item=third.pk, expected_item=first.pk)
    assert late.status_code == 409
    assert late.json()["sections"]["agenda"]["current"] == second.pk
    twice = post(room, Role.SECRETARY, "go_to_item", item=second.pk, expected_item=first.pk)
    assert twice.status_code == 200
    states = {item.pk: item.state for item in AgendaItem.objects.all()}
    assert (states[first.pk], states[second.pk]) == ("done", "current")


def test_a_page_that_does_not_exist_cannot_be_shown(room: Room) -> None:
    room.at(State.LIVE)
    assert post(room, Role.CHAIR, "show_page", paper=room.open_paper.pk, page=4).status_code == 409
    assert post(room, Role.CHAIR, "show_page", paper=room.open_paper.pk, page=3).status_code == 200
    assert post(room, Role.CHAIR, "show_page", paper=999_999, page=1).status_code == 404


def test_a_paper_of_another_meeting_cannot_be_shown(room: Room) -> None:
    from tests.factories.meetings import PaperFactory

    assert (
        post(room.at(State.LIVE), Role.CHAIR, "show_page", paper=PaperFactory().pk, page=1).status_code == 404
    )


def test_an_invited_seat_writes_only_under_its_own_items(room: Room) -> None:
    room.at(State.LIVE)
    first, second, _third, _sub = room.items
    post(room, Role.CHAIR, "go_to_item", item=first.pk)
    assert post(room, Role.INVITED, "post_message", text="sớm quá").status_code == 409
    post(room, Role.CHAIR, "go_to_item", item=second.pk, expected_item=first.pk)
    assert post(room, Role.INVITED, "post_message", text="đúng lúc").status_code == 200


def test_a_note_written_meanwhile_by_another_is_given_back_and_not_overwritten(room: Room) -> None:
    room.at(State.LIVE)
    item = room.items[0].pk
    assert (
        post(room, Role.SECRETARY, "take_note", item=item, text="bản một", version=0).json()["version"] == 1
    )
    late = post(room, Role.CHAIR, "take_note", item=item, text="bản khác", version=0)
    assert late.status_code == 409
    assert late.json()["conflict"] == {"text": "bản một", "version": 1}
    assert Note.objects.get().text == "bản một"
    assert post(room, Role.CHAIR, "take_note", item=item, text="bản gộp", version=1).json()["version"] == 2


def test_notes_can_be_finished_after_the_close_and_nothing_else(room: Room) -> None:
    room.at(State.CLOSED)
    assert (
        post(room, Role.SECRETARY, "take_note", item=room.items[0].pk, text="x", version=0).status_code == 200
    )
    assert post(room, Role.CHAIR, "post_message", text="muộn").status_code == 409


def test_a_seat_that_was_taken_away_finds_no_meeting_at_its_next_act(room: Room) -> None:
    room.at(State.LIVE)
    assert post(room, Role.DELEGATE, "post_message", text="còn ghế").status_code == 200
    room.seats[Role.DELEGATE].delete()
    assert post(room, Role.DELEGATE, "post_message", text="mất ghế").status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.parametrize("role", Role.values)
def test_every_seat_gets_its_own_room_page_with_the_state_inside(room: Room, role: str) -> None:
    page = room.at(State.LIVE).client(role).get(f"/hop/{room.meeting.ref}/phong/")
    assert page.status_code == 200
    assert f"meetings/room/{role}.html" in [template.name for template in page.templates]
    embedded = re.findall(r'<script id="room-snapshot"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)
    whole = page.content.decode() + str(json.loads(embedded[0]))
    assert ("Phương án đất kín" in whole) == (role not in (Role.OBSERVER, Role.HALL))
    assert ("Ngân sách kín" in whole) == (role != Role.INVITED)
