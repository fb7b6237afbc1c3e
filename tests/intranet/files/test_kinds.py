"""What is accepted, told from the bytes; odd names; bombs that must not be unpacked."""

import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.files.rules import REASONS, clean_name, recognise
from intranet.files.rules.kinds import MAX_ENTRIES
from intranet.lib.errors import RuleBroken
from tests.factories.files import docx, pdf, png


@pytest.fixture
def known(tmp_path):
    def known(data: bytes, name: str) -> str:
        path = tmp_path / "x"
        path.write_bytes(data)
        with open(path, "rb") as file:
            return recognise(file, name).media_type

    return known


def refused(known, data, name):
    with pytest.raises(RuleBroken) as caught:
        known(data, name)
    text = str(caught.value.message)
    return next((code for code, sentence in REASONS.items() if str(sentence).split("%")[0] in text), text)


def packed(entries, **changes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = changes.get("attributes", 0) if name in changes.get("of", ()) else 0
            archive.writestr(info, body)
    return out.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (pdf(), "a.PDF", "application/pdf"),
        (b"\r\n\r\n" + pdf(), "a.pdf", "application/pdf"),
        (png(3, 3), "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0rest", "a.jpeg", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
        (docx(), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("Kính gửi: Ủy ban\n".encode() * 9000, "a.txt", "text/plain"),
        ("tên;số\n".encode(), "a.csv", "text/csv"),
    ],
)
def test_kind_is_told_from_the_bytes(known, data, name, media_type):
    assert known(data, name) == media_type


def test_kind_of_open_document_is_told_from_its_first_entry(known):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert known(out.getvalue(), "a.odt") == "application/vnd.oasis.opendocument.text"
    assert refused(known, out.getvalue(), "a.ods") == "mismatch"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", "kind"),
        (b"<svg xmlns='x' onload='alert(1)'/>", "a.png", "kind"),
        (b"  <?xml version='1.0'?><x/>", "a.txt", "kind"),
        (b"<html><script>1</script></html>%PDF-1.7\n" + pdf(), "a.pdf", "kind"),
        (b"PK\x03\x04 %PDF-1.7", "a.pdf", "broken"),
        (b"MZ\x90\0 program", "a.pdf", "kind"),
        (b"MZ\x90\0 %PDF-1.4", "a.pdf", "kind"),
        (b"GIF89a" + b"\0" * 50, "a.png", "kind"),
        (b"8BPS\0\1" + b"\0" * 50, "a.png", "kind"),
        (b"SIMPLE  =  T" + b"\0" * 50, "a.png", "kind"),
        (b"plain text\0with a zero", "a.txt", "kind"),
        ("chữ".encode("utf-16"), "a.txt", "kind"),
        (pdf(), "a.docx", "mismatch"),
        (pdf(), "bao-cao.pdf.exe", "mismatch"),
        (png(3, 3), "a.pdf", "mismatch"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0_VBA_PROJECT".encode("utf-16-le"),
            "a.doc",
            "macros",
        ),
        (docx(word__vbaProject_bin=b"x"), "a.docx", None),
        (packed({"any.txt": b"x"}), "a.docx", "kind"),
        (packed(WORD | {"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (packed(WORD | {"../../etc/cron.d/x": b"x"}), "a.docx", "archive"),
        (packed(WORD | {"/etc/passwd": b"x"}), "a.docx", "archive"),
        (packed(WORD | {"..\\x": b"x"}), "a.docx", "archive"),
        (packed(WORD | {"inner.zip": b"x"}), "a.docx", "archive"),
        (
            packed(WORD | {"link": b"/etc"}, of=("link",), attributes=(stat.S_IFLNK | 0o777) << 16),
            "a.docx",
            "archive",
        ),
    ],
)
def test_kind_is_refused_with_a_sentence(known, data, name, code):
    if code is None:
        assert known(data, name)
    else:
        assert refused(known, data, name) == code


def test_zip_that_unpacks_to_a_gigabyte_is_refused_unopened(known):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as entry:
            for _ in range(40):
                entry.write(b" " * (1 << 20))
    assert refused(known, out.getvalue(), "a.docx") == "archive"


def test_zip_that_lies_about_its_entries_is_refused(known):
    data = bytearray(docx())
    at = data.rfind(b"PK\x05\x06")
    data[at + 10 : at + 12] = (MAX_ENTRIES + 1).to_bytes(2, "little")
    assert refused(known, bytes(data), "a.docx") == "archive"


def test_zip_with_overlapping_entries_is_refused(known):
    data = bytearray(packed(WORD | {"word/a.xml": b"x" * 200, "word/b.xml": b"x" * 200}))
    second = data.rfind(b"PK\x01\x02")
    first = data.rfind(b"PK\x01\x02", 0, second)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refused(known, bytes(data), "a.docx") == "archive"


@given(st.binary(max_size=3000), st.sampled_from(["a.pdf", "a.docx", "a.doc", "a.txt", "a.png"]))
def test_any_bytes_are_known_or_refused(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("any") / "x"
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"):
        path.write_bytes(head + data)
        with open(path, "rb") as file:
            try:
                recognise(file, name)
            except RuleBroken as broken:
                assert str(broken.message)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("..\\..\\Tờ trình.pdf", "Tờ trình.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("hoá\u202efdp.exe", "hoáfdp.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("<img src=x>.png", "img src=x.png"),
        ("To trinh.PDF", "To trinh.PDF"),
        ("ti\u0065\u0302\u0301ng.pdf", "tiếng.pdf"),
    ],
)
def test_name_is_made_fit(given_name, shown):
    assert clean_name(given_name) == shown


def test_name_of_many_bytes_is_cut_between_letters_and_keeps_its_extension():
    name = clean_name("Ộ" * 300 + ".docx")
    assert len(name.encode()) <= 255
    assert name.endswith("Ộ.docx")


@pytest.mark.parametrize("name", ["", ".", "..", "/", "pdf", ".pdf", "\u202e.pdf", "a.", "\x00"])
def test_name_that_is_no_name_is_refused(name):
    with pytest.raises(RuleBroken):
        clean_name(name)


@given(st.text(max_size=400))
def test_any_name_is_fit_or_refused(name):
    try:
        fit = clean_name(name)
    except RuleBroken:
        return
    assert len(fit.encode()) <= 255
    assert not set('/\\\0\n\r\u202e<>"') & set(fit)
    assert clean_name(fit) == fit
