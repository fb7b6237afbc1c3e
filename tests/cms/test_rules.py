import datetime
import unicodedata
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms import rules
from cms.rules import Hours, Opening

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WEEK = Hours(
    "Thứ Hai – thứ Sáu",
    frozenset(range(5)),
    ((datetime.time(7), datetime.time(11, 30)), (datetime.time(13, 30), datetime.time(17))),
)
SATURDAY = Hours("Sáng thứ Bảy", frozenset({5}), ((datetime.time(7), datetime.time(11, 30)),), counts=False)


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(23, 9), Opening(True, until=datetime.time(11, 30))),
        (at(23, 11, 30), Opening(False, opens_at=at(23, 13, 30))),
        (at(23, 6), Opening(False, opens_at=at(23, 7))),
        (at(23, 17), Opening(False, opens_at=at(25, 7))),  # 24/11 is closed
        (at(21, 9), Opening(False, opens_at=at(23, 7))),  # Saturday hours are of one field only
        (at(24, 9), Opening(False, opens_at=at(25, 7))),
    ],
)
def test_opening_tells_the_next_change(now, expected):
    assert rules.opening([WEEK, SATURDAY], [datetime.date(2026, 11, 24)], now) == expected


def test_opening_is_unknown_without_hours():
    assert rules.opening([], [], at(23, 9)) is None
    assert rules.opening([SATURDAY], [], at(21, 9)) is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Thứ Hai – thứ Sáu", [0, 1, 2, 3, 4]),
        ("Thứ Hai đến thứ Tư", [0, 1, 2]),
        ("Sáng thứ Bảy", [5]),
        ("Chủ nhật", [6]),
        ("Ngày lễ", []),
    ],
)
def test_weekdays_are_read_from_words(words, days):
    assert rules.weekdays_from_words(words) == days


def test_sessions_are_read_from_words():
    assert rules.sessions_from_words(["07:00 – 11:30", "13h30 - 17h00", "nghỉ"]) == list(WEEK.sessions)


def test_slug_is_plain_and_free():
    assert rules.slug_of("Đăng ký khai sinh") == "dang-ky-khai-sinh"
    assert rules.slug_of("Đăng ký", taken=["dang-ky", "dang-ky-2"]) == "dang-ky-3"
    assert rules.slug_of("…") == "trang"


@given(st.text(max_size=60))
@example("0\N{DEVANAGARI SIGN VIRAMA}0")
def test_words_and_folded_words_are_as_many(text):
    assert len(rules.words_of(text).split()) == len(rules.folded_words_of(text).split())


def test_words_do_not_depend_on_how_accents_are_encoded():
    text = "Uỷ ban nhân dân"
    assert rules.words_of(unicodedata.normalize("NFD", text)) == rules.words_of(text)
    assert rules.folded_words_of("214/QĐ-UBND") == " 214 qd ubnd "


def test_outline_becomes_safe_blocks():
    blocks = rules.stream_from_outline(
        [{"p": "**Ba** <script>"}, {"list": ["a"]}, {"table": {"head": ["x"], "rows": [["**1**"]]}}]
    )
    assert blocks[0]["value"] == "<p><b>Ba</b> &lt;script&gt;</p>"
    assert blocks[1]["value"] == "<ul><li>a</li></ul>"
    assert blocks[2]["value"]["columns"][0]["type"] == "rich_text"


def test_outline_refuses_an_unknown_block():
    with pytest.raises(KeyError):
        rules.stream_from_outline([{"video": "x"}])


@pytest.mark.parametrize(("text", "days"), [("3 ngày làm việc", 3), ("1 ngày", None), ("Trong ngày", None)])
def test_working_days_need_their_unit(text, days):
    assert rules.working_days_in(text) == days
