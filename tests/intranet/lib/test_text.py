import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.lib.devices import browser_of, is_handheld, system_of
from intranet.lib.refs import REF_LENGTH, new_ref
from intranet.lib.text import collation_key, fold, initials, join_post, name_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký  HỘ KHẨU", "dang ky ho khau"),
        (unicodedata.normalize("NFD", "Nghị quyết số 05/NQ-HĐND"), "nghi quyet so 05/nq-hdnd"),
        ("ướt Ỹ", "uot y"),
        ("", ""),
    ],
)
def test_fold_takes_marks_and_capitals_away(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_of_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâeêioôơuưyđĐẨếỘ ũ"))
def test_fold_does_not_depend_on_how_marks_are_encoded(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_words_sort_in_vietnamese_order():
    words = ["đa", "ba", "ă", "â", "a", "á", "ạ", "ả", "à", "ã", "da", "dư", "du", "ê", "e"]
    assert sorted(words, key=collation_key) == [
        "a", "à", "ả", "ã", "á", "ạ", "ă", "â", "ba", "da", "du", "dư", "đa", "e", "ê",
    ]  # fmt: skip


def test_people_sort_by_given_name_then_family_names():
    people = [("Đạt", "Nguyễn Văn"), ("An", "Vũ"), ("Dũng", "Lê"), ("An", "Bùi"), ("Ân", "Lê")]
    assert sorted(people, key=lambda person: name_key(*person)) == [
        ("An", "Bùi"), ("An", "Vũ"), ("Ân", "Lê"), ("Dũng", "Lê"), ("Đạt", "Nguyễn Văn"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("position", "office", "post"),
    [
        ("Trưởng phòng", "Phòng Kinh tế", "Trưởng phòng Kinh tế"),
        ("Chánh Văn phòng", "Văn phòng HĐND và UBND", "Chánh Văn phòng HĐND và UBND"),
        ("Chủ tịch", "UBND xã", "Chủ tịch UBND xã"),
    ],
)
def test_post_says_shared_words_once(position, office, post):
    assert join_post(position, office) == post


def test_initials_are_of_the_last_two_words():
    assert initials("Nguyễn Văn Đạt") == "VĐ"
    assert initials("Đại biểu 05") == "ĐB"
    assert initials("") == ""


def test_refs_are_long_and_readable():
    refs = {new_ref() for _ in range(200)}
    assert len(refs) == 200
    assert all(len(ref) == REF_LENGTH and not set(ref) & set("ilo01") for ref in refs)


@pytest.mark.parametrize(
    ("agent", "browser", "system", "handheld"),
    [
        ("(Linux; Android 13) Chrome/126.0 Safari/537.36", "Chrome", "Android", True),
        ("(iPad; CPU OS 17_5 like Mac OS X) Safari/604.1", "Safari", "iPad", True),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge", "Windows", False),
        ("(Windows NT 10.0) coc_coc_browser/126 Chrome/120.0 Safari/537.36", "Cốc Cốc", "Windows", False),
        ("(X11; Linux x86_64; rv:128.0) Firefox/128.0", "Firefox", "Linux", False),
        ("curl/8", "", "", False),
    ],
)  # fmt: skip
def test_devices_have_names_people_know(agent, browser, system, handheld):
    assert (browser_of(agent), system_of(agent), is_handheld(agent)) == (browser, system, handheld)
