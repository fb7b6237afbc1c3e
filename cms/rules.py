"""Pure decisions of the portal: who publishes, when the desk is open, how words are compared."""

import datetime
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from intranet.lib.errors import RuleBroken
from intranet.lib.text import fold

_WORD = re.compile(r"[^\W_]+")


# ── Words ───────────────────────────────────────────────────────────────────
def words_of(text: str) -> str:
    """The words of `text` in lower case between single spaces, accents kept: " đăng ký khai sinh "."""
    composed = unicodedata.normalize("NFC", text.lower())
    # A mark that belongs to no letter would split a word here which folding leaves whole.
    whole = "".join(char for char in composed if unicodedata.category(char) != "Mn")
    return " " + " ".join(_WORD.findall(whole)) + " "


def folded_words_of(text: str) -> str:
    """The same without diacritics: " dang ky khai sinh "."""
    return " " + " ".join(_WORD.findall(fold(text))) + " "


def slug_of(title: str, *, taken: Iterable[str] = ()) -> str:
    """An address part of plain letters for a Vietnamese title, different from those `taken`."""
    base = slugify(fold(title))[:80].rstrip("-") or "trang"
    slug, number, used = base, 2, set(taken)
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug


# ── Who publishes ───────────────────────────────────────────────────────────
def check_may_publish(actor: Any, parent: Any) -> None:
    """Raise RuleBroken unless `actor` may publish below `parent`. None is the system itself."""
    if actor is not None and not parent.permissions_for_user(actor).can_publish_subpage():
        raise RuleBroken(_("Only an approver may publish here. Send the page for approval instead."))


def check_may_write(actor: Any, parent: Any) -> None:
    """Raise RuleBroken unless `actor` may add pages below `parent`."""
    if actor is not None and not parent.permissions_for_user(actor).can_add_subpage():
        raise RuleBroken(_("You may not add pages here."))


# ── Opening hours ───────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Hours:
    """One line of opening hours: its words, its days (0 = Monday) and its sessions."""

    label: str
    weekdays: frozenset[int]
    sessions: tuple[tuple[datetime.time, datetime.time], ...]
    counts: bool = True


@dataclass(frozen=True)
class Opening:
    """Whether the desk is open: `until` when it is, otherwise `opens_at`, the next time (None: unknown)."""

    is_open: bool
    until: datetime.time | None = None
    opens_at: datetime.datetime | None = None


def opening(
    hours: Sequence[Hours], closed: Iterable[datetime.date], now: datetime.datetime
) -> Opening | None:
    """What a visitor reads at the moment `now` (local, aware); None without hours. Looks two weeks ahead."""
    lines = [line for line in hours if line.counts and line.sessions]
    if not lines:
        return None
    days_off = set(closed)
    for offset in range(15):
        day = now.date() + datetime.timedelta(days=offset)
        if day in days_off:
            continue
        sessions = sorted(s for line in lines if day.weekday() in line.weekdays for s in line.sessions)
        for opens, closes in sessions:
            if offset == 0 and opens <= now.time() < closes:
                return Opening(True, until=closes)
            if offset or now.time() < opens:
                return Opening(False, opens_at=datetime.datetime.combine(day, opens, tzinfo=now.tzinfo))
    return Opening(False)


_TIMES = re.compile(r"(\d{1,2})[:h](\d{2})")
_DAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6}


def sessions_from_words(times: Iterable[str]) -> list[tuple[datetime.time, datetime.time]]:
    """["07:00 – 11:30"] as pairs of times; lines without two times are left out."""
    pairs = []
    for line in times:
        found = [datetime.time(int(hour), int(minute)) for hour, minute in _TIMES.findall(line)]
        if len(found) == 2:
            pairs.append((found[0], found[1]))
    return pairs


def weekdays_from_words(days: str) -> list[int]:
    """The days of "Thứ Hai – thứ Sáu" ([0, 1, 2, 3, 4]), of "Sáng thứ Bảy" ([5]); [] when unknown."""
    plain = fold(days)
    found = [_DAYS[word] for word in re.findall(r"\b(hai|ba|tu|nam|sau|bay|chu nhat)\b", plain)]
    if len(found) == 2 and re.search(r"[–—-]|\bden\b", plain):
        return list(range(found[0], found[1] + 1))
    return sorted(set(found))


# ── Outlines: text written as plain data ────────────────────────────────────
def rich(text: str) -> str:
    """Plain text with **bold** as safe HTML without a surrounding paragraph."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(text, quote=False))


def stream_from_outline(outline: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks of `cms.blocks.BodyBlock` from an outline such as [{"h": "…"}, {"p": "…"}, {"table": {…}}].

    Raises KeyError for a kind of block nobody knows.
    """
    return [_BLOCKS[kind](value) for block in outline for kind, value in block.items()]


def _list(tag: str, items: Iterable[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{rich(item)}</li>" for item in items) + f"</{tag}>"


def _table(value: dict[str, Any]) -> dict[str, Any]:
    rows = [list(row) for row in value["rows"]]
    is_rich = [any("**" in str(row[at]) for row in rows) for at in range(len(value["head"]))]
    columns = [
        {"type": "rich_text" if rich_column else "text", "heading": heading}
        for heading, rich_column in zip(value["head"], is_rich, strict=True)
    ]
    cells = [{"values": [rich(cell) if is_rich[at] else cell for at, cell in enumerate(row)]} for row in rows]
    return {
        "type": "table",
        "value": {"columns": columns, "rows": cells, "caption": value.get("caption", "")},
    }


_BLOCKS = {
    "p": lambda text: {"type": "paragraph", "value": f"<p>{rich(text)}</p>"},
    "h": lambda text: {"type": "heading", "value": text},
    "list": lambda items: {"type": "paragraph", "value": _list("ul", items)},
    "steps": lambda items: {"type": "steps", "value": [f"<p>{rich(item)}</p>" for item in items]},
    "note": lambda text: {"type": "note", "value": f"<p>{rich(text)}</p>"},
    "quote": lambda value: {"type": "quote", "value": value},
    "table": _table,
}


def working_days_in(text: str) -> int | None:
    """The working days a time limit names when its unit leaves no doubt ("3 ngày làm việc"), else None."""
    found = re.fullmatch(r"(\d{1,3}) ngay lam viec", fold(text))
    return int(found.group(1)) if found else None
