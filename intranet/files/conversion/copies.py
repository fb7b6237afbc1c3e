"""The cleaned copy of a PDF, made by `cleaning` in a confined process."""

import json
import sys
from pathlib import Path

from intranet.files.rendering.pool import Refused

from . import job

LIMITS = job.Limits(seconds=60, wall=180, memory=2 * 1024**3, size=1024**3)
PYTHON = (
    *{str(Path(one).resolve()) for one in (sys.prefix, sys.base_prefix)},
    str(Path(sys.executable).parent),
    str(job.HERE),
)
"""What our own script reads beside the system's programs."""


def clean(path: Path, folder: Path) -> tuple[Path, list[str]]:
    """The cleaned copy, made in `folder`, and what was taken away: codes of `rules.STRIPPED`.

    Raises Refused when the file cannot be taken apart, Busy when the machine was too slow.
    """
    target, report = folder / "copy.pdf", folder / "report.json"
    command = [sys.executable, "-s", "-E", str(job.HERE / "cleaning.py"), str(path), str(target), str(report)]
    code = job.run(command, folder=folder, limits=LIMITS, reads=[*PYTHON, str(path)])
    if code != 0 or not report.is_file():
        raise Refused("broken")
    return target, json.loads(report.read_text())
