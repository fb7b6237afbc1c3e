"""Reading pages that are pictures of writing, by Tesseract where it is installed."""

import csv
import functools
import os
import shutil
import subprocess
from typing import Any

from django.conf import settings

from . import job

LIMITS = job.Limits(seconds=40, wall=120, memory=2 * 1024**3, size=64 * 1024**2)
LANGUAGE = "vie"
SURE = 40
"""Words Tesseract itself believes in less, out of 100, are left out: most of them are stains."""


def program() -> str | None:
    """The Tesseract of this machine if it reads Vietnamese, or None."""
    if settings.TESSERACT == "none":
        return None
    return _found(settings.TESSERACT or "tesseract")


@functools.cache
def _found(name: str) -> str | None:
    binary = shutil.which(name)
    if binary is None:
        return None
    told = subprocess.run([binary, "--list-langs"], capture_output=True, text=True)  # noqa: S603
    return binary if LANGUAGE in told.stdout.split() else None


@functools.cache
def engine() -> str:
    """What is written beside the text it read."""
    told = subprocess.run([program() or "", "--version"], capture_output=True, text=True)  # noqa: S603
    return f"{told.stdout.split(chr(10))[0].replace(' ', '-')}-{LANGUAGE}"[:40]


def read(image: bytes, width: float) -> list[list[Any]]:
    """The lines of a page drawn as `image`, in points of a page `width` points wide: as `engine.Line`.

    Raises Refused or Busy.
    """
    with job.own_folder() as folder:
        (folder / "page.webp").write_bytes(image)
        command = [program() or "", "page.webp", "read", "-l", LANGUAGE, "--psm", "3", "tsv"]
        env = {"OMP_THREAD_LIMIT": "1"} | {k: v for k, v in os.environ.items() if k == "TESSDATA_PREFIX"}
        code = job.run(command, folder=folder, limits=LIMITS, env=env)
        told = folder / "read.tsv"
        if code != 0 or not told.is_file():
            return []
        return lines(told.read_text(encoding="utf-8", errors="replace"), width)


def lines(table: str, width: float) -> list[list[Any]]:
    """Tesseract's table of words as lines of text with the edges of every letter."""
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    page = next((row for row in rows if row["level"] == "1"), None)
    if page is None or not int(page["width"]):
        return []
    scale = width / int(page["width"])
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if row["level"] == "5" and (row["text"] or "").strip() and float(row["conf"]) >= SURE:
            place = (row["block_num"], row["par_num"], row["line_num"])
            found.setdefault(place, []).append(row)
    return [_line(words, scale) for words in found.values()]


def _line(words: list[dict[str, str]], scale: float) -> list[Any]:
    boxes = [tuple(int(word[key]) * scale for key in ("left", "top", "width", "height")) for word in words]
    start = boxes[0][0]
    text, edges = "", [0.0]
    for word, (left, _, wide, _) in zip(words, boxes, strict=True):
        if text:
            text += " "
            edges.append(max(edges[-1], left - start))
        letters = word["text"].strip()
        edges += [max(edges[-1], left - start + wide * (n + 1) / len(letters)) for n in range(len(letters))]
        text += letters
    box = [
        start,
        min(top for _, top, _, _ in boxes),
        max(left + wide for left, _, wide, _ in boxes),
        max(top + high for _, top, _, high in boxes),
    ]
    return [*(round(side, 1) for side in box), text, [round(edge, 1) for edge in edges]]
