"""Finding words in lines of text that know where each letter stands, accents or not, across the ends of
lines."""

import unicodedata
from typing import Any

from .text import fold

AROUND = 48
"""Letters of context on either side of what was found."""
Box = tuple[float, float, float, float]


def folded(lines: list[Any]) -> str:
    """All the words of these lines as search compares them."""
    return fold(" ".join(line[4] for line in lines))


def found_in(lines: list[Any], words: str) -> list[dict[str, Any]]:
    """Where `words` (folded already) stand: [{"boxes", "before", "match", "after"}, …].

    A line is [x0, y0, x1, y1, text, edges, turn?]; `edges` are distances from its start, one for each side of
    a letter. A find that runs over the end of a line has a box in each.
    """
    plain, places = _mapped(lines)
    text = "\n".join(line[4] for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line[4]) + 1)
    found = []
    at = plain.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        covered = [place for place in places[at:end] if place is not None]
        if covered:
            first, last = covered[0], covered[-1]
            begin, until = starts[first[0]] + first[1], starts[last[0]] + last[1] + 1
            found.append(
                {
                    "boxes": _boxes(lines, covered),
                    "before": _flat(text[max(0, begin - AROUND) : begin]),
                    "match": _flat(text[begin:until]),
                    "after": _flat(text[until : until + AROUND]),
                }
            )
        at = plain.find(words, end)
    return found


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _mapped(lines: list[Any]) -> tuple[str, list[tuple[int, int] | None]]:
    """The folded text of all lines, and for each of its letters the line and the letter it came from."""
    plain: list[str] = []
    places: list[tuple[int, int] | None] = []
    for number, line in enumerate(lines):
        for index, letter in enumerate([*line[4], " "]):
            base = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(letter, letter))
            for part in "".join(c for c in base if unicodedata.category(c) != "Mn").lower():
                if not part.isspace():
                    plain.append(part)
                    places.append((number, index))
                elif plain and plain[-1] != " ":
                    plain.append(" ")
                    places.append(None)
    return "".join(plain), places


def _boxes(lines: list[Any], covered: list[tuple[int, int]]) -> list[Box]:
    boxes = []
    for number in dict.fromkeys(line for line, _ in covered):
        letters = [index for line, index in covered if line == number]
        x0, y0, x1, y1, _, edges, *more = lines[number]
        turn = more[0] if more else 0
        start, end = edges[letters[0]], edges[letters[-1] + 1]
        boxes.append(
            {
                0: (x0 + start, y0, x0 + end, y1),
                1: (x0, y0 + start, x1, y0 + end),
                2: (x1 - end, y0, x1 - start, y1),
                3: (x0, y1 - end, x1, y1 - start),
            }[turn]
        )
    return [(round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in boxes]
