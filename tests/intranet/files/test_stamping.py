"""The reader's name across the pages: a part of a page still tells whose it was, and nothing is shared."""

import datetime
import functools
import io
import random

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops, ImageFilter, ImageStat

from intranet.files import actions, registry, rules
from intranet.files.actions import reading_log
from intranet.files.models import PageSent
from intranet.files.rendering import stamp
from tests.factories.files import pdf
from tests.factories.organization import PersonFactory

SHAPES = [(1240, 1754), (1754, 1240), (1240, 1240)]
NAMES = ["Nguyễn Thị Khánh Đượm", "Trần Văn Hữu Phước", "Lê Hoàng Bảo Quỳnh", "Phạm Ngọc Tường Vỹ"]
STAMPED = registry.Access(original=False, print=False, stamped=True, logged=True, offline_hours=2)


def lines_of(number: int) -> list[str]:
    moment = datetime.datetime(2026, 11, 22, 7, 5, tzinfo=datetime.UTC)
    return rules.stamp_of(NAMES[number], rules.mark_of(number + 1, "abc"), moment)


def halves(shape: tuple[int, int], chance: random.Random) -> tuple[int, int, int, int]:
    """A piece with half of the page's area, as wide as chance has it."""
    share = chance.uniform(0.5, 1.0)
    wide, high = round(shape[0] * share), round(shape[1] * 0.5 / share)
    left, top = chance.randint(0, shape[0] - wide), chance.randint(0, shape[1] - high)
    return left, top, left + wide, top + high


@pytest.mark.parametrize("shape", SHAPES, ids=["portrait", "landscape", "square"])
@pytest.mark.parametrize("number", range(len(NAMES)))
def test_every_half_of_a_page_holds_a_whole_mark(shape, number):
    mark, _cover = stamp._mark(tuple(lines_of(number)), min(shape))
    boxes = [(x, y, x + mark.width, y + mark.height) for x, y in stamp.places(shape, mark.size)]
    chance = random.Random(7)  # noqa: S311 - the same pieces each time
    for _try in range(300):
        left, top, right, bottom = halves(shape, chance)
        assert any(left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom for box in boxes)


def printed_and_scanned(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Grey, coarser, softer, paler, and saved as a poor JPEG, as after a printer and a scanner."""
    size = picture.size
    grey = picture.convert("L").resize(
        (round(size[0] * 0.6), round(size[1] * 0.6)), Image.Resampling.BILINEAR
    )
    grey = grey.filter(ImageFilter.GaussianBlur(0.6)).point(
        [round(25 + value * 0.88) for value in range(256)]
    )
    noise = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    file = io.BytesIO()
    Image.blend(grey, noise, 0.06).save(file, "JPEG", quality=55)
    return Image.open(file).convert("L").resize(size, Image.Resampling.BILINEAR)


def likeness(piece: Image.Image, mark: Image.Image) -> float:
    """How much darker the piece is where the mark is than around it, by the spread of what is there."""
    ground = piece.filter(ImageFilter.BoxBlur(24))
    dark = ImageChops.subtract(ground, piece)
    there = ImageStat.Stat(dark, mask=mark.point(lambda value: 255 if value > 20 else 0)).mean[0]
    return there - ImageStat.Stat(dark).mean[0]


def test_half_a_page_printed_and_scanned_in_grey_still_tells_whose_it_is():
    shape, chance = (1240, 1754), random.Random(3)  # noqa: S311 - the same pieces each time
    page = Image.new("RGB", shape, "white")
    for y in range(150, 1600, 34):  # a page of writing: lines of small dark strokes
        for x in range(120, 1120, 14):
            if chance.random() < 0.8:
                page.paste((20, 20, 20), (x, y, x + chance.randint(2, 9), y + chance.randint(8, 18)))
    blank = Image.new("RGB", shape, "white")
    marks = [
        ImageChops.invert(stamp.stamped(blank.copy(), lines_of(n), shape).convert("L"))
        for n in range(len(NAMES))
    ]
    # Only where the letters of one mark are and those of no other can tell them apart.
    own = []
    for mark in marks:
        others = [other for other in marks if other is not mark]
        own.append(ImageChops.subtract(mark, functools.reduce(ImageChops.lighter, others)))
    found, tries = 0, 40
    for turn in range(tries):
        reader = turn % len(NAMES)
        box = halves(shape, chance)
        seen = stamp.stamped(page.copy(), lines_of(reader), shape).crop(box)
        piece = printed_and_scanned(seen, chance)
        scores = [likeness(piece, mark.crop(box)) for mark in own]
        found += scores.index(max(scores)) == reader
    assert found >= 0.9 * tries


def test_mark_shows_on_white_on_grey_and_on_black():
    for ground in ((255, 255, 255), (110, 110, 110), (72, 72, 72), (0, 0, 0)):
        page = Image.new("RGB", (800, 1100), ground)
        values = stamp.stamped(page.copy(), lines_of(0), page.size).convert("L").getextrema()
        assert values[1] - values[0] >= 35, ground


def test_part_of_a_page_bears_the_same_marks_as_the_whole():
    whole = Image.new("RGB", (900, 1200), "white")
    part = Image.new("RGB", (400, 300), "white")
    expected = stamp.stamped(whole, lines_of(1), (900, 1200)).crop((310, 505, 710, 805))
    assert (
        ImageChops.difference(stamp.stamped(part, lines_of(1), (900, 1200), 310, 505), expected).getbbox()
        is None
    )


def test_letters_of_a_vietnamese_name_are_all_in_the_font():
    font = stamp._fitting(tuple(lines_of(0)), 1000)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for letter in "ĂÂĐÊÔƠƯăâđêôơưẤẶẺĨỐỢỮỲỵ":
        assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != missing, letter


def test_mark_is_the_readers_own_and_does_not_change():
    assert rules.mark_of(1, "abc") == rules.mark_of(1, "abc")
    assert len({rules.mark_of(person, ref) for person in range(20) for ref in ("abc", "abd")}) == 40


@pytest.fixture
def paper(put, monkeypatch):
    file = put(pdf(b"BT /F1 20 Tf 72 700 Td (Han che) Tj ET", b"BT /F1 20 Tf 72 700 Td (Hai) Tj ET"), "a.pdf")
    monkeypatch.setattr(registry, "_grants", {"tests": lambda person, asked: STAMPED})
    monkeypatch.setattr(reading_log, "SECONDS", 3600.0)
    yield file
    actions.forget_pages_sent()


@pytest.fixture
def readers(db):
    found = []
    for name in NAMES[:2]:
        last, _space, first = name.rpartition(" ")
        client = Client()
        client.force_login(PersonFactory(last_name=last, first_name=first))
        found.append(client)
    return found


def page_address(file, number=1):
    return reverse("files:page", args=[file.ref, number])


def test_two_readers_get_pages_of_their_own_and_no_cache_keeps_either(paper, readers, files_root):
    answers = [reader.get(page_address(paper), {"w": "1240"}) for reader in readers]
    assert answers[0].content != answers[1].content
    for answer in answers:
        assert answer["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer
    again = readers[1].get(page_address(paper), {"w": "1240"}, headers={"If-None-Match": "*"})
    assert again.status_code == 200
    # What the store keeps is the page without a name, drawn at the upload for those who may have it.
    for kept in (files_root / "cache").rglob("*.webp"):
        assert kept.read_bytes() not in [answer.content for answer in answers]


def test_document_itself_leaves_by_no_address(paper, readers):
    facts = readers[0].get(reverse("files:facts", args=[paper.ref])).json()
    assert (facts["source"], facts["may"]) == (
        "images",
        {"save": False, "copy": False, "print": False, "text": True},
    )
    assert (facts["stamped"], facts["logged"], facts["offline_hours"]) == (True, True, 2)
    for address in (reverse("files:download", args=[paper.ref]), reverse("files:view_pdf", args=[paper.ref])):
        for headers in ({}, {"Range": "bytes=0-99"}, {"If-None-Match": f'"{paper.content.digest}"'}):
            for ask in (readers[0].get, readers[0].head):
                assert ask(address, headers=headers).status_code == 404
                assert ask(address, {"tai": "1"}, headers=headers).status_code == 404


def test_cut_of_an_enlarged_page_bears_the_name_too(paper, readers):
    cut = {"w": "3000", "o": "0,0,1200,1200"}
    one, other = (reader.get(page_address(paper), cut) for reader in readers)
    assert one.status_code == other.status_code == 200
    assert one.content != other.content


def test_pages_that_were_sent_are_noted_once_with_their_first_and_last_time(paper, readers):
    for number in (1, 2, 1):
        readers[0].get(page_address(paper, number))
    readers[1].get(reverse("files:text", args=[paper.ref, 2]))
    assert not PageSent.objects.exists()
    assert actions.write_pages_sent() == 3
    readers[0].get(page_address(paper, 1))
    actions.write_pages_sent()
    rows = list(PageSent.objects.order_by("person_id", "index"))
    assert [row.index for row in rows] == [0, 1, 1]
    assert rows[0].first_at < rows[0].last_at
    assert rows[1].first_at == rows[1].last_at


def test_reading_of_other_files_is_not_noted(put, reader_of_all):
    file = put(pdf(), "b.pdf")
    reader_of_all.get(page_address(file))
    assert actions.write_pages_sent() == 0


@pytest.fixture
def reader_of_all(client, monkeypatch):
    monkeypatch.setattr(registry, "_grants", {"tests": lambda person, asked: registry.Access()})
    client.force_login(PersonFactory())
    return client
