"""The simulated tablet's end of a WebSocket reads what a server may send, in whatever pieces it arrives."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.live.frames import Packet
from meetings.rehearsal.websocket import Line, handshake

AGREED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_aborted = False

    def write(self, data: bytes) -> None:  # type: ignore[override]
        self.written += data

    def abort(self) -> None:
        self.is_aborted = True

    def close(self) -> None:
        self.is_aborted = True


def heard(pieces: list[bytes]) -> tuple[list[bytes], Wire]:
    """The messages a line makes of these pieces, and what it did on the wire."""

    async def listen() -> tuple[list[bytes], Wire]:
        messages: list[bytes] = []
        line, wire = Line(b"", messages.append, lambda: None), Wire()
        line.connection_made(wire)
        for piece in pieces:
            line.data_received(piece)
        if not line.opened.done():
            line.opened.cancel()
        return messages, wire

    return asyncio.run(listen())


@given(st.lists(st.text(max_size=400), max_size=5), st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_messages_arrive_whole_however_they_are_cut(texts: list[str], sizes: list[int]) -> None:
    packets = [Packet({"t": text}) for text in texts]
    stream = AGREED + b"".join(packet.frame for packet in packets)
    pieces, place = [], 0
    while place < len(stream):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(stream[place : place + size])
        place += size
    assert heard(pieces)[0] == [packet.body for packet in packets]


@pytest.mark.parametrize("size", [125, 126, 65_535, 65_536])
def test_every_length_of_frame_is_read(size: int) -> None:
    packet = Packet({"t": "a" * size})
    assert heard([AGREED + packet.frame])[0] == [packet.body]


def test_message_in_fragments_is_put_together() -> None:
    assert heard([AGREED, b"\x01\x02ab", b"\x80\x01c"])[0] == [b"abc"]


def test_ping_is_answered_and_masked() -> None:
    _messages, wire = heard([AGREED + b"\x89\x02hi"])
    assert wire.written[0] == 0x8A
    assert wire.written[1] == 0x82
    mask, body = wire.written[2:6], wire.written[6:]
    assert bytes(byte ^ mask[place % 4] for place, byte in enumerate(body)) == b"hi"


@pytest.mark.parametrize("bad", [b"HTTP/1.1 403 Forbidden\r\n\r\n", AGREED + b"\x81\xff" + b"\xff" * 8])
def test_refusal_and_nonsense_end_the_line(bad: bytes) -> None:
    assert heard([bad])[1].is_aborted


def test_handshake_names_the_version_and_a_fresh_key() -> None:
    one, other = handshake("/live/", {"Host": "a"}), handshake("/live/", {"Host": "a"})
    assert b"Sec-WebSocket-Version: 13\r\n" in one
    assert one != other
