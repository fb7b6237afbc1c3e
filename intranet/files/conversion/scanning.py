"""ClamAV asked through its socket, if an installation has one. What it does not answer is never "clean"."""

import contextlib
import datetime
import re
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

CHUNK = 256 * 1024
SECONDS = 60.0
_DATED = re.compile(r"/\d+/(\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4})")


class Unanswered(Exception):
    """The scanner is absent, out of date, or could not look at this file: nothing is known. The argument says
    which, for the log."""


def is_configured() -> bool:
    """Whether this installation wants files scanned."""
    return bool(settings.CLAMD_SOCKET)


def finds(path: Path) -> str:
    """The name of what the scanner finds in the file, "" when it is clean. Raises Unanswered."""
    check()
    with _line() as line, open(path, "rb") as file:
        try:
            line.sendall(b"zINSTREAM\0")
            while part := file.read(CHUNK):
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # It has said why, and that can still be read.
        told = _told(line)
    if told.endswith(" FOUND"):
        return told.removeprefix("stream: ").removesuffix(" FOUND")
    if told == "stream: OK":
        return ""
    raise Unanswered(told or "no answer")


def check() -> None:
    """Raises Unanswered when no scanner answers or what it knows is older than CLAMD_MAX_AGE_DAYS."""
    with _line() as line:
        line.sendall(b"zVERSION\0")
        told = _told(line)
    if not told.startswith("ClamAV"):
        raise Unanswered(told or "no answer")
    oldest = settings.CLAMD_MAX_AGE_DAYS
    if not oldest:
        return
    dated = _DATED.search(told)
    if dated is None:
        raise Unanswered("no signatures with a date")
    made = datetime.datetime.strptime(dated[1], "%a %b %d %H:%M:%S %Y").replace(tzinfo=datetime.UTC)
    if timezone.now() - made > datetime.timedelta(days=oldest):
        raise Unanswered(f"signatures of {made:%Y-%m-%d}")


@contextlib.contextmanager
def _line() -> Iterator[socket.socket]:
    """A connection to the scanner; what goes wrong on it is Unanswered."""
    try:
        line = _connected(str(settings.CLAMD_SOCKET))
    except (OSError, ValueError) as problem:
        raise Unanswered("not reached") from problem
    try:
        yield line
    except OSError as problem:
        raise Unanswered("connection lost") from problem
    finally:
        line.close()


def _connected(address: str) -> socket.socket:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(address)
    except BaseException:
        line.close()
        raise
    return line


def _told(line: socket.socket) -> str:
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while not received.endswith(b"\0") and (part := line.recv(4096)):
            received += part
    return received.rstrip(b"\0").decode("utf-8", "replace").strip()
