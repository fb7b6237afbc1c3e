"""What a socket refuses: foreign pages, revoked people, hostile frames, readers that do not read."""

import json
import socket
import time
from collections.abc import Callable

import pytest
from django.test import Client
from websockets.exceptions import InvalidStatus

from intranet.organization.models import Person
from tests.intranet.live.conftest import Guest, Server, Tab, log_in
from tests.intranet.live.test_socket import OpenTab, live_tab
from tests.intranet.live.toy import Toy

Make = Callable[..., Guest]


@pytest.fixture
def delegate(toy: Toy, topic: str, guest: Make) -> Guest:
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    return who


@pytest.mark.parametrize(
    "foreign",
    [
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1.evil.example:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1{port}",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://x@127.0.0.1:{port}",
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1:port",
    ],
)
def test_foreign_origin_is_refused_before_the_socket_opens(
    server: Server, topic: str, delegate: Guest, tab: OpenTab, foreign: str | None
) -> None:
    origin = foreign.replace("{port}", str(server.port)) if foreign else None
    with pytest.raises(InvalidStatus) as refused:
        tab(server, delegate, topic, origin=origin)
    assert refused.value.response.status_code in (400, 403)


def test_two_origins_are_refused(server: Server, topic: str, delegate: Guest, tab: OpenTab) -> None:
    headers = [("Cookie", delegate.cookie), ("Origin", "https://evil.example")]
    with pytest.raises(InvalidStatus):
        tab(server, delegate, topic, additional_headers=headers)


def test_unknown_address_is_refused_without_a_traceback(
    server: Server, delegate: Guest, tab: OpenTab
) -> None:
    with pytest.raises(InvalidStatus):
        tab(server, delegate, "a/b")
    assert "Traceback" not in server.log.read_text()


def test_logging_out_elsewhere_closes_the_socket(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    server.act("delete_session", key=delegate.session_key)
    started = time.monotonic()
    assert one.ended() == (4401, "session")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("change", ["disable", "set_password"])
def test_change_of_the_account_closes_the_socket(
    server: Server, topic: str, delegate: Guest, tab: OpenTab, change: str
) -> None:
    one = live_tab(tab, server, delegate, topic)
    server.act(change, username=delegate.person.username)
    started = time.monotonic()
    assert one.ended() == (4401, "session")
    assert time.monotonic() - started < 2


def test_checking_a_person_leaves_alone_what_still_holds(
    server: Server, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    server.act("look_at", username=delegate.person.username)
    one.hear_nothing(0.5)
    server.act("change", ref=topic, sections={"notes": "on"})
    assert one.hear_news()["sections"] == {"notes": "on"}


def test_revocations_nobody_announced_are_found_by_the_heartbeat(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab
) -> None:
    people = [guest() for _ in range(4)]
    for who in people:
        toy.seat(topic, who.person.pk, "delegate")
    lost_session, disabled, new_password, remaining = (live_tab(tab, server, who, topic) for who in people)
    Person.objects.filter(pk=people[1].person.pk).update(is_active=False)
    other = Person.objects.get(pk=people[2].person.pk)
    other.set_password("another one")
    Person.objects.filter(pk=other.pk).update(password=other.password)
    people_client = Client()
    people_client.cookies.load({"sessionid": people[0].session_key})
    people_client.logout()
    for one in (lost_session, disabled, new_password):
        assert one.ended(12.5) == (4401, "session")
    server.act("change", ref=topic, sections={"notes": "on"})
    assert remaining.hear_news()["sections"] == {"notes": "on"}


def test_lost_seat_closes_before_anything_later_is_sent(
    server: Server, toy: Toy, topic: str, delegate: Guest, tab: OpenTab
) -> None:
    one = live_tab(tab, server, delegate, topic)
    toy.seat(topic, delegate.person.pk, None)
    started = time.monotonic()
    server.act("change", ref=topic, sections={"notes": "not for them"})
    assert one.ended() == (4404, "absent")
    assert time.monotonic() - started < 2
    assert "not for them" not in json.dumps(one.frames)
    toy.seat(topic, delegate.person.pk, "delegate")
    assert live_tab(tab, server, delegate, topic).sections["notes"] == "not for them"


@pytest.mark.parametrize("kind", ["toy", "toy-many"])
def test_lowered_audience_gets_its_smaller_snapshot_first(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab, kind: str
) -> None:
    chair = guest()
    toy.seat(topic, chair.person.pk, "chair")
    one = live_tab(tab, server, chair, topic, kind=kind)
    assert "secret" in one.sections
    one.frames.clear()
    toy.seat(topic, chair.person.pk, "delegate")
    server.act("change", ref=topic, sections={"secret": "newer", "notes": "newer"})
    frame = one.hear_news()
    assert frame["t"] == "snapshot" and set(frame["sections"]) == {"agenda", "notes"}
    assert "newer" not in json.dumps([said["sections"].get("secret") for said in one.frames])


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[" * 10_000,
        "9" * 10_000,
        "null",
        '{"t":"vote.cast"}',
        '{"t":"resume","epoch":5,"revision":"x"}',
        '{"t":"resume","epoch":"e1","revision":1e400}',
        '{"t":"beat"}',
        '{"t":"beat","c":NaN}',
        '{"t":"beat","c":-1e999}',
        b"\x00\x01",
    ],
)
def test_bad_frames_get_one_error_and_then_the_door(
    server: Server, topic: str, delegate: Guest, tab: OpenTab, bad: str | bytes
) -> None:
    one = live_tab(tab, server, delegate, topic)
    for _ in range(6):
        one.ws.send(bad)
    assert one.ended() == (4400, None)
    assert [frame["t"] for frame in one.frames].count("error") == 1
    assert "Traceback" not in server.log.read_text()


def test_one_bad_frame_is_forgiven(server: Server, topic: str, delegate: Guest, tab: OpenTab) -> None:
    one = live_tab(tab, server, delegate, topic)
    one.ws.send("{")
    assert one.hear()["t"] == "error"
    server.act("change", ref=topic, sections={"notes": "on"})
    assert one.hear_news()["sections"] == {"notes": "on"}


def test_too_big_a_frame_closes(server: Server, topic: str, delegate: Guest, tab: OpenTab) -> None:
    one = live_tab(tab, server, delegate, topic)
    one.ws.send(json.dumps({"t": "resume", "epoch": "x" * 70_000, "revision": 1}))
    assert one.ended() == (4413, None)


def test_flood_of_frames_closes_and_hurts_nobody(
    server: Server, toy: Toy, topic: str, delegate: Guest, guest: Make, tab: OpenTab
) -> None:
    other = guest()
    toy.seat(topic, other.person.pk, "delegate")
    quiet = live_tab(tab, server, other, topic)
    loud = live_tab(tab, server, delegate, topic)
    loud.ws.socket.settimeout(5)
    for _ in range(2000):
        try:
            loud.say(t="beat", c=1)
        except Exception:
            break
    # Closed while it still talks, it may not get to read why.
    assert loud.ended()[0] in (4400, None)
    server.act("change", ref=topic, sections={"notes": "on"})
    assert quiet.hear_news()["sections"] == {"notes": "on"}
    assert "Traceback" not in server.log.read_text()


def test_reader_that_does_not_read_is_closed_while_others_get_everything(
    server: Server, toy: Toy, topic: str, delegate: Guest, guest: Make, tab: OpenTab
) -> None:
    other = guest()
    toy.seat(topic, other.person.pk, "delegate")
    reader = live_tab(tab, server, other, topic)
    sleeper = StalledTab(server, delegate, topic)
    big = "x" * 200_000
    started = time.monotonic()
    try:
        while not sleeper.is_closed():
            revision = server.act("change", ref=topic, sections={"notes": f"{time.monotonic()} {big}"})
            reader.hear_until(revision)
            time.sleep(0.1)
            assert time.monotonic() - started < 30
    finally:
        sleeper.socket.close()
    assert time.monotonic() - started > 8


class StalledTab:
    """A browser that opened a socket, resumed, and never reads again."""

    def __init__(self, server: Server, who: Guest, topic: str) -> None:
        self.server = server
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", server.port))
        self.socket.sendall(
            f"GET /live/toy/{topic}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: http://127.0.0.1:{server.port}\r\nCookie: {who.cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        assert b" 101 " in self.socket.recv(4096)
        payload = b'{"t":"resume"}'
        self.socket.sendall(bytes((0x81, 0x80 | len(payload), 0, 0, 0, 0)) + payload)

    def is_closed(self) -> bool:
        """Whether the server has let go of the connection, seen from the kernel's table."""
        mine = self.socket.getsockname()[1]
        with open("/proc/net/tcp") as table:
            for line in table.readlines()[1:]:
                _, local, remote, state = line.split()[:4]
                if int(local[-4:], 16) == self.server.port and int(remote[-4:], 16) == mine:
                    return state != "01"
        return True


def test_person_without_a_password_keeps_their_session(
    server: Server, toy: Toy, topic: str, guest: Make, tab: OpenTab
) -> None:
    who = guest()
    who.person.set_unusable_password()
    who.person.save()
    again = log_in(who.person)
    toy.seat(topic, who.person.pk, "delegate")
    assert isinstance(live_tab(tab, server, again, topic), Tab)
