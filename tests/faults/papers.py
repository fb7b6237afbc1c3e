"""Somebody who lays papers before the items while things go wrong, and what must have become of them."""

import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from intranet.files.models import Content, PageText, StoredFile
from intranet.files.queries import path_of
from meetings.models import Paper
from tests.faults.rooms import Room
from tests.faults.writers import Done, Writer

SETTLING = 90.0
"""Seconds the worker has to read what was left when the trouble ended."""


def small_pdf(word: str, pages: int = 2) -> bytes:
    """A PDF of a few pages that no other is equal to."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    held = BytesIO()
    canvas = Canvas(held, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 720, f"{word} {number}")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


@dataclass
class Librarian(Writer):
    """Uploads a new paper through the preparation page, the same one until an answer comes."""

    def act(self) -> None:
        command = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        item = self.rng.choice(self.room.items).pk
        self.upload(command, item, f"paper {command}.pdf", small_pdf(command))

    def upload(self, command: str, item: int, name: str, content: bytes, give_up: float = 120.0) -> str:
        """Returns "" or the sentence with which it was refused."""
        boundary = "b" * 30
        fields = {"command": command, "item": str(item)}
        head = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        head += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="papers"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        began, attempts = time.monotonic(), 0
        while True:
            attempts += 1
            status, text = self.post(
                f"/hop/{self.room.ref}/chuan-bi/add_paper/", body, f"multipart/form-data; boundary={boundary}"
            )
            if status in (200, 302):
                facts = {"name": name, "item": item}
                # The form takes several files and numbers each from the number of the whole.
                own = str(uuid.uuid5(uuid.UUID(command), f"0:{name}"))
                self.confirmed.append(Done(own, "add_paper", facts, {}, attempts))
                self.slowest = max(self.slowest, time.monotonic() - began)
                return ""
            if status in (400, 409, 507):
                return str(json.loads(text)["error"]) if text.startswith("{") else text
            assert status in (0, 500, 502, 503, 504), f"upload: {status} {text[:300]}"
            assert time.monotonic() - began < give_up, f"an upload got no answer in {give_up:.0f} s"
            time.sleep(self.rng.uniform(0.1, 0.5))


def check_papers(room: Room, confirmed: Sequence[Done]) -> int:
    """Every confirmed paper is there once, its bytes are on disk, and it has been read to its last page."""
    names = {done.facts["name"] for done in confirmed if done.act == "add_paper"}
    laid = list(
        Paper.objects.filter(item__meeting=room.meeting, stored_file__name__startswith="paper ").values_list(
            "stored_file__name", flat=True
        )
    )
    assert len(laid) == len(set(laid)), "a paper was laid twice"
    assert names == set(laid), f"{len(names - set(laid))} confirmed papers are lost"
    stored = StoredFile.objects.filter(name__in=names)
    assert stored.count() == len(names), "an upload was stored twice"
    until = time.monotonic() + SETTLING
    while True:
        contents = list(Content.objects.filter(files__in=stored).distinct())
        unread = [one for one in contents if not _is_read(one)]
        if not unread:
            break
        assert time.monotonic() < until, (
            f"{len(unread)} of {len(contents)} papers were never read to their end"
        )
        time.sleep(1)
    assert all(path_of(one.digest).stat().st_size == one.size for one in contents)
    return len(contents)


def _is_read(content: Content) -> bool:
    pages = PageText.objects.filter(content=content).count()
    return content.state == Content.State.READY and pages == len(content.pages)
