"""Where the marks of an older version stand in a newer one. Pure.

A page is known again by its words: exactly, else nearly. What is drawn stays where it was on a page that is
the same but for a few words; a highlight goes with its words, wherever they now are.
"""

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

NEARLY = 0.92
"""Share of words two pages must have in common, in the same order, to be one page with corrections."""
FAR = 12
"""Pages a nearly equal page may have moved."""
FEWEST_LETTERS = 24
"""A page with less on it cannot be told from another one by its words."""

Line = Sequence[Any]


class Marked(Protocol):
    """What is asked of a mark."""

    page: int
    quote: str


@dataclass(frozen=True)
class Carried:
    """A mark's place in the new version: the page, from 1; for a highlight that moved its rectangles."""

    page: int
    rects: list[list[float]] | None = None


def words_of(lines: Sequence[Line]) -> str:
    """The words of a page without their layout."""
    return " ".join(" ".join(str(line[4]) for line in lines).split())


def print_of(words: str) -> str:
    """A short sign of a page's words; "" for a page that has too few to be known again."""
    letters = "".join(words.split())
    return hashlib.sha256(words.encode()).hexdigest()[:20] if len(letters) >= FEWEST_LETTERS else ""


def matched_pages(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each page of `old` (its words) the index of the same page in `new`, or None.

    Exactly equal pages first, the nearest of several; then nearly equal ones among those left over.
    """
    places: dict[str, list[int]] = {}
    for index, words in enumerate(new):
        if sign := print_of(words):
            places.setdefault(sign, []).append(index)
    found: list[int | None] = []
    for index, words in enumerate(old):
        there = places.get(print_of(words), [])
        nearest = min(there, key=lambda other: (abs(other - index), other), default=None)
        if nearest is not None:
            there.remove(nearest)
        found.append(nearest)
    left = set(range(len(new))) - {index for index in found if index is not None}
    for index, words in enumerate(old):
        if found[index] is None and print_of(words):
            best = _nearly(words, new, [other for other in left if abs(other - index) <= FAR], index)
            if best is not None:
                found[index] = best
                left.discard(best)
    return found


def _nearly(words: str, new: Sequence[str], candidates: Sequence[int], index: int) -> int | None:
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(words.split())
    best, most = None, NEARLY
    for other in sorted(candidates, key=lambda each: (abs(each - index), each)):
        if not print_of(new[other]):
            continue
        matcher.set_seq1(new[other].split())
        if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most:
            ratio = matcher.ratio()
            if ratio > most or (ratio == most and best is None):
                best, most = other, ratio
    return best


def carried(
    marks: Sequence[Marked], old_pages: Sequence[Sequence[Line]], new_pages: Sequence[Sequence[Line]]
) -> list[Carried | None]:
    """For each mark its place in the new version, or None when it stays behind on the old one.

    Pages are their lines of text as the viewer gets them.
    """
    old, new = [words_of(page) for page in old_pages], [words_of(page) for page in new_pages]
    pages = matched_pages(old, new)
    same = {index: old[index] == new[there] for index, there in enumerate(pages) if there is not None}
    return [place_of(mark, pages, same, dict(enumerate(new_pages))) for mark in marks]


def place_of(
    mark: Marked,
    pages: Sequence[int | None],
    same: Mapping[int, bool],
    lines: Mapping[int, Sequence[Line]],
) -> Carried | None:
    """`carried` for one mark, when pages are matched already.

    `same` says of a matched page whether every word is; `lines` holds the new pages that may be looked at.
    """
    index = mark.page - 1
    there = pages[index] if 0 <= index < len(pages) else None
    if there is not None and (same.get(index) or not mark.quote):
        return Carried(there + 1)
    if not mark.quote:
        return None
    looked = [there] if there is not None else sorted(lines, key=lambda other: abs(other - index))
    found = [(page, rects) for page in looked if (rects := located(mark.quote, lines.get(page, [])))]
    return Carried(found[0][0] + 1, found[0][1]) if len(found) == 1 else None


def located(quote: str, lines: Sequence[Line]) -> list[list[float]] | None:
    """The rectangles of these words among the lines of a page; None unless they are there exactly once."""
    places = [
        (row, column)
        for row, line in enumerate(lines)
        for column, letter in enumerate(line[4])
        if not letter.isspace()
    ]
    letters = "".join(lines[row][4][column] for row, column in places)
    wanted = "".join(quote.split())
    start = letters.find(wanted) if wanted else -1
    if start < 0 or letters.find(wanted, start + 1) >= 0:
        return None
    ranges: dict[int, tuple[int, int]] = {}
    for row, column in places[start : start + len(wanted)]:
        first, _last = ranges.get(row, (column, column))
        ranges[row] = (first, column)
    return [rect_of(lines[row], first, last + 1) for row, (first, last) in ranges.items()]


def rect_of(line: Line, first: int, until: int) -> list[float]:
    """The rectangle of the letters from `first` up to, not including, `until`."""
    x0, y0, x1, y1, _words, edges = line[:6]
    turn = line[6] if len(line) > 6 else 0
    start, end = edges[first], edges[until]
    box = {
        0: [x0 + start, y0, x0 + end, y1],
        1: [x0, y0 + start, x1, y0 + end],
        2: [x1 - end, y0, x1 - start, y1],
        3: [x0, y1 - end, x1, y1 - start],
    }[turn]
    return [round(value, 1) for value in box]
