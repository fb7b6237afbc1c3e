"""The reader's name across a page, many times over: pale enough to read through, dense enough for a crop.

Imported only by `child`, through `engine`.
"""

import functools
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts" / "tinos-700-normal.ttf"
ANGLE = 24
WIDTH = 0.27
"""Of the shorter side of the page, along the writing. With the steps below every half of a page holds a
whole mark."""
ACROSS, DOWN = 0.40, 0.22
DARK, PALE = (72, 72, 72), (255, 255, 255)
INK, HALO = 0.27, 0.42
"""How much of the page letters and the pale rim around them cover: one of the two is seen on any ground."""


def stamped(
    picture: Image.Image, lines: list[str], whole: tuple[int, int], left: int = 0, top: int = 0
) -> Image.Image:
    """The picture with the lines across it, again and again: it is the part of a page of `whole` pixels that
    begins at (left, top). The picture itself is changed."""
    mark, cover = _mark(tuple(lines), min(whole))
    for x, y in places(whole, mark.size):
        if left - mark.width < x < left + picture.width and top - mark.height < y < top + picture.height:
            picture.paste(mark, (x - left, y - top), cover)
    return picture


def places(whole: tuple[int, int], mark: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Where on a page of `whole` pixels marks of this size begin: in rows, every second one set in."""
    unit = min(whole)
    across, down = max(1, round(unit * ACROSS)), max(1, round(unit * DOWN))
    for row, y in enumerate(range(-mark[1] // 3, whole[1], down)):
        for x in range(-mark[0] // 2 + (across // 2 if row % 2 else 0), whole[0], across):
            yield x, y


@functools.lru_cache(maxsize=4)
def _mark(lines: tuple[str, ...], unit: int) -> tuple[Image.Image, Image.Image]:
    """The letters with the rim around them, turned, and how much of the page they cover."""
    font = _fitting(lines, unit)
    rim = max(1, round(font.size / 12))
    high = round(font.size * 1.2)
    wide = max(round(font.getlength(line)) for line in lines) + 4 * rim
    letters = Image.new("L", (wide, high * len(lines) + 4 * rim))
    around = letters.copy()
    for place, line in enumerate(lines):
        at = (wide / 2, 2 * rim + high * (place + 0.5))
        ImageDraw.Draw(letters).text(at, line, 255, font, anchor="mm")
        ImageDraw.Draw(around).text(at, line, 255, font, anchor="mm", stroke_width=rim)
    letters, around = (
        mask.rotate(ANGLE, Image.Resampling.BICUBIC, expand=True) for mask in (letters, around)
    )
    colours = Image.composite(
        Image.new("RGB", letters.size, DARK), Image.new("RGB", letters.size, PALE), letters
    )
    return colours, Image.composite(_share(letters, INK), _share(around, HALO), letters)


def _fitting(lines: tuple[str, ...], unit: int) -> ImageFont.FreeTypeFont:
    """As large as the longest line allows, within bounds."""
    trial = ImageFont.truetype(str(FONT), 100)
    longest = max(trial.getlength(line) for line in lines)
    size = 100 * unit * WIDTH / max(longest, 1)
    return ImageFont.truetype(str(FONT), max(8, round(min(max(size, unit * 0.016), unit * 0.036))))


def _share(mask: Image.Image, share: float) -> Image.Image:
    return mask.point([round(value * share) for value in range(256)])
