"""Make "Dinh Figures": the ten digits of Be Vietnam Pro, all of one width.

Be Vietnam Pro has no tabular figures ("1" is 385 wide, "4" is 710), so a countdown set in it trembles and
columns do not line up. Its licence (OFL, no reserved name) allows this derived face. About 2 KB a weight.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

WIDTH = 660
"""Of every digit, in thousandths of the em."""


def make_figures(source: Path, target: Path) -> None:
    """Write the digits of `source` (a latin subset of Be Vietnam Pro) as the face `target`."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(flavor="woff2", layout_features=[], hinting=False))
    subsetter.populate(unicodes=range(0x30, 0x3A))
    subsetter.subset(font)
    scale = font["head"].unitsPerEm / 1000
    width = round(WIDTH * scale)
    for name in font.getBestCmap().values():
        glyph = font["glyf"][name]
        shift = round((width - font["hmtx"][name][0]) / 2)
        if name == "one":
            shift += round(30 * scale)  # its flag pulls the eye to the left
        glyph.coordinates = GlyphCoordinates([(x + shift, y) for x, y in glyph.coordinates])
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, glyph.xMin)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Dinh Figures"
    font.flavor = "woff2"
    font.save(target)
