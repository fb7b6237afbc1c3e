"""Files with bytes changed, cut and repeated: taken in or refused with a sentence, and nothing dies."""

import http.client
import io
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from intranet.files.models import Content
from tests.factories.files import docx, pdf
from tests.faults.house import House
from tests.faults.papers import small_pdf
from tests.faults.rooms import CSRF, cookie_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LARGEST = 300_000
"""Of the foreign files only the small ones are changed: a change tells more of them."""
QUICK = ("pdf", "txt", "png", "jpg", "webp")
OFFICE = 0.03
"""The share of office documents: each that is taken in costs seconds of LibreOffice."""
SETTLING = 3600.0


def originals() -> dict[str, bytes]:
    """Whole files of every kind by name; foreign ones where they lie beside the repository."""
    picture = Image.effect_noise((90, 60), 60).convert("RGB")
    found = {
        "a.pdf": pdf(),
        "b.pdf": small_pdf("giấy", 3),
        "c.docx": docx(),
        "d.txt": "Biên bản kỳ họp thứ ba".encode(),
    }
    for name, kind in (("e.png", "PNG"), ("f.jpg", "JPEG"), ("g.webp", "WEBP")):
        out = io.BytesIO()
        picture.save(out, kind)
        found[name] = out.getvalue()
    for path in sorted(DATA.glob("*/*.*")) if DATA.is_dir() else []:
        if path.parent.name in ("pdf", "office") and path.stat().st_size <= LARGEST:
            found[path.name] = path.read_bytes()
    return found


def changed(data: bytes, rng: random.Random) -> bytes:
    """A few bytes other than they were, a piece missing, doubled or from elsewhere."""
    body = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        if not body:
            break
        at, size = rng.randrange(len(body)), rng.choice((1, 1, 2, 8, 64, 700))
        way = rng.random()
        if way < 0.5:
            body[at : at + size] = rng.randbytes(size)
        elif way < 0.65:
            del body[at : at + size]
        elif way < 0.8:
            body[at:at] = body[at : at + size]
        elif way < 0.95:
            body[at] ^= 1 << rng.randrange(8)
        else:
            del body[at:]
    return bytes(body)


def mutations(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` changed files with their names."""
    rng = random.Random(seed)  # noqa: S311
    known = originals()
    office = [name for name in sorted(known) if name.rpartition(".")[2] not in QUICK]
    others = [name for name in sorted(known) if name not in office]
    for _ in range(count):
        name = rng.choice(office if rng.random() < OFFICE else others)
        yield name, changed(known[name], rng)


def send_all(house: House, count: int, seed: int, tell: Callable[[str], None]) -> dict[str, object]:
    """The trial. Raises at the first violation."""
    from tests.factories.organization import PersonFactory

    cookie = cookie_of(PersonFactory(username=f"tai-{uuid.uuid4().hex[:8]}"))
    worker = house.worker
    assert worker is not None and worker.process is not None
    pids = [part.process.pid for part in (worker, *house.webs) if part.process]
    kept = refused = 0
    slowest = 0.0
    for number, (name, data) in enumerate(mutations(count, seed)):
        began = time.monotonic()
        status, text = _send(house.ports[number % len(house.ports)], cookie, name, data)
        slowest = max(slowest, time.monotonic() - began)
        assert status in (200, 400), f"{name}, number {number} of seed {seed}: {status} {text[:200]}"
        answer = json.loads(text)
        kept, refused = kept + (status == 200), refused + (status == 400)
        assert status == 200 or answer["error"].endswith("."), answer
        if number % 500 == 499:
            tell(f"{number + 1} sent, {kept} kept")
    until = time.monotonic() + SETTLING
    while waiting := Content.objects.filter(state=Content.State.WAITING).count():
        assert time.monotonic() < until, f"{waiting} files were never decided"
        time.sleep(1)
    now = [part.process.pid for part in (worker, *house.webs) if part.process and part.is_alive]
    assert now == pids, "a process has ended"
    return {"sent": count, "kept": kept, "refused": refused, "slowest answer (s)": round(slowest, 1)}


def _send(port: int, cookie: str, name: str, data: bytes) -> tuple[int, str]:
    boundary = uuid.uuid4().hex
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    body += data + f"\r\n--{boundary}--\r\n".encode()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": cookie,
        "X-CSRFToken": CSRF,
    }
    try:
        line.request("POST", "/tep/tai-len/", body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()
