"""The message catalogues: `compile` makes the .mo files (without GNU gettext)."""

import os
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "intranet" / "locale"


def compile_catalogues() -> None:
    """Write every .mo whole or not at all: a server may be reading it."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        os.replace(fresh, target)


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_catalogues()
    else:
        raise SystemExit("use: python -m tools.messages compile")
