"""The texts of the demo, as data: JSON files read by name, with dates told from the day of loading."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
PLACE = re.compile(r"\{(date|weekday|month|year|next_year)(?::([+-]?\d+))?\}")


def read(name: str, today: datetime.date) -> Any:
    """The content of `name`.json with every {date:-2}, {month}, {next_year} … filled in for `today`."""
    text = (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(PLACE.sub(lambda found: _fill(found, today), text))


def _fill(found: "re.Match[str]", today: datetime.date) -> str:
    word, days = found.group(1), int(found.group(2) or 0)
    day = today + datetime.timedelta(days=days)
    return {
        "date": day.strftime("%d/%m/%Y"),
        "weekday": WEEKDAYS[day.weekday()],
        "month": f"{today.month}/{today.year}",
        "year": str(today.year),
        "next_year": str(today.year + 1),
    }[word]


def working_day_after(today: datetime.date) -> datetime.date:
    """The first day after `today` that is neither a weekend nor one of the closed days of the site."""
    closed = {row["date"] for row in read("pages", today)["site"]["closed_days"]}
    day = today + datetime.timedelta(days=1)
    while day.weekday() > 4 or day.isoformat() in closed:
        day += datetime.timedelta(days=1)
    return day


def last_monday(today: datetime.date) -> datetime.date:
    """The Monday of the latest weekly briefing that is at least four days old."""
    day = today - datetime.timedelta(days=today.weekday())
    return day if (today - day).days >= 4 else day - datetime.timedelta(days=7)
