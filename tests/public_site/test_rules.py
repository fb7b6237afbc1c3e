import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from public_site import rules


@pytest.mark.parametrize(
    ("raw", "terms"),
    [
        ("  Đăng ký  KHAI sinh ", ("dang", "ky", "khai", "sinh")),
        ("đ" * 400, ("d" * rules.MAX_QUERY,)),
        ('"khai" AND sinh* OR NEAR(1)', ("khai", "and", "sinh", "or", "near", "1")),
        ("\0\x1b%_'\\", ()),
        ("1.001193", ("1", "001193")),
        ("a b c d e f g h i k", tuple("abcdefgh")),
        ("", ()),
    ],
)
def test_query_is_read_as_words(raw, terms):
    assert rules.asked(raw).terms == terms


@given(st.text(max_size=300))
def test_any_query_is_read(raw):
    asked = rules.asked(raw)
    assert len(asked.text) <= rules.MAX_QUERY
    assert len(asked.terms) <= rules.MAX_TERMS


def test_typing_apart_or_composed_is_the_same():
    assert rules.asked(unicodedata.normalize("NFD", "hộ khẩu")) == rules.asked("hộ khẩu")


@pytest.mark.parametrize(
    ("raw", "total", "expected"),
    [
        ("", 0, (1, 1)),
        ("2", 25, (2, 3)),
        ("9", 25, (3, 3)),
        ("-1", 25, (1, 3)),
        ("x", 25, (1, 3)),
        ("9" * 30, 25, (1, 3)),
    ],
)
def test_page_number_stays_in_range(raw, total, expected):
    assert rules.page_number(raw, total) == expected


def test_words_are_marked_without_regard_to_diacritics():
    text = rules.marked("Đăng ký lại <khai> sinh", rules.asked("dang ky khai sinh").terms)
    assert text == "<mark>Đăng ký</mark> lại &lt;<mark>khai</mark>&gt; <mark>sinh</mark>"


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_marking_keeps_every_letter_and_is_safe(text, terms):
    import html

    marked = rules.marked(text, terms).replace("<mark>", "").replace("</mark>", "")
    assert html.unescape(marked) == html.unescape(html.escape(text))
    assert "<" not in marked


def test_excerpt_shows_where_the_words_stand():
    text = "mở đầu " * 60 + "giấy khai sinh của con " + "kết thúc " * 60
    cut = rules.excerpt(text, ("khai", "sinh"))
    assert "khai sinh" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) <= rules.EXCERPT + 4
    assert rules.excerpt("không có gì", ("khai",)) == ""


def test_a_slip_of_the_finger_is_corrected():
    known = {"giay": "giấy", "khai": "khai", "sinh": "sinh", "xin": "xin"}
    pairs = {("giay", "khai"): 3, ("khai", "sinh"): 3}
    assert rules.corrected(("giay", "khai", "xinh"), known, pairs) == "giấy khai sinh"
    assert rules.corrected(("giay", "khai"), known, pairs) == ""
    assert rules.corrected(("sinh", "giya"), known, pairs) == ""
    assert rules.corrected(("qqqqqq",), known, pairs) == ""
    assert rules.corrected(("sinhh",), known, {}) == "sinh"
