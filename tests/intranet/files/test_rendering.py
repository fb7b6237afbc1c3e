"""Hostile and foreign documents: each opens or is refused with a sentence, and the server does not feel
it."""

import io
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from intranet.files import queries, rules
from intranet.files.models import Content, PageText
from intranet.files.rendering import limits, pages
from intranet.files.rendering.pool import Busy, Pool, Refused, SingleFlight
from intranet.lib.errors import RuleBroken
from tests.factories.files import (
    assembled,
    image_bomb,
    looping,
    pdf,
    png,
    slow_page,
    stream_bomb,
    with_password,
)

FOREIGN = Path(__file__).resolve().parents[4] / "shared" / "data" / "pdf"
MADE = {
    "text.pdf": pdf(),
    "truncated.pdf": pdf()[:400],
    "password.pdf": with_password(),
    "looping.pdf": looping(),
    "image-bomb.pdf": image_bomb(),
    "html.pdf": b"<!doctype html><title>x</title>",
    "nothing.pdf": b"",
    "no-pages.pdf": assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    ),
}
# The foreign corpus lies beside the repository where it is developed.
EVERY = sorted(p.name for p in FOREIGN.glob("*.pdf")) if FOREIGN.is_dir() else []


def in_use() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.fixture
def pool():
    pool = Pool(1)
    yield pool
    pool.close()


@pytest.fixture
def saved(tmp_path):
    def saved(data: bytes) -> str:
        path = tmp_path / "document"
        path.write_bytes(data)
        return str(path)

    return saved


@pytest.mark.parametrize("name", [*EVERY, *MADE])
def test_document_opens_with_every_page_or_is_refused_with_a_sentence(put, name):
    data = MADE[name] if name in MADE else (FOREIGN / name).read_bytes()
    try:
        file = put(data, name)
    except RuleBroken as broken:
        assert str(broken.message).endswith(".")
        assert name not in ("text.pdf", "freeculture.pdf")
        return
    content = file.content
    assert content.state == "ready"
    for index in range(min(len(content.pages), 2)):
        image = Image.open(io.BytesIO(queries.page_image(content, index, 620)))
        width, height = content.pages[index]
        assert image.width == 620
        assert image.height == pytest.approx(620 * height / width, abs=1)


HOSTILE = {
    "stream bomb": (stream_bomb, ("memory", "slow", "broken")),
    "slow": (slow_page, ("slow",)),
    "password": (with_password, ("password",)),
    "truncated": (lambda: pdf()[:400], ("broken",)),
    "nothing": (lambda: b"%PDF-1.7 nothing", ("broken",)),
    "huge page": (lambda: pdf(size=(900_000, 900_000)), ("page_size",)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_costs_one_child_and_no_memory_here(put, on_disk, monkeypatch, name):
    monkeypatch.setattr(limits, "CHILD_CPU", 2)
    make, reasons = HOSTILE[name]
    data = make()
    before = in_use()
    with pytest.raises(RuleBroken) as caught:
        put(data)
    assert str(caught.value.message) in [rules.sentence(code) for code in reasons]
    assert in_use() - before < 30 * 2**20
    assert on_disk() == []
    assert put(pdf(b"0 0 m 9 9 l S")).content.state == "ready"


def test_picture_of_too_many_pixels_is_refused_by_its_header(put):
    before, start = in_use(), time.monotonic()
    with pytest.raises(RuleBroken) as caught:
        put(png(20_000, 20_000, pixels=False), "a.png")
    assert str(caught.value.message) == rules.sentence("pixels")
    assert time.monotonic() - start < 3
    assert in_use() - before < 20 * 2**20


@pytest.mark.parametrize(
    "data", [png(60, 40)[:60], png(60, 40, pixels=False), b"\xff\xd8\xff\xe0 no picture"]
)
def test_damaged_picture_is_refused(put, data):
    with pytest.raises(RuleBroken) as caught:
        put(data, "a.png" if data.startswith(b"\x89") else "a.jpg")
    assert str(caught.value.message) == rules.sentence("broken")


def test_picture_is_shown_upright_and_never_enlarged(put):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (300, 100), "red").save(out, "JPEG", exif=exif)
    content = put(out.getvalue(), "anh.jpg").content
    assert content.pages == [[75.0, 225.0]]
    assert Image.open(io.BytesIO(queries.page_image(content, 0, 2480))).size == (100, 300)


def test_transparent_picture_stands_on_white(put):
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    image = Image.open(io.BytesIO(queries.page_image(put(out.getvalue(), "a.png").content, 0, 320))).convert(
        "RGB"
    )
    assert min(image.getpixel((20, 20))) > 250


def test_page_image_is_capped_and_turned_as_the_page_is(put):
    content = put(pdf(b"", extra=b"/Rotate 90")).content
    assert content.pages == [[842.0, 595.0]]
    image = Image.open(io.BytesIO(queries.page_image(content, 0, 2480)))
    assert image.width > image.height
    assert image.width * image.height <= limits.MAX_PIXELS_DRAWN * 1.01


@pytest.mark.parametrize(
    ("turn", "box"),
    [(0, (72, 842 - 700)), (90, (700, 72)), (180, (595 - 72, 700)), (270, (842 - 700, 595 - 72))],
)
def test_text_stands_where_the_page_shows_it(put, turn, box):
    content = put(pdf(b"BT /F1 20 Tf 72 700 Td (Hoi dong) Tj ET", extra=b"/Rotate %d" % turn)).content
    (line,) = queries.page_text(content, 0)
    assert line[4] == "Hoi dong"
    assert (line[6] if len(line) > 6 else 0) == turn // 90
    assert box[0] - 21 <= line[0 if turn in (0, 90, 270) else 2] <= box[0] + 21
    assert box[1] - 21 <= line[1 if turn in (0, 90, 180) else 3] <= box[1] + 21


def test_page_of_writing_is_kept_without_loss_and_a_coloured_one_small(put):
    writing = b"BT /F1 12 Tf 72 %d Td (Can cu Luat To chuc chinh quyen dia phuong) Tj ET\n"
    grey = put(pdf(b"".join(writing % y for y in range(100, 780, 16)))).content
    coloured = put(pdf(b"1 0 0 rg 0 0 300 800 re f")).content
    assert queries.page_image(grey, 0, 1240)[12:16] == b"VP8L"
    assert queries.page_image(coloured, 0, 1240)[12:16] == b"VP8 "
    assert len(queries.page_image(grey, 0, 1240)) < 120 * 1024


def test_child_holds_no_files_of_ours_and_ends_with_us(tmp_path):
    (tmp_path / "x.pdf").write_bytes(pdf())
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time, os\n"
            "held = open(sys.argv[1], 'rb'); os.set_inheritable(held.fileno(), True)\n"
            "from intranet.files.rendering.pool import Pool\n"
            "pool = Pool(1); pool.ask('measure', sys.argv[1], 'pdf')\n"
            "print(pool.pids()[0], flush=True); time.sleep(60)",
            str(tmp_path / "x.pdf"),
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    child = int(parent.stdout.readline())
    held = [os.readlink(f"/proc/{child}/fd/{fd}") for fd in os.listdir(f"/proc/{child}/fd")]
    assert sorted({link.split(":")[0] for link in held}) in (
        ["/dev/null", "pipe"],
        ["/dev/null", str(tmp_path / "x.pdf"), "pipe"],
    )
    assert os.getpgid(child) == child
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        if "State:\tZ" in Path(f"/proc/{child}/status").read_text():
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{child}").exists()


def test_child_killed_by_someone_else_is_replaced(pool, saved):
    path = saved(pdf())
    pool.ask("measure", path, "pdf")
    (child,) = pool.pids()
    os.kill(child, signal.SIGKILL)
    time.sleep(0.2)
    assert pool.ask("measure", path, "pdf")
    assert pool.pids() != [child]


def test_child_is_replaced_after_its_share_of_requests(pool, saved, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_REQUESTS", 2)
    path = saved(pdf())
    pool.ask("measure", path, "pdf")
    first = pool.pids()
    pool.ask("measure", path, "pdf")
    assert pool.pids() == []
    pool.ask("measure", path, "pdf")
    assert pool.pids() != first


def test_request_that_finds_no_free_child_in_time_is_told_so(pool, saved):
    path, told = saved(slow_page()), []

    def slow():
        try:
            pool.ask("draw", path, "pdf", page=0, width=620, wall=2)
        except (Busy, Refused) as error:
            told.append(error)

    first = threading.Thread(target=slow)
    first.start()
    time.sleep(0.3)
    start = time.monotonic()
    with pytest.raises(Busy):
        pool.ask("measure", path, "pdf", patience=0.2)
    assert time.monotonic() - start < 1.5
    first.join()
    assert len(told) == 1
    assert pool.ask("measure", path, "pdf")


def test_many_readers_of_one_page_draw_it_once():
    flight, calls, answers = SingleFlight(), [], []

    def work():
        calls.append(1)
        time.sleep(0.2)
        return b"page"

    threads = [threading.Thread(target=lambda: answers.append(flight.do("k", work, 5))) for _ in range(20)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert answers == [b"page"] * 20
    assert len(calls) == 1


def test_failed_drawing_fails_for_everyone_who_waited_and_is_tried_anew_later():
    flight, told = SingleFlight(), []

    def work():
        time.sleep(0.1)
        raise Refused("slow")

    def one():
        try:
            flight.do("k", work, 5)
        except Refused as refused:
            told.append(refused.reason)

    threads = [threading.Thread(target=one) for _ in range(3)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert told == ["slow"] * 3
    assert flight.do("k", lambda: b"now", 5) == b"now"


def test_cache_forgets_the_longest_unused_images(put, files_root):
    contents = [put(pdf(b"%d 0 m 9 9 l S" % n)).content for n in range(3)]
    places = [pages._place(c.digest, 0, pages.FIRST_WIDTH) for c in contents]
    for age, place in enumerate(reversed(places)):
        os.utime(place, (time.time() - 1000 * (age + 1),) * 2)
    total = sum(p.stat().st_size for p in places)
    pages.sweep(total - 1)
    assert [p.exists() for p in places] == [False, True, True]


def test_next_pages_are_drawn_ahead(put):
    content = put(pdf(b"1 0 m 9 9 l S", b"2 0 m 9 9 l S", b"3 0 m 9 9 l S")).content
    queries.page_image(content, 0, 620)
    until = time.monotonic() + 10
    while pages.kept(content.digest, 2, 620) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert pages.kept(content.digest, 1, 620)
    assert pages.kept(content.digest, 2, 620)


def test_memory_stays_flat_over_300_pages(pool, saved):
    streams = [b"BT /F1 12 Tf 72 %d Td (Trang so %d) Tj ET" % (n % 700, n) for n in range(300)]
    path = saved(pdf(*streams))
    here, child = in_use(), []
    for index in range(300):
        pool.ask("draw", path, "pdf", page=index, width=320)
        if index % 50 == 49:
            (pid,) = pool.pids()
            child.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize())
    assert child[-1] - child[0] < 20 * 2**20
    assert in_use() - here < 20 * 2**20


def test_nightly_check_reads_on_what_was_left_unread(put, capsys):
    content = put(pdf(b"", b"")).content
    Content.objects.update(stored_at="2020-01-01T00:00Z")
    call_command("files", "check")
    assert f"queued  {content.digest}" in capsys.readouterr().out
    PageText.objects.bulk_create([PageText(content=content, index=n, engine="x") for n in range(2)])
    Content.objects.update(view_digest=content.digest)
    call_command("files", "check")
    assert "queued" not in capsys.readouterr().out


def test_text_outside_the_visible_page_is_left_out_and_spaces_do_not_break_lines(put):
    stream = b"BT /F1 20 Tf 72 700 Td (Kinh  gui) Tj ET BT /F1 20 Tf -300 600 Td (an) Tj ET"
    lines = queries.page_text(put(pdf(stream)).content, 0)
    assert [" ".join(line[4].split()) for line in lines] == ["Kinh gui"]
    assert lines[0][5] == sorted(lines[0][5])


def test_page_of_nothing_but_spaces_has_no_lines(put):
    stream = b"BT /F1 1 Tf 72 700 Td (" + b" " * 50_000 + b") Tj ET"
    assert queries.page_text(put(pdf(stream)).content, 0) == []
