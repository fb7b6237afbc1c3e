"""A copy of a PDF with a reader's marks: real annotations where they were drawn, the original untouched."""

import re

import pytest

from intranet.files.rendering import pages
from tests.factories.files import pdf

INK = {"kind": "ink", "points": [100, 200, 50, 300, 260, 80], "width": 2, "words": ""}
HIGHLIGHT = {"kind": "highlight", "rects": [[72, 100, 200, 120]], "words": "Ngân sách"}
NOTE = {"kind": "note", "at": [500, 100], "words": "Hỏi lại số liệu"}
ABOUT = {"page": 1, "rgb": [29, 79, 156], "author": "Đại biểu 01"}


def numbers(data: bytes, name: bytes) -> list[float]:
    found = re.search(rb"/%s\s*\[+([-\d. \[]+)\]" % name, data)
    assert found, name
    return [float(number) for number in found[1].split()]


def test_marks_are_annotations_of_the_kinds_pdf_knows(tmp_path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    before = path.read_bytes()
    copy = pages.annotated(path, [mark | ABOUT for mark in (INK, HIGHLIGHT, NOTE)])
    for kind in (b"/Ink", b"/Highlight", b"/Text"):
        assert re.search(rb"/Subtype\s*%s\b" % kind, copy)
    assert [round(value) for value in numbers(copy, b"InkList")] == [100, 642, 300, 582]
    assert [round(value) for value in numbers(copy, b"QuadPoints")] == [72, 742, 200, 742, 72, 722, 200, 722]
    assert "Hỏi lại số liệu".encode("utf-16-be").hex() in copy.hex()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("turned", "place"),
    [(90, [200, 100, 260, 300]), (180, [495, 200, 295, 260]), (270, [395, 742, 335, 542])],
)
def test_marks_lie_where_they_were_drawn_on_a_turned_page(tmp_path, turned: int, place: list[int]) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(pdf(extra=b"/Rotate %d" % turned))
    copy = pages.annotated(path, [INK | ABOUT])
    assert [round(value) for value in numbers(copy, b"InkList")] == place


def test_document_held_open_for_drawing_gets_no_marks(tmp_path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(pdf())
    before = pages.text(path, "pdf", 0, 1, haste=pages.READER)
    first = pages.annotated(path, [INK | ABOUT])
    second = pages.annotated(path, [NOTE | ABOUT])
    assert b"/Ink" in first and b"/Ink" not in second
    assert pages.text(path, "pdf", 0, 1, haste=pages.READER) == before


def test_what_is_no_document_is_refused(tmp_path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(pages.Refused):
        pages.annotated(path, [INK | ABOUT])
