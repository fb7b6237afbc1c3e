"""The short cut into Daphne and plain ASGI put the same bytes on the wire."""

import socket
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from intranet.live.frames import Packet
from intranet.live.transport import AsgiWire, wire_for
from tests.intranet.live.conftest import Guest, Server, serving
from tests.intranet.live.test_socket import OpenTab, wait_for
from tests.intranet.live.toy import Toy


@pytest.fixture(scope="module")
def plain(django_db_setup: None, django_db_blocker: Any, toy: Toy, tmp_path_factory: Any) -> Iterator[Server]:
    with (
        django_db_blocker.unblock(),
        serving(tmp_path_factory.mktemp("plain"), toy, LIVE_DIRECT_WRITE="0") as started,
    ):
        yield started


def first_frame(server: Server, who: Guest, topic: str) -> bytes:
    """What comes after the handshake, byte for byte, up to the end of the snapshot."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(
            f"GET /live/toy/{topic}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: http://127.0.0.1:{server.port}\r\nCookie: {who.cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += raw.recv(1)
        payload = b'{"t":"resume"}'
        raw.sendall(bytes((0x81, 0x80 | len(payload), 0, 0, 0, 0)) + payload)
        frame = b""
        while not frame.endswith(b"}}"):
            frame += raw.recv(65536)
        return frame


@pytest.mark.parametrize("size", [0, 27, 5_000, 60_000, 400_000])
def test_both_wires_send_identical_bytes(
    server: Server, plain: Server, toy: Toy, guest: Callable[..., Guest], size: int
) -> None:
    who, topic = guest(), uuid4().hex
    toy.create(topic, {"notes": "đ" * size})
    toy.seat(topic, who.person.pk, "delegate")
    direct = first_frame(server, who, topic)
    assert direct == first_frame(plain, who, topic)
    assert b'"snapshot"' in direct and direct.count("đ".encode()) == size


def test_daphne_is_written_to_directly(
    server: Server, plain: Server, toy: Toy, guest: Callable[..., Guest], tab: OpenTab, topic: str
) -> None:
    """Fails when a new Daphne, Twisted or Autobahn no longer looks as `DirectWire` knows it."""
    who = guest()
    toy.seat(topic, who.person.pk, "delegate")
    for one, wire in ((server, "DirectWire"), (plain, "AsgiWire")):
        tab(one, who, topic)
        wait_for(lambda one=one, wire=wire: wire in one.act("wires"))
        assert set(one.act("wires")) == {wire}


def test_unknown_server_gets_plain_asgi() -> None:
    async def send(message: Any) -> None:
        """Some other server's."""

    assert isinstance(wire_for(send), AsgiWire)


async def test_busy_plain_wire_takes_nothing_more() -> None:
    import asyncio

    gate, sent = asyncio.Event(), []

    async def send(message: Any) -> None:
        await gate.wait()
        sent.append(message)

    wire = AsgiWire(send)
    assert wire.offer(Packet({"n": 1}))
    await asyncio.sleep(0)
    assert not wire.offer(Packet({"n": 2}))
    gate.set()
    await wire.settled()
    assert wire.offer(Packet({"n": 3}))
    await wire.settled()
    assert [message["text"] for message in sent] == ['{"n":1}', '{"n":3}']
