"""Fill static/vendor (ignored by git) from node_modules: what browsers load, and the fonts of papers."""

import gzip
import re
import shutil
from io import BytesIO
from pathlib import Path

import brotli
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tools.figures import make_figures

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
SCREEN = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
PRINT = MODULES / "@fontsource" / "tinos" / "files"
WEIGHTS = (400, 500, 600, 700)
PRINT_STYLES = ("400-normal", "700-normal", "400-italic")
LIT_FILES = ("lit-html", "directive", "directive-helpers", "async-directive", "is-server", "static")
PAPER_LETTERS = {
    *"ĂÂĐÊÔƠƯăâđêôơư₫–—“”‘’…§°•½×",
    *map(chr, range(0x20, 0x7F)),
    *map(chr, range(0xC0, 0x100)),
    *map(chr, range(0x1EA0, 0x1EFA)),
}
"""What a printed paper must be able to say: all of Vietnamese, digits, signs, ₫."""


def copy_lit(target: Path) -> None:
    """lit-html as native modules with their types; without pointers to source maps that are not served."""
    source = MODULES / "lit-html"
    for path in [*(source / f"{name}.js" for name in LIT_FILES), *(source / "directives").glob("*.js")]:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(re.sub(r"^//# sourceMappingURL=.*$\n?", "", path.read_text(), flags=re.MULTILINE))
        shutil.copy(path.with_suffix(".d.ts"), copy.with_suffix(".d.ts"))
    shutil.copy(source / "LICENSE", target / "LICENSE")


def copy_pdfium(target: Path) -> None:
    """What draws PDFs in the browser, as a native module, without the address it would be fetched from
    elsewhere."""
    source = MODULES / "@embedpdf" / "pdfium"
    target.mkdir(parents=True)
    script = (source / "dist" / "index.browser.js").read_text()
    script = re.sub(r"^//# sourceMappingURL=.*$\n?", "", script, flags=re.MULTILINE)
    (target / "pdfium.js").write_text(re.sub(r"(DEFAULT_PDFIUM_WASM_URL =) '[^']*'", r"\1 ''", script))
    # Packed here, once for each version: packing it with every release would take longer than all the rest.
    program = (source / "dist" / "pdfium.wasm").read_bytes()
    (target / "pdfium.wasm").write_bytes(program)
    (target / "pdfium.wasm.gz").write_bytes(gzip.compress(program, 9, mtime=0))
    (target / "pdfium.wasm.br").write_bytes(brotli.compress(program, quality=9))
    (target / "pdfium.d.ts").write_text("export function init(overrides: object): Promise<any>;\n")
    for name in ("LICENSE", "LICENSE.pdfium"):
        shutil.copy(source / name, target / name)


def whole_face(style: str) -> TTFont:
    """One complete Tinos for PDFs, put together from the subsets made for the web."""
    seen: set[int] = set()
    parts = []
    for subset in ("latin", "latin-ext", "vietnamese"):
        font = TTFont(PRINT / f"tinos-{subset}-{style}.woff2", recalcTimestamp=False)
        made = font["head"].modified
        new = set(font.getBestCmap()) - seen
        seen |= new
        options = Options(
            layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"], glyph_names=False
        )
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=new)
        subsetter.subset(font)
        font.flavor = None
        part = BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    font = Merger().merge(parts)
    # The same bytes on every machine: the release in the static address is a digest of them.
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = made
    missing = sorted(letter for letter in PAPER_LETTERS if ord(letter) not in font.getBestCmap())
    if missing:
        raise SystemExit(f"Tinos {style} lacks {' '.join(missing)}")
    return font


def copy_fonts(target: Path) -> None:
    """The faces named in static/common/css/fonts.css, the figures made from them, whole faces for PDFs."""
    target.mkdir(parents=True)
    for weight in WEIGHTS:
        for subset in ("latin", "vietnamese"):
            shutil.copy(SCREEN / f"be-vietnam-pro-{subset}-{weight}-normal.woff2", target)
        make_figures(
            SCREEN / f"be-vietnam-pro-latin-{weight}-normal.woff2", target / f"dinh-figures-{weight}.woff2"
        )
    for style in PRINT_STYLES:
        for subset in ("latin", "vietnamese"):
            shutil.copy(PRINT / f"tinos-{subset}-{style}.woff2", target)
        whole_face(style).save(target / f"tinos-{style}.ttf")
    shutil.copy(SCREEN.parent / "LICENSE", target / "LICENSE-be-vietnam-pro")
    shutil.copy(PRINT.parent / "LICENSE", target / "LICENSE-tinos")


def main() -> None:
    """Build the folder aside and swap it in, so that a broken run leaves the old one."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    copy_fonts(fresh / "fonts")
    copy_lit(fresh / "lit-html")
    copy_pdfium(fresh / "pdfium")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


if __name__ == "__main__":
    main()
