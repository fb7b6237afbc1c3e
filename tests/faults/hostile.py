"""Clients that mean harm, beside a meeting that goes on undisturbed."""

import os
import random
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from meetings.models import Role
from tests.faults.crowd import Tablet, crowd
from tests.faults.house import House
from tests.faults.laws import check_store
from tests.faults.rooms import Room, Sitter, make_room
from tests.faults.writers import Chair, Work

TEXT, BINARY, PING = 1, 2, 9


@dataclass(frozen=True)
class Size:
    """How much of it."""

    flood: int
    """Tiny frames from each of three sockets."""
    lorises: int
    """Handshakes that never come to their end."""
    sockets: int
    """Opened by one person."""
    megabytes: int
    """Of one message without an end."""
    witnesses: int


SMALL = Size(flood=3_000, lorises=40, sockets=14, megabytes=4, witnesses=3)
LONG = Size(flood=100_000, lorises=400, sockets=100, megabytes=64, witnesses=20)

BAD_TEXTS = [
    "",
    "{",
    "[" * 60_000,
    '{"a":' * 10_000,
    "9" * 60_000,
    "null",
    '"beat"',
    "[]",
    '{"t":"vote.cast","ballot":1}',
    '{"t":"resume","epoch":5,"revision":"x"}',
    '{"t":"resume","epoch":"1","revision":NaN}',
    '{"t":"resume","epoch":"1","revision":1e999}',
    '{"t":"resume","epoch":"1","revision":-9007199254740991}',
    '{"t":"resume","epoch":"1","revision":99999999999999999999999}',
    '{"t":"resume","epoch":"\\ud800","revision":1}',
    '{"t":"resume","epoch":"\\u0000","revision":1}',
    '{"t":"resume","epoch":true,"revision":true}',
    '{"t":"beat","c":NaN}',
    '{"t":"beat","c":-Infinity}',
    '{"t":"beat","c":1e999}',
    '{"t":"beat","c":' + "9" * 4_000 + "}",
    '{"t":"beat","c":true}',
    '{"t":"beat","c":"\\ud800"}',
    '{"t":"beat"}',
]
BAD_REFS = ["x", "0", "-1", "1_0", "9" * 80, "9" * 19, "a" * 80, "__", "0x10", "1e5", "-"]
BAD_ADDRESSES = [
    "/live/meeting/" + "a" * 4000 + "/",
    "/live/meeting/%2e%2e/",
    "/live/meeting/%00/",
    "/live/meeting/%ff/",
    "/live/meeting//",
    "/live/%E1%BB%99/x/",
    "/live/",
    "/",
    "/live/meeting/x/events",
]


class Caller:
    """A WebSocket client without manners: it writes frames byte by byte as it likes."""

    def __init__(self, port: int, cookie: str, path: str, origin: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        own = f"http://127.0.0.1:{port}"
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Origin: {origin or own}\r\nCookie: {cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode("latin1")
        )
        self.head = b""
        while b"\r\n\r\n" not in self.head:
            piece = self.socket.recv(4096)
            if not piece:
                break
            self.head += piece

    @property
    def status(self) -> int:
        """Of the handshake; 0 when it was not even answered."""
        return int(self.head.split(b" ")[1]) if self.head else 0

    def frame(self, payload: bytes, kind: int = TEXT, *, final: bool = True, rsv: int = 0) -> bytes:
        size = len(payload)
        head = bytes([(0x80 if final else 0) | rsv | kind])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        return head + b"\0\0\0\0" + payload

    def send(self, payload: bytes | str, kind: int = TEXT, **options: int) -> bool:
        """False when the other side has had enough."""
        given = payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
        return self.raw(self.frame(given, kind, **options))  # type: ignore[arg-type]

    def raw(self, data: bytes) -> bool:
        """Bytes as they are."""
        try:
            self.socket.sendall(data)
        except OSError:
            return False
        return True

    def close_code(self, seconds: float = 10.0) -> int | None:
        """What the server said when it closed; 1006 without a word, None when it did not close in time."""
        until = time.monotonic() + seconds
        held = self.head.partition(b"\r\n\r\n")[2]
        with suppress(OSError):
            while (rest := until - time.monotonic()) > 0:
                self.socket.settimeout(rest)
                piece = self.socket.recv(65536)
                held += piece
                while len(held) >= 2:
                    size, start = held[1] & 0x7F, 2
                    if size == 126:
                        size, start = struct.unpack(">H", held[2:4].ljust(2, b"\0"))[0], 4
                    elif size == 127:
                        size, start = struct.unpack(">Q", held[2:10].ljust(8, b"\0"))[0], 10
                    if len(held) < start + size:
                        break
                    if held[0] & 0x0F == 8:
                        return int(struct.unpack(">H", held[start : start + 2])[0]) if size >= 2 else 1005
                    held = held[start + size :]
                if not piece:
                    return 1006
            return None
        return 1006

    def hang_up(self) -> None:
        self.socket.close()


def attack(house: House, size: Size, seed: int) -> dict[str, object]:
    """The trial: every attack while a chair acts and witnesses look. Raises at the first violation."""
    rng = random.Random(seed)  # noqa: S311
    room = make_room(delegates=size.witnesses + 2)
    villain, hoarder, *rest = room.sitters[Role.DELEGATE]
    before = [web.memory() for web in house.webs]
    figures: dict[str, object] = {}
    port = house.ports[0]
    tablets = [
        Tablet(f"witness-{n}", f"http://127.0.0.1:{port}", room.ref, one.cookie) for n, one in enumerate(rest)
    ]
    with crowd(tablets, kind="meeting", watch=["stage"]) as tabs:
        tabs.wait_live(60)
        chair = Chair(room, room.one(Role.CHAIR), house.ports, random.Random(seed))  # noqa: S311
        other = Chair(room, room.one(Role.SECRETARY), house.ports, rng)
        work = Work([chair], pause=lambda _: 0.05)
        work.start()
        try:
            figures["foreign origins"] = _foreign_origins(port, room, villain)
            figures["bad texts"] = _bad_texts(port, room, villain)
            figures["bad frames"] = _bad_frames(port, room, villain, size.megabytes)
            figures["bad addresses"] = _bad_addresses(port, villain)
            figures["open of one person"] = _many_sockets(port, room, hoarder, size.sockets)
            lorises = [_loris(port, rng) for _ in range(size.lorises)]
            threads = [
                threading.Thread(target=_flood, args=(port, room, villain, size.flood)) for _ in range(3)
            ]
            for thread in threads:
                thread.start()
            began = time.monotonic()
            done = other.send("show_page", paper=room.papers[0].pk, page=1)
            assert done is not None
            tabs.wait(lambda seen: all(one["state"] == "live" for one in seen), 10, "witnesses stay live")
            figures["an act in the flood"] = f"{time.monotonic() - began:.2f} s"
            for thread in threads:
                thread.join(120)
                assert not thread.is_alive(), "a flood is still being swallowed"
            for loris in lorises:
                with suppress(OSError):
                    loris.send(b"X")
                loris.close()
        finally:
            confirmed = [*work.finish(), *other.confirmed]
            other.hang_up()
        tabs.wait_equal(room.fresh, 20)
        report = tabs.report()
    assert all(one["opened"] == 1 for one in report["tablets"]), "a witness lost its connection"
    assert not report["violations"], report["violations"][:5]
    check_store(room, confirmed)
    grown = max(web.memory() - old for web, old in zip(house.webs, before, strict=True)) // 1024
    figures["memory grown"] = f"{grown} MB"
    assert grown < 60, f"a web process grew by {grown} MB"
    for line in house.logs().splitlines():
        assert "Traceback" not in line and " ERROR " not in line, f"the log says: {line}"
    return figures


def _foreign_origins(port: int, room: Room, who: Sitter) -> int:
    own = f"127.0.0.1:{port}"
    foreign = [
        f"https://{own}",
        "http://127.0.0.1:1",
        f"http://{own}.evil.example",
        "null",
        "http://127.0.0.1",
    ]
    foreign += [f"http://evil.example@{own}", f"http://{own}/", f"ws://{own}", f"HTTP://{own}\x0b"]
    for origin in foreign:
        caller = Caller(port, who.cookie, f"/live/meeting/{room.ref}/", origin)
        assert caller.status in (0, 400, 403), f"{origin!r} was let in: {caller.status}"
        caller.hang_up()
    return len(foreign)


def _bad_texts(port: int, room: Room, who: Sitter) -> int:
    for text in BAD_TEXTS:
        caller = Caller(port, who.cookie, f"/live/meeting/{room.ref}/")
        assert caller.status == 101
        caller.send('{"t":"resume"}')
        for _ in range(7):
            if not caller.send(text):
                break
        caller.raw(caller.frame(b"", 8))  # goodbye, for those texts that are no mistake
        assert caller.close_code() in (4400, 1000, 1005, 1006), f"{text[:60]} left the socket open"
        caller.hang_up()
    return len(BAD_TEXTS)


def _bad_frames(port: int, room: Room, who: Sitter, megabytes: int) -> int:
    """What is no text at all; each must end the connection and nothing else."""

    def endless(caller: Caller) -> None:
        caller.send(b"{", TEXT, final=False)
        for _ in range(megabytes * 16):
            if not caller.send(b"x" * 65536, 0, final=False):
                return

    attacks = {
        "invalid UTF-8": lambda caller: caller.send(b'{"t":"beat","c":"\xff\xfe"}'),
        "binary": lambda caller: [caller.send(b"\0" * 100, BINARY) for _ in range(7)],
        "2 MiB": lambda caller: caller.send(b"x" * (2 << 20)),
        "70 KB": lambda caller: caller.send(b'{"t":"resume","epoch":"' + b"x" * 70_000 + b'","revision":1}'),
        "a size that lies": lambda caller: caller.raw(b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"\0\0\0\0"),
        "reserved bits": lambda caller: caller.send(b"{}", TEXT, rsv=0x70),
        "reserved kind": lambda caller: caller.send(b"{}", 5),
        "no mask": lambda caller: caller.raw(b"\x81\x02{}"),
        "a ping of 200 bytes": lambda caller: caller.send(b"x" * 200, PING),
        "a continuation of nothing": lambda caller: caller.send(b"x", 0),
        "without an end": endless,
        "rubbish": lambda caller: caller.raw(os.urandom(2000)),
    }
    for name, act in attacks.items():
        caller = Caller(port, who.cookie, f"/live/meeting/{room.ref}/")
        assert caller.status == 101
        caller.send('{"t":"resume"}')
        act(caller)
        code = caller.close_code()
        assert code is not None and code != 1011, f"{name}: {code}"
        caller.hang_up()
    return len(attacks)


def _bad_addresses(port: int, who: Sitter) -> int:
    refs = [f"/live/{kind}/{ref}/" for kind in ("mailbox", "meeting", "nothing") for ref in BAD_REFS]
    for path in [*refs, *BAD_ADDRESSES]:
        caller = Caller(port, who.cookie, path)
        assert caller.status in (0, 101, 400, 403, 404, 414), f"{path[:60]}: {caller.status}"
        if caller.status == 101:
            caller.raw(caller.frame(b"", 8))
            assert caller.close_code() in (4404, 1000, 1005, 1006), f"{path[:60]} stayed open"
        caller.hang_up()
    return len(refs) + len(BAD_ADDRESSES)


def _many_sockets(port: int, room: Room, who: Sitter, count: int) -> int:
    """The oldest make room, and are told why."""
    callers = [Caller(port, who.cookie, f"/live/meeting/{room.ref}/") for _ in range(count)]
    codes = [caller.close_code(1.0) for caller in callers[: count - 10]]
    assert set(codes) == {4409}, f"the oldest were told {sorted(set(map(str, codes)))}"
    still = [caller for caller in callers[count - 10 :] if caller.send('{"t":"beat","c":1}')]
    for caller in callers:
        caller.hang_up()
    return len(still)


def _loris(port: int, rng: random.Random) -> socket.socket:
    """A handshake that begins and does not go on."""
    loris = socket.create_connection(("127.0.0.1", port), 10)
    head = f"GET /live/meeting/x/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    loris.sendall(head[: rng.randint(1, len(head))].encode())
    return loris


def _flood(port: int, room: Room, who: Sitter, count: int) -> None:
    """Tiny frames as fast as they go, coming back whenever thrown out."""
    left = count
    while left > 0:
        with suppress(OSError):
            caller = Caller(port, who.cookie, f"/live/meeting/{room.ref}/")
            burst = b"".join(caller.frame(b'{"t":"beat","c":1}') for _ in range(500))
            while left > 0 and caller.raw(burst):
                left -= 500
            caller.hang_up()
        left -= 500
