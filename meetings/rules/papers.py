"""How papers are handled, which may not be here at all, and what a new version of one changes."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.files.registry import Access
from intranet.lib.errors import RuleBroken
from meetings.models import LevelRule, Paper

STATE_SECRET = _(
    "A paper with a state-secret marking (Mật, Tối mật, Tuyệt mật) may not be put on this system: hand it "
    "over as the Law on the Protection of State Secrets requires. If it has no such marking, choose another "
    "title, number and file name."
)

_MARKINGS = re.compile(r"\b(?:tuyệt|tối) mật\b|\b(?:tuyet|toi) ?mat\b|\((?:mật|mat)\)")
_BEFORE = frozenset({"bí", "bảo", "thân", "cơ", "ẩn", "chu", "nghiêm", "cẩn", "độ", "trật"})
_AFTER = frozenset({"độ", "khẩu", "mã", "thiết", "ong", "thư", "mía", "nghị", "vụ", "danh"})
"""The words that make a compound with "mật" which is no marking: bảo mật, mật độ, mật khẩu …"""

STRICTEST = Access(original=False, print=False, stamped=True, logged=True)
"""Where no rule is kept for a level."""


def is_state_secret(text: str) -> bool:
    """Whether a title, a number or a file name says that the paper is a state secret."""
    plain = re.sub(r"[\s_\-.]+", " ", unicodedata.normalize("NFC", text).casefold())
    if _MARKINGS.search(plain):
        return True
    words = re.findall(r"\w+", plain)
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return any(
        word == "mật" and before not in _BEFORE and after not in _AFTER for before, word, after in around
    )


def check_no_state_secret(*texts: str) -> None:
    """Raise RuleBroken when a title, a number or a file name bears a state-secret marking."""
    if any(is_state_secret(text) for text in texts):
        raise RuleBroken(STATE_SECRET)


def handling(paper: Paper, rule: LevelRule | None) -> Access:
    """What those who may read the paper may do with it under the rule of its level."""
    if rule is None:
        return STRICTEST
    prints = rule.gives_print and not paper.no_printing
    return Access(
        original=rule.gives_original and prints and not paper.no_saving,
        print=prints,
        text=rule.gives_text,
        stamped=rule.is_stamped,
        logged=rule.is_logged,
        offline_hours=rule.offline_hours,
    )


def check_version(paper: Paper, expected: int | None) -> None:
    """Raise RuleBroken when the sender's screen showed another version than the one that holds."""
    if expected is not None and expected != paper.version:
        raise RuleBroken(
            _("Somebody else has just replaced this paper: version %(number)s holds now. Look at it first.")
            % {"number": paper.version}
        )


def page_changes(old: Sequence[Any], new: Sequence[Any]) -> dict[str, list[Any]]:
    """How pages with the signatures `new` differ from those with `old`; see `PaperVersion.changes`."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    of: list[int | None] = list(range(same))
    changed: list[int] = []
    added: list[int] = []
    removed: list[int] = []
    blocks = SequenceMatcher(None, old[same:], new[same:], autojunk=False).get_opcodes()
    for tag, first, last, start, end in blocks:
        first, last, start, end = first + same, last + same, start + same, end + same
        pairs = last - first if tag == "equal" else min(last - first, end - start)
        of += [first + step for step in range(pairs)]
        if tag != "equal":
            changed += range(start, start + pairs)
            added += range(start + pairs, end)
            removed += range(first + pairs, last)
            of += [None] * (end - start - pairs)
    return {"of": of, "changed": changed, "added": added, "removed": removed}


def page_runs(indexes: Sequence[int]) -> list[list[int]]:
    """Page numbers from 1 as runs: [2, 6, 7] from 0 is [[3, 3], [7, 8]]."""
    found: list[list[int]] = []
    for index in indexes:
        if found and found[-1][1] == index:
            found[-1][1] = index + 1
        else:
            found.append([index + 1, index + 1])
    return found
