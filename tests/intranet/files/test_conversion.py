"""What is shown in an original's place: converted, cleaned, read. The real programs, confined."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from PIL import Image, ImageDraw, ImageFont

from intranet.files import actions, queries, rules
from intranet.files.conversion import cleaning, job, scans
from intranet.files.models import Content, PageText
from intranet.lib.errors import RuleBroken
from tests.factories.files import assembled, docx, pdf

OFFICE = Path(__file__).resolve().parents[4] / "shared" / "data" / "office"
EVERY = sorted(p.name for p in OFFICE.glob("*")) if OFFICE.is_dir() else []
MADE = "made here.docx"
SENTENCE = "Điều 1. Nghị quyết về dự toán ngân sách xã, phường"
FONT = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts" / "tinos-400-normal.ttf"


@pytest.fixture
def with_office(settings):
    settings.SOFFICE = ""


def word(*paragraphs: str, relations: str = "", more: str = "") -> bytes:
    """A Word document that says these paragraphs in Times New Roman."""
    body = "".join(
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
        f"<w:t>{text}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": f"<w:document {spaces}><w:body>{body}{more}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def words_of(content: Content) -> str:
    return " ".join(line[4] for row in content.texts.order_by("index") for line in row.lines)


@pytest.mark.parametrize("name", [*EVERY, MADE])
def test_every_office_file_is_shown_page_by_page_or_refused_with_a_sentence(put, with_office, name):
    data = word(SENTENCE) if name == MADE else (OFFICE / name).read_bytes()
    if name == "valid.xls":  # it has a macro project, if an empty one: docs/decisions/0004
        with pytest.raises(RuleBroken) as caught:
            put(data, name)
        assert str(caught.value.message) == rules.sentence("macros")
        return
    content = put(data, name).content
    assert content.state == "waiting"
    actions.read_content(content)
    content.refresh_from_db()
    assert (content.state, content.reason) == ("ready", "")
    assert content.pages
    assert content.texts.count() == len(content.pages)
    assert queries.path_of(content.digest).read_bytes() == data


def test_word_document_keeps_its_vietnamese_and_calls_nobody(put, with_office):
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: calls.append(server.accept()), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        secret = Path(queries.path_of("0" * 64)).parents[2] / "secret.txt"
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text("KHOA-BI-MAT")
        fields = "".join(
            f'<w:p><w:fldSimple w:instr="{field}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
            for field in (f"INCLUDETEXT &quot;{secret}&quot;", f"INCLUDEPICTURE &quot;{address}&quot;")
        )
        content = put(word(SENTENCE, more=fields), "nghi-quyet.docx").content
        actions.read_content(content)
    assert SENTENCE in words_of(content)
    assert "KHOA-BI-MAT" not in words_of(content)
    assert calls == []
    assert not list(Path("/tmp").glob("OSL_PIPE_*"))  # noqa: S108


def test_without_an_office_program_the_document_is_kept_and_the_state_says_so(put, settings):
    file = put(word(SENTENCE), "a.docx")
    facts = {"state": file.content.state, "reason": rules.sentence(file.content.reason)}
    assert facts == {"state": "ready", "reason": rules.sentence("no_office")}
    settings.SOFFICE = ""
    Content.objects.update(stored_at="2020-01-01T00:00Z")
    (left,) = queries.unfinished()
    actions.read_again(left)
    actions.read_content(left)
    assert (left.state, left.reason, len(left.pages)) == ("ready", "", 1)


def test_document_no_program_understands_is_kept_and_says_what_to_do(put, with_office):
    content = put(docx(), "a.docx").content
    actions.read_content(content)
    assert (content.state, content.pages) == ("ready", [])
    assert content.reason == "office"


ACTING = assembled(
    [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
        b" /Names << /EmbeddedFiles << /Names [(a.exe) 5 0 R] >> /JavaScript << /Names [(x) 7 0 R] >> >>"
        b" /Metadata 8 0 R /AcroForm << /XFA 8 0 R /Fields [] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /AA << /O 7 0 R >> /PieceInfo << /X 1 >>"
        b" /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://a.vn) >> >>"
        b" << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>"
        b" << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D [3 0 R /Fit] >> >>"
        b" << /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 5 0 R >>"
        b" << /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>] >>",
        b"<< /Author (Nguyen Van A) /Creator (Word) >>",
        b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
        b"<< /Type /EmbeddedFile /Length 10 >>\nstream\nMZ-harmful\nendstream",
        b"<< /S /JavaScript /JS (app.launchURL\\(1\\)) >>",
        b"<< /Type /Metadata /Subtype /XML /Length 24 >>\nstream\n<x>Nguyen Van A 10.7N</x>\nendstream",
    ],
    b"/Info 4 0 R",
)


def test_served_copy_acts_on_nothing_carries_nothing_and_names_nobody(put):
    content = put(ACTING).content
    actions.read_content(content)
    content.refresh_from_db()
    assert content.stripped == ["attachments", "links", "media", "scripts"]
    assert len(rules.told_of(content.stripped)) == 4
    served = queries.view_path(content).read_bytes()
    with pikepdf.open(io.BytesIO(served)) as copy:
        plain = b"".join(
            one.unparse(resolved=True) + (one.read_bytes() if isinstance(one, pikepdf.Stream) else b"")
            for one in copy.objects
        )
        assert [str(one.get("/A", {}).get("/S", "")) for one in copy.pages[0].Annots] == ["", "", "/GoTo"]
    for trace in (b"JavaScript", b"Launch", b"harmful", b"a.exe", b"Nguyen", b"10.7N", b"XFA", b"http"):
        assert trace not in plain
        assert trace not in served
    assert queries.path_of(content.digest).read_bytes() == ACTING


def photo() -> bytes:
    """A JPEG that says where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x013B] = "Nguyen Van A"
    exif.get_ifd(0x8825)[2] = (10.0, 46.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(out, "JPEG", exif=exif, comment=b"so dien thoai")
    return out.getvalue()


def test_picture_inside_a_pdf_loses_where_it_was_taken_and_no_pixel():
    bare = cleaning.without_notes(photo())
    assert len(bare) < len(photo())
    assert b"Nguyen" not in bare and b"Exif" not in bare and b"dien thoai" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(photo())).tobytes()
    for damaged in (photo()[:30], b"\xff\xd8\xff", b"", b"no picture"):
        assert cleaning.without_notes(damaged) == damaged


def test_pdf_that_cannot_be_taken_apart_is_shown_by_images_alone(put, files_root):
    content = put(pdf()).content
    queries.path_of(content.digest).write_bytes(b"%PDF-1.7 gone")
    actions.read_content(content)
    assert (content.state, content.view_digest, content.stripped) == ("ready", "", ["uncleaned"])


def test_view_that_is_lost_is_made_again(put, capsys):
    content = put(pdf()).content
    actions.read_content(content)
    first = queries.view_path(content)
    before = first.read_bytes()
    first.unlink()
    call_command("files", "check")
    content.refresh_from_db()
    assert content.view_digest == ""
    actions.read_content(content)
    assert queries.view_path(content).read_bytes() == before


def test_program_that_will_not_end_is_ended_with_all_it_started(tmp_path):
    stubborn = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "if os.fork() == 0:\n    os.setsid(); signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "open(str(os.getpid()) + '.pid', 'w').close()\n"
        "time.sleep(600)\n"
    )
    limits = job.Limits(seconds=5, wall=4, memory=1 << 30, size=1 << 20)
    with pytest.raises(job.Busy):
        job.run(
            [sys.executable, "-c", stubborn],
            folder=tmp_path,
            limits=limits,
            reads=[sys.prefix, sys.base_prefix],
        )
    pids = [int(path.stem) for path in tmp_path.glob("*.pid")]
    assert len(pids) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


TRIES = {
    "memory": "x = bytearray(1 << 30)",
    "file": "open('big', 'wb').write(bytes(1 << 21))",
    "network": "import socket; socket.create_connection(('127.0.0.1', PORT))",
    "elsewhere": "open('ELSEWHERE').read()",
    "outside": "open('/tmp/dinh-escaped', 'w')",
    "environment": "import os; assert 'SECRET_KEY' in os.environ",
}


@pytest.mark.parametrize("what", TRIES)
def test_confined_program_may_not(tmp_path, monkeypatch, what):
    monkeypatch.setenv("SECRET_KEY", "x")
    (tmp_path / "job").mkdir()
    (tmp_path / "elsewhere").write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = TRIES[what].replace("PORT", str(server.getsockname()[1]))
        script = script.replace("ELSEWHERE", str(tmp_path / "elsewhere"))
        limits = job.Limits(seconds=5, wall=60, memory=512 << 20, size=1 << 20)
        command = [sys.executable, "-c", script]
        reads = [sys.prefix, sys.base_prefix]
        assert job.run(command, folder=tmp_path / "job", limits=limits, reads=reads) != 0
        assert job.run([sys.executable, "-c", "1"], folder=tmp_path / "job", limits=limits, reads=reads) == 0


def test_job_ends_with_the_process_that_asked_for_it(tmp_path):
    waits = "import os, time; open(str(os.getpid()) + '.pid', 'w').close(); time.sleep(600)"
    asks = (
        f"import os, sys; sys.path.insert(0, {os.getcwd()!r})\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'intranet.config.settings.test'\n"
        "from pathlib import Path\nfrom intranet.files.conversion import job\n"
        f"job.run([sys.executable, '-c', {waits!r}], folder=Path({str(tmp_path)!r}), "
        "limits=job.Limits(60, 600, 1 << 30, 1 << 20), reads=[sys.prefix, sys.base_prefix])"
    )
    process = subprocess.Popen([sys.executable, "-c", asks])
    until = time.monotonic() + 60
    while not (found := list(tmp_path.glob("*.pid"))):
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    while Path(f"/proc/{found[0].stem}").exists():
        assert time.monotonic() < until
        time.sleep(0.05)


def scan() -> bytes:
    """A page of writing as a picture."""
    picture = Image.new("L", (1240, 500), "white")
    ImageDraw.Draw(picture).text((90, 120), SENTENCE, "black", ImageFont.truetype(str(FONT), 44))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_scan_is_read_where_a_reader_is_installed(put, settings):
    content = put(scan(), "ban-quet.png").content
    assert actions.read_pictures(content) is False
    assert not content.texts.exists()
    settings.TESSERACT = ""
    assert queries.pictures_of_writing(content) == [0]
    actions.read_pictures(content)
    row = PageText.objects.get(content=content)
    assert "Nghị quyết" in words_of(content)
    assert row.engine.startswith("tesseract")
    line = row.lines[0]
    assert len(line[5]) == len(line[4]) + 1
    assert line[5] == sorted(line[5])
    assert 60 < line[0] < 75 and line[2] < content.pages[0][0]
    assert queries.pictures_of_writing(content) == []


def test_table_of_words_that_says_nothing_gives_no_lines():
    assert scans.lines("", 100) == []
