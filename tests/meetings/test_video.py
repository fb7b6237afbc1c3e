"""The link to the video system: a ticket the other side can check, for those with a seat alone."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from meetings import actions
from meetings.models import Role, State
from tests.factories.meetings import SeatFactory
from tests.meetings.conftest import Room

SECRET = "khong-ai-biet"


@pytest.fixture
def linked(room: Room, settings: Any) -> Room:
    """In session, with a Jitsi server."""
    settings.VIDEO_PROVIDER = "jitsi"
    settings.JITSI_URL, settings.JITSI_APP_ID, settings.JITSI_SECRET = (
        "https://hop.example.vn",
        "dinh",
        SECRET,
    )
    return room.at(State.LIVE)


def ticket(room: Room, role: str) -> dict[str, Any]:
    """The claims of the ticket this seat gets, its signature checked as the other side would."""
    answer = room.client(role).get(f"/hop/{room.meeting.ref}/truc-tuyen/")
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert (address.netloc, address.path) == ("hop.example.vn", f"/{room.meeting.ref}")
    head, body, seal = parse_qs(address.query)["jwt"][0].split(".")
    good = hmac.new(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(seal + "=") == good
    assert json.loads(base64.urlsafe_b64decode(head + "==")) == {"alg": "HS256", "typ": "JWT"}
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=="))
    return claims


def test_a_ticket_is_for_one_room_one_person_and_minutes(linked: Room) -> None:
    claims = ticket(linked, Role.DELEGATE)
    assert (claims["room"], claims["iss"], claims["sub"]) == (linked.meeting.ref, "dinh", "hop.example.vn")
    assert claims["nbf"] < time.time() < claims["exp"] < time.time() + 600
    assert claims["context"]["user"]["name"] == "Tên Đại Biểu"
    assert not claims["context"]["user"]["moderator"]
    assert ticket(linked, Role.CHAIR)["context"]["user"]["moderator"]


def test_who_has_no_seat_finds_no_video(linked: Room) -> None:
    stranger = Client()
    stranger.force_login(SeatFactory().person)
    assert stranger.get(f"/hop/{linked.meeting.ref}/truc-tuyen/").status_code == 404


def test_outside_a_closed_session_there_is_no_video(linked: Room) -> None:
    actions.begin_closed_session(linked.seats[Role.CHAIR])
    assert linked.client(Role.OBSERVER).get(f"/hop/{linked.meeting.ref}/truc-tuyen/").status_code == 404
    ticket(linked, Role.DELEGATE)


def test_without_a_video_system_there_is_no_button(linked: Room, settings: Any) -> None:
    address = f"/hop/{linked.meeting.ref}/"
    assert "truc-tuyen" in linked.client(Role.DELEGATE).get(f"{address}phong/").content.decode()
    settings.VIDEO_PROVIDER = ""
    assert linked.client(Role.DELEGATE).get(f"{address}truc-tuyen/").status_code == 404
    assert "truc-tuyen" not in linked.client(Role.DELEGATE).get(f"{address}phong/").content.decode()


def test_after_the_meeting_there_is_no_video(linked: Room) -> None:
    linked.at(State.CLOSED)
    assert linked.client(Role.CHAIR).get(f"/hop/{linked.meeting.ref}/truc-tuyen/").status_code == 404
