"""Words are found with and without accents, across the ends of lines, and boxed where they stand."""

import pytest

from intranet.lib.finding import folded, found_in
from intranet.lib.text import fold


def line(text, x=10.0, y=20.0, turn=0):
    """A line whose letters are 5 points wide and 10 high."""
    edges = [5.0 * index for index in range(len(text) + 1)]
    long, high = 5.0 * len(text), 10.0
    box = [x, y, x + high, y + long] if turn % 2 else [x, y, x + long, y + high]
    return [*box, text, edges, *([turn] if turn else [])]


@pytest.mark.parametrize("words", ["đồng", "dong", "ĐỒNG", "do\u0302\u0300ng", "Đong"])
def test_words_are_found_with_and_without_accents(words):
    hits = found_in([line("triệu đồng")], fold(words))
    assert [hit["match"] for hit in hits] == ["đồng"]
    assert hits[0]["boxes"] == [(40.0, 20.0, 60.0, 30.0)]


def test_words_over_the_end_of_a_line_have_a_box_in_each():
    hits = found_in([line("dự toán ngân"), line("sách năm sau", y=40.0)], "ngan sach")
    assert (hits[0]["before"], hits[0]["match"], hits[0]["after"]) == ("dự toán ", "ngân sách", " năm sau")
    assert hits[0]["boxes"] == [(50.0, 20.0, 70.0, 30.0), (10.0, 40.0, 30.0, 50.0)]


@pytest.mark.parametrize(
    ("turn", "box"),
    [(0, (20, 20, 30, 30)), (1, (10, 30, 20, 40)), (2, (10, 20, 20, 30)), (3, (10, 20, 20, 30))],
)
def test_boxes_follow_the_way_a_line_runs(turn, box):
    assert found_in([line("abcd", turn=turn)], "cd")[0]["boxes"] == [box]


def test_every_place_is_told_once_and_nothing_for_nothing():
    assert len(found_in([line("xã xã Xa  xà")], "xa")) == 4
    assert found_in([line("aaaa")], "aa").__len__() == 2
    assert found_in([line("a b")], "") == []
    assert found_in([], "a") == []


def test_what_is_looked_through_first_agrees_with_what_is_found():
    lines = [line("Hội  đồng"), line("nhân dân", y=40.0)]
    assert folded(lines) == "hoi dong nhan dan"
    assert found_in(lines, "dong nhan") and "dong nhan" in folded(lines)
