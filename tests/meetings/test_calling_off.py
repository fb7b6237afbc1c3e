"""Postponing and cancelling a convened meeting: who may, when, and who reads why."""

import datetime
import json
import re
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation

from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from mailbox.actions import hand_out_copies
from mailbox.models import Message
from mailbox.queries import copies_in
from meetings import actions, queries
from meetings.live import projection
from meetings.models import Role, State
from tests.meetings.conftest import Room

DAY = datetime.timedelta(days=1)


def postpone(room: Room, role: str = Role.SECRETARY, by: datetime.timedelta = DAY) -> None:
    meeting = room.meeting
    actions.postpone_meeting(
        room.seats[role], reason="Bão số 9", starts_at=meeting.starts_at + by, ends_at=meeting.ends_at + by
    )


def post(room: Room, role: str, act: str, **data: Any) -> Any:
    path = f"/hop/{room.meeting.ref}/chuan-bi/{act}/"
    return room.client(role).post(path, {"command": str(uuid.uuid4()), **data})


def test_postponed_meeting_keeps_when_it_was_to_start_and_why(room: Room) -> None:
    was = room.meeting.starts_at
    postpone(room)
    room.meeting.refresh_from_db()
    assert (room.meeting.state, room.meeting.starts_at) == ("published", was + DAY)
    assert (room.meeting.postponed_from, room.meeting.reason) == (was, "Bão số 9")
    entry = Entry.objects.get(chain=f"meeting:{room.meeting.pk}")
    assert (entry.action, entry.facts["was"]) == ("meetings.postpone_meeting", was.isoformat())
    assert queries.sections_since(room.meeting.ref, 0) == {"meeting", "agenda", "attendance"}


def test_cancelled_meeting_is_over_for_good(room: Room) -> None:
    actions.cancel_meeting(room.seats[Role.CHAIR], reason="Không đủ đại biểu")
    room.meeting.refresh_from_db()
    assert (room.meeting.state, room.meeting.reason) == ("cancelled", "Không đủ đại biểu")
    for act in (actions.open_meeting, actions.publish):
        with pytest.raises(RuleBroken):
            act(room.seats[Role.CHAIR])
    with pytest.raises(RuleBroken):
        postpone(room)


@pytest.mark.parametrize("state", [State.DRAFT, State.LIVE, State.CLOSED])
def test_only_a_convened_meeting_is_called_off(room: Room, state: str) -> None:
    room.at(state)
    with pytest.raises(RuleBroken):
        actions.cancel_meeting(room.seats[Role.SECRETARY], reason="x")
    with pytest.raises(RuleBroken):
        postpone(room)


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL])
def test_only_chair_and_secretary_call_off(room: Room, role: str) -> None:
    with pytest.raises(RuleBroken):
        actions.cancel_meeting(room.seats[role], reason="x")
    with pytest.raises(RuleBroken):
        postpone(room, role)
    assert post(room, role, "cancel_meeting", reason="x").status_code == 404


def test_earlier_is_not_a_postponement(room: Room) -> None:
    with pytest.raises(RuleBroken):
        postpone(room, by=-DAY)
    room.meeting.refresh_from_db()
    assert room.meeting.reason == ""


@pytest.mark.parametrize("role", Role.values)
def test_everybody_invited_reads_the_reason_and_the_hall_does_not(room: Room, role: str) -> None:
    actions.cancel_meeting(room.seats[Role.SECRETARY], reason="Chủ trì bận đột xuất")
    key = queries.audience_key(room.seats[role].person, room.meeting.ref)
    assert key is not None
    _revision, sections = projection.project_now(room.meeting.ref, key)
    assert sections["meeting"]["state"] == "cancelled"
    page = room.client(role).get(f"/hop/{room.meeting.ref}/").content.decode()
    drawn = room.client(role).get(f"/hop/{room.meeting.ref}/phong/").content.decode()
    embedded = re.findall(r'<script id="room-snapshot"[^>]*>(.*?)</script>', drawn, re.DOTALL)
    for text in (sections["meeting"]["reason"], page, drawn + str(json.loads(embedded[0]))):
        assert ("Chủ trì bận đột xuất" in text) == (role != Role.HALL)
    assert "Cuộc họp này đã bị hủy" in page


def test_list_shows_a_cancelled_meeting_as_such(room: Room) -> None:
    room.meeting.starts_at, room.meeting.ends_at = timezone.now() + DAY, timezone.now() + 1.1 * DAY
    room.meeting.save()
    actions.cancel_meeting(room.seats[Role.SECRETARY], reason="x")
    page = room.client(Role.DELEGATE).get("/hop/").content.decode()
    assert "Đã hủy" in page
    assert queries.seats_today(room.seats[Role.DELEGATE].person) == []


def test_page_postpones_and_says_so(room: Room) -> None:
    answer = post(
        room, Role.SECRETARY, "postpone_meeting", day="30/11/2026", starts="14:00", ends="16:00", reason="Bão"
    )
    assert answer["Location"] == f"/hop/{room.meeting.ref}/"
    page = room.client(Role.DELEGATE).get(f"/hop/{room.meeting.ref}/").content.decode()
    assert "Hoãn từ 08:00 ngày 24/11/2026 sang 14:00 ngày 30/11/2026" in page


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("cancel_meeting", {"reason": " "}),
        ("postpone_meeting", {"day": "30/11/2026", "starts": "14:00", "ends": "16:00"}),
        ("postpone_meeting", {"day": "1/1/2020", "starts": "8:00", "ends": "9:00", "reason": "x"}),
    ],
)
def test_page_shows_the_refused_form_again(room: Room, act: str, data: dict[str, str]) -> None:
    answer = post(room, Role.SECRETARY, act, **data)
    assert answer.status_code == 400
    assert f"/chuan-bi/{act}/" in answer.content.decode()
    room.meeting.refresh_from_db()
    assert (room.meeting.state, room.meeting.revision) == ("published", 0)


def test_pressing_twice_cancels_once(room: Room) -> None:
    command = str(uuid.uuid4())
    client, path = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/chuan-bi/cancel_meeting/"
    answers = [client.post(path, {"command": command, "reason": "Bão"}).status_code for _turn in range(2)]
    assert answers == [302, 302]
    room.meeting.refresh_from_db()
    assert room.meeting.revision == 1


def mail_of(room: Room, role: str) -> list[str]:
    """Subjects and texts in the mailbox of the seat's person."""
    copies = copies_in(room.seats[role].person, "inbox")
    return [f"{copy.message.subject}\n{copy.message.text}" for copy in copies]


def test_everybody_with_a_seat_gets_one_message_and_the_one_who_acts_none(room: Room) -> None:
    command = str(uuid.uuid4())
    client, path = room.client(Role.SECRETARY), f"/hop/{room.meeting.ref}/chuan-bi/cancel_meeting/"
    for _turn in range(2):
        client.post(path, {"command": command, "reason": "Bão số 9"})
    message = Message.objects.get()
    assert message.sender == room.seats[Role.SECRETARY].person
    hand_out_copies(message)
    for role in (Role.CHAIR, Role.DELEGATE, Role.INVITED, Role.OBSERVER):
        (text,) = mail_of(room, role)
        assert text.startswith(f"Hủy họp: {room.meeting.title}\n")
        assert "08:00, 24/11/2026" in text
        assert "Bão số 9" in text
    for role in (Role.SECRETARY, Role.HALL):
        assert mail_of(room, role) == []


def test_the_mail_is_in_the_language_of_the_house_whoever_acts(room: Room) -> None:
    with translation.override("en"):
        postpone(room)
        actions.cancel_meeting(room.seats[Role.CHAIR], reason="Không đủ đại biểu")
    postponed, cancelled = Message.objects.order_by("pk")
    assert postponed.subject.startswith("Hoãn họp: ")
    assert "hoãn đến" in postponed.text
    assert cancelled.subject.startswith("Hủy họp: ")
    assert "Lý do: Không đủ đại biểu" in cancelled.text


def test_mail_is_kept_or_lost_with_the_act_it_tells_of(room: Room) -> None:
    with pytest.raises(RuleBroken):
        postpone(room, by=-DAY)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        postpone(room)
        raise ZeroDivisionError
    assert not Message.objects.exists()


def test_a_postponement_taken_back_is_told_too_and_leaves_no_trace_on_the_page(room: Room) -> None:
    was = room.meeting.starts_at
    postpone(room)
    for title in ("Tên sửa", room.meeting.title):
        actions.edit_details(
            room.seats[Role.SECRETARY],
            title=title,
            place="Phòng 1",
            starts_at=was,
            ends_at=was + datetime.timedelta(hours=2),
        )
    room.meeting.refresh_from_db()
    assert (room.meeting.postponed_from, room.meeting.reason) == (None, "")
    assert [message.subject.partition(":")[0] for message in Message.objects.order_by("pk")] == [
        "Hoãn họp",
        "Họp như đã triệu tập",
    ]


def test_the_card_of_today_says_what_is_not_held_today(room: Room) -> None:
    person = room.seats[Role.DELEGATE].person
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)

    def card() -> str:
        return room.client(Role.DELEGATE).get("/ban-lam-viec/").content.decode()

    room.meeting.starts_at, room.meeting.ends_at = noon, noon + datetime.timedelta(hours=2)
    room.meeting.save()
    assert "Hoãn đến" not in card()
    postpone(room, by=datetime.timedelta(hours=3))
    assert "Hoãn đến 15:00<" in card()
    postpone(room)
    room.meeting.refresh_from_db()
    later = timezone.localtime(room.meeting.starts_at)
    assert f"Hoãn đến {later:%H:%M, %d/%m/%Y}" in card()
    assert len(queries.seats_today(person)) == 1
    actions.cancel_meeting(room.seats[Role.SECRETARY], reason="x")
    assert "Đã hủy" in card()
