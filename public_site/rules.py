"""Pure decisions about searching: what was asked, how near a word is, what to mark."""

import difflib
import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.rules import folded_words_of, words_of
from intranet.lib.text import fold

MAX_QUERY = 120
"""Letters of a query that are read; the rest is left out."""
MAX_TERMS = 8
MAX_GUESSES = 64
"""Combinations of near words that are tried for a query without a hit."""
PAGE_SIZE = 10
EXCERPT = 180
"""Letters of an excerpt, about two lines."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """A query as it is searched: what was typed, its words with accents, its words without."""

    text: str
    words: str
    terms: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Neighbouring terms: Vietnamese words are mostly made of two syllables."""
        return list(zip(self.terms, self.terms[1:], strict=False))


def asked(raw: str) -> Asked:
    """Read whatever a visitor typed: control characters and signs mean nothing, overlong text is cut.

    >>> asked('  Đăng ký "KHAI sinh" ').terms
    ('dang', 'ky', 'khai', 'sinh')
    """
    clean = "".join(" " if unicodedata.category(c).startswith("C") else c for c in raw[: MAX_QUERY * 2])
    text = unicodedata.normalize("NFC", " ".join(clean.split()))[:MAX_QUERY].strip()
    return Asked(text, words_of(text), tuple(folded_words_of(text).split()[:MAX_TERMS]))


def page_number(raw: str, total: int, *, size: int = PAGE_SIZE) -> tuple[int, int]:
    """The page asked for, brought into range, and the number of pages (at least 1)."""
    last = max(1, math.ceil(total / size))
    digits = raw if raw.isascii() and raw.isdecimal() and len(raw) < 9 else "1"
    return min(max(1, int(digits)), last), last


def marked(text: str, terms: Iterable[str]) -> SafeString:
    """`text` as safe HTML with every run of words among `terms` in <mark>, compared without diacritics."""
    runs = _runs(text, set(terms))
    pieces, at = [], 0
    for start, end in runs:
        pieces += [conditional_escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    return mark_safe("".join([*pieces, conditional_escape(text[at:])]))  # noqa: S308  (every piece is escaped)


def excerpt(text: str, terms: Sequence[str]) -> str:
    """The part of `text` around the longest run of `terms`, with … where it was cut; "" without one."""
    runs = _runs(text, set(terms))
    if not runs:
        return ""
    start, _end = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    first = text.rfind(" ", 0, max(0, start - EXCERPT // 3)) + 1 if start > EXCERPT // 3 else 0
    last = len(text) if len(text) - first <= EXCERPT else text.rfind(" ", first, first + EXCERPT)
    return ("… " if first else "") + text[first:last] + (" …" if last < len(text) else "")


def _runs(text: str, wanted: set[str]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        if fold(word.group()) not in wanted:
            continue
        if runs and not text[runs[-1][1] : word.start()].strip():
            runs[-1] = (runs[-1][0], word.end())
        else:
            runs.append((word.start(), word.end()))
    return runs


def corrected(terms: Sequence[str], known: Mapping[str, str], pairs: Mapping[tuple[str, str], int]) -> str:
    """What was probably meant: unknown terms replaced by near ones that are known and go together.

    `known` maps words without diacritics to how they are mostly written, `pairs` counts neighbours.
    "" when nothing is near enough or nothing goes together.
    """
    choices = [
        [term] if term in known else difflib.get_close_matches(term, known, n=4, cutoff=0.6) for term in terms
    ]
    if not all(choices) or math.prod(map(len, choices)) > MAX_GUESSES:
        return ""
    guesses = [guess for guess in itertools.product(*choices) if guess != tuple(terms)]

    def together(guess: tuple[str, ...]) -> int:
        return min((pairs.get(pair, 0) for pair in itertools.pairwise(guess)), default=1)

    best = max(guesses, key=together, default=())
    return " ".join(known[term] for term in best) if best and together(best) else ""
