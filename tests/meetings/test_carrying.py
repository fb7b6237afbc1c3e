"""Marks of an older version find their place in a newer one by the words of the pages."""

from dataclasses import dataclass

import pytest

from meetings.rules import carrying
from meetings.rules.carrying import Carried, Line


@dataclass
class Drawn:
    page: int
    quote: str = ""


WORDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và các nghị định hướng dẫn thi hành"
)


def page(*sentences: str, top: float = 100) -> list[Line]:
    """Lines of ten points for each letter."""
    lines: list[Line] = []
    for row, words in enumerate(sentences):
        edges = [10.0 * at for at in range(len(words) + 1)]
        lines.append([72.0, top + 20 * row, 72.0 + edges[-1], top + 14 + 20 * row, words, edges])
    return lines


def sheet(number: int, word: str = "triệu") -> list[Line]:
    sums = f"Tổng số vốn của phần {number} là 21.400 {word} đồng cho năm 2027."
    return page(f"{WORDS} phần thứ {number}", sums)


def test_pages_are_found_again_where_others_were_put_before_them() -> None:
    old = [sheet(number) for number in range(1, 6)]
    new = [page("Trang mới được thêm vào trước tất cả các trang khác"), *old[:2], *old[3:]]
    marks = [Drawn(number) for number in range(1, 6)]
    told = carrying.carried(marks, old, new)
    assert [place and place.page for place in told] == [2, 3, None, 4, 5]


def test_page_with_a_corrected_word_is_the_same_page() -> None:
    told = carrying.carried([Drawn(2)], [sheet(1), sheet(2)], [sheet(1), sheet(2, "nghìn")])
    assert told == [Carried(2)]


def test_rewritten_page_keeps_its_strokes_on_the_old_version() -> None:
    told = carrying.carried(
        [Drawn(1)], [sheet(1)], [page("Một nội dung hoàn toàn khác đã được viết lại từ đầu đến cuối.")]
    )
    assert told == [None]


def test_highlight_goes_with_its_words() -> None:
    quote = "Tổng số vốn của phần 2"
    new = [
        page("Một lời mở đầu rất dài được thêm vào trang này"),
        page("Thêm một dòng.", *(line[4] for line in sheet(2, "nghìn")), top=300),
    ]
    told = carrying.carried([Drawn(2, quote)], [sheet(1), sheet(2)], new)
    assert told == [Carried(2, [[72.0, 340.0, 72.0 + 10 * len(quote), 354.0]])]


def test_highlight_of_words_over_two_lines_gets_two_rectangles() -> None:
    before = [page("Điều 1. Thông qua dự toán", "ngân sách năm 2027 của xã như sau")]
    after = [
        page(
            "Lời dẫn mới ở đầu trang, dài hơn trước rất nhiều lần.",
            "Điều 1. Thông qua dự",
            "toán ngân sách năm 2027 của xã",
            "và một phần rất khác hẳn về sau này nữa",
        )
    ]
    told = carrying.carried([Drawn(1, "Thông qua dự toán\nngân sách năm 2027")], before, after)[0]
    assert told is not None and told.rects == [[152.0, 120.0, 272.0, 134.0], [72.0, 140.0, 302.0, 154.0]]


@pytest.mark.parametrize("times", [0, 2])
def test_highlight_stays_behind_when_its_words_are_gone_or_twice_there(times: int) -> None:
    new = [page("Một nội dung khác hẳn viết lại từ đầu.", *["câu được nhắc lại"] * times)]
    assert carrying.carried([Drawn(1, "câu được nhắc lại")], [page("câu được nhắc lại", WORDS)], new) == [
        None
    ]


def test_scanned_pages_are_not_taken_for_each_other() -> None:
    empty: list[Line] = []
    assert carrying.carried([Drawn(1)], [empty, sheet(1)], [empty, sheet(1)]) == [None]


def test_pages_that_are_alike_go_to_the_nearest() -> None:
    form = page("Mẫu số 1: Họ và tên, ngày tháng năm sinh, địa chỉ")
    told = carrying.carried([Drawn(1), Drawn(3)], [form, sheet(1), form], [form, sheet(1), form])
    assert told == [Carried(1), Carried(3)]


def test_mark_of_a_page_that_never_was_stays_behind() -> None:
    assert carrying.carried([Drawn(9)], [sheet(1)], [sheet(1)]) == [None]
