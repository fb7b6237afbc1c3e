"""Seat cards and PINs, and the code at the door: what opens, what does not, and what a stranger learns."""

import datetime
import re
import uuid
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.utils import timezone

from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from intranet.live.reading import Claim, look
from meetings import actions, queries, rules
from meetings.models import Attendance, Noted, Role, SeatCard, State
from tests.meetings.conftest import Room

PIN = "402718"


@pytest.fixture
def table(room: Room) -> Room:
    """In session, a card at every seat, and the delegate has a PIN."""
    room.at(State.LIVE)
    actions.make_cards(room.seats[Role.SECRETARY])
    actions.choose_pin(room.seats[Role.DELEGATE].person, pin=PIN)
    return room


def card_of(room: Room, role: str = Role.DELEGATE) -> SeatCard:
    return SeatCard.objects.get(seat=room.seats[role])


def scan(number: str, pin: str = PIN) -> tuple[Client, Any]:
    tablet = Client()
    return tablet, tablet.post(f"/hop/the/{rules.card_token(number)}/", {"pin": pin})


def test_a_card_and_its_pin_open_the_room_and_note_the_arrival(table: Room) -> None:
    tablet, answer = scan(card_of(table).number)
    assert (answer.status_code, answer["Location"]) == (302, f"/hop/{table.meeting.ref}/phong/")
    page = tablet.get(answer["Location"])
    assert page.status_code == 200
    assert "meetings/room/delegate.html" in [template.name for template in page.templates]
    stay = Attendance.objects.get()
    assert (stay.seat, stay.arrival_noted) == (table.seats[Role.DELEGATE], Noted.CARD)
    acts = set(Entry.objects.values_list("action", flat=True))
    assert {"meetings.make_cards", "meetings.choose_pin", "meetings.sit_down"} <= acts


def test_whatever_is_wrong_the_answer_is_the_same(table: Room) -> None:
    """An unknown card, a forged one, a wrong PIN, a dead card, a closed meeting: one learns nothing."""
    good = card_of(table).number
    without_pin = card_of(table, Role.OBSERVER).number
    answers = [scan(good, "111222")[1], scan("abcdefghjkmn")[1], scan(without_pin, "-")[1]]
    forged = Client().post(f"/hop/the/{signing.Signer(salt='other').sign(good)}/", {"pin": PIN})
    SeatCard.objects.filter(number=good).update(failures=rules.MOST_FAILURES)
    answers += [forged, scan(good)[1]]
    table.at(State.CLOSED)
    answers.append(scan(good)[1])
    bodies = {
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", each.content.decode()) for each in answers
    }
    assert ({answer.status_code for answer in answers}, len(answers), len(bodies)) == ({200}, 6, 1)
    assert "Đại Biểu" not in bodies.pop()
    asked = {Client().get(f"/hop/the/{token}/").content for token in (rules.card_token(good), "x:y", "x")}
    shown = {re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body) for body in asked}
    assert len(shown) == 1


def test_a_card_dies_after_ten_wrong_pins_and_a_new_one_lives(table: Room) -> None:
    number = card_of(table).number
    for attempt in range(rules.MOST_FAILURES):
        assert scan(number, f"9{attempt:05d}")[1].status_code == 200
    assert scan(number)[1].status_code == 200
    actions.renew_card(table.seats[Role.SECRETARY], target=table.seats[Role.DELEGATE].pk)
    assert scan(number)[1].status_code == 200
    assert scan(card_of(table).number)[1].status_code == 302


def test_a_right_pin_forgives_the_wrong_ones_before_it(table: Room) -> None:
    number = card_of(table).number
    for _attempt in range(3):
        scan(number, "111222")
    assert scan(number)[1].status_code == 302
    assert card_of(table).failures == 0


def test_a_card_is_of_its_meeting_and_its_day(table: Room) -> None:
    card = card_of(table)
    meeting, now = table.meeting, timezone.now()
    meeting.state = State.PUBLISHED
    for days, good in [(0, True), (1, False), (-1, False)]:
        meeting.starts_at = now + datetime.timedelta(days=days)
        assert rules.card_is_good(card.seat, meeting, now) == good
    for state in (State.DRAFT, State.CLOSED, State.CANCELLED):
        meeting.state, meeting.starts_at = state, now
        assert not rules.card_is_good(card.seat, meeting, now)


def test_a_tablet_signed_in_by_a_card_opens_its_meeting_alone(table: Room) -> None:
    tablet, _answer = scan(card_of(table).number)
    room = f"/hop/{table.meeting.ref}/phong/"
    for closed in ("/hop-thu/", "/ban-lam-viec/", "/hop/", "/hop/ma-pin/", "/accounts/password/change/"):
        answer = tablet.get(closed)
        assert (answer.status_code, answer["Location"]) == (302, room), closed
    act = {"command": str(uuid.uuid4())}
    assert tablet.post(f"/hop/{table.meeting.ref}/lenh/leave/", act).status_code == 200
    assert tablet.post("/accounts/logout/").status_code == 302
    assert tablet.get(room).status_code == 302


def test_its_session_hears_no_other_topic_and_ends_like_any_other(table: Room) -> None:
    tablet, _answer = scan(card_of(table).number)
    key = tablet.cookies["sessionid"].value
    own, other = look([Claim(key, "meeting", table.meeting.ref), Claim(key, "mailbox", "x")])
    assert not isinstance(own, str)
    assert other == "session"
    Session.objects.filter(session_key=key).delete()
    assert look([Claim(key, "meeting", table.meeting.ref)]) == ["session"]


def test_a_seat_that_was_taken_away_has_no_card(table: Room) -> None:
    number = card_of(table).number
    actions.unseat(table.seats[Role.SECRETARY], target=table.seats[Role.DELEGATE].pk)
    assert scan(number)[1].status_code == 200


def test_an_issued_pin_is_told_once_and_gives_way_to_an_own_one(table: Room) -> None:
    secretary, chair = table.seats[Role.SECRETARY], table.seats[Role.CHAIR]
    issued = actions.issue_pins(secretary)
    assert table.seats[Role.DELEGATE].pk not in issued
    assert actions.issue_pins(secretary) == {}
    number = card_of(table, Role.CHAIR).number
    assert scan(number, issued[chair.pk])[1].status_code == 302
    actions.choose_pin(chair.person, pin="730264")
    assert scan(number, issued[chair.pk])[1].status_code == 200
    assert scan(number, "730264")[1].status_code == 302
    kept = str(list(SeatCard.objects.values())) + str([entry.facts for entry in Entry.objects.all()])
    assert all(pin not in kept for pin in [*issued.values(), PIN, "730264"])


@pytest.mark.parametrize(
    "pin", ["12345", "1234567", "111111", "123456", "987654", "12a456", "４０２７１８", ""]
)
def test_a_pin_anybody_tries_first_is_refused(pin: str) -> None:
    with pytest.raises(RuleBroken):
        rules.check_pin(pin)


def test_the_page_of_cards_is_for_those_who_prepare(table: Room) -> None:
    address = f"/hop/{table.meeting.ref}/the-ghe/"
    page = table.client(Role.SECRETARY).get(address)
    assert page.status_code == 200
    assert page.content.decode().count('class="seatcard"') == len(table.seats) - 1
    for role in (Role.DELEGATE, Role.INVITED, Role.OBSERVER, Role.HALL):
        assert table.client(role).get(address).status_code == 404
        assert table.client(role).post(address, {"act": "issue_pins"}).status_code == 404


def test_the_secretary_makes_cards_renews_one_and_issues_pins_on_the_page(table: Room) -> None:
    client, address = table.client(Role.SECRETARY), f"/hop/{table.meeting.ref}/the-ghe/"
    before = card_of(table).number
    assert client.post(address, {"act": "renew_card", "target": card_of(table).seat_id}).status_code == 302
    assert card_of(table).number != before
    told = client.post(address, {"act": "issue_pins"})
    assert len(re.findall(r'slip__pin num">(\d{6})<', told.content.decode())) == 4
    assert "slip__pin" not in client.get(address).content.decode()


def test_the_code_at_the_door_notes_who_is_signed_in_there(table: Room) -> None:
    shown = table.client(Role.HALL).get(f"/hop/{table.meeting.ref}/ma-diem-danh.svg")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/svg+xml")
    assert table.client(Role.DELEGATE).get(f"/hop/{table.meeting.ref}/ma-diem-danh.svg").status_code == 404
    address = f"/hop/{table.meeting.ref}/co-mat/"
    token = rules.door_token(table.meeting)
    assert table.client(Role.DELEGATE).get(address, {"ma": token}).status_code == 200
    assert not Attendance.objects.exists()
    assert table.client(Role.DELEGATE).post(address, {"ma": token}).status_code == 302
    assert Attendance.objects.get().arrival_noted == Noted.CODE
    assert table.client(Role.HALL).post(address, {"ma": token}).status_code == 409


def test_a_code_of_another_meeting_or_of_yesterday_notes_nobody(table: Room) -> None:
    seat = table.seats[Role.DELEGATE]
    old = signing.TimestampSigner(salt="meetings.door")
    old.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 700)  # type: ignore[method-assign]
    for token in (
        "",
        "x",
        old.sign(table.meeting.ref),
        signing.TimestampSigner(salt="meetings.door").sign("y"),
    ):
        with pytest.raises(RuleBroken):
            actions.check_in(seat, token=token)
        answer = table.client(Role.DELEGATE).post(f"/hop/{table.meeting.ref}/co-mat/", {"ma": token})
        assert answer.status_code == 409
    assert queries.attending(table.meeting) == set()
