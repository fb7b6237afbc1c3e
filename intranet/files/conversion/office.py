"""Office documents as PDF, by a LibreOffice that is started for one document and ended after it."""

import contextlib
import functools
import glob
import json
import os
import shutil
import socket
from pathlib import Path

from django.conf import settings

from intranet.files.rendering.pool import Refused

from . import job

LIMITS = job.Limits(seconds=90, wall=300, memory=4 * 1024**3, size=512 * 1024**2)
PLACES = (
    "/usr/lib/libreoffice/program/soffice.bin",
    "/usr/lib64/libreoffice/program/soffice.bin",
    "/opt/libreoffice*/program/soffice.bin",
)
SETTLED = (
    "/etc/libreoffice",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/var/cache/fontconfig",
    "/usr/share/fonts",
)
FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts"
SOCKETS = "/tmp"  # noqa: S108 - where LibreOffice makes its own, whatever TMPDIR says
RESTART = 81
"""What LibreOffice answers when it has made a new profile and wants to be started again."""

_MODULES = {
    "docx": "writer",
    "doc": "writer",
    "odt": "writer",
    "xlsx": "calc",
    "xls": "calc",
    "ods": "calc",
    "pptx": "impress",
    "ppt": "impress",
    "odp": "impress",
}
_OPTIONS = {
    "ExportBookmarks": True,
    "UseTaggedPDF": True,
    "ExportNotes": False,
    "ExportFormFields": False,
    "ReduceImageResolution": True,
    "MaxImageResolution": 300,
    "Quality": 90,
}

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
%s
</oor:items>
"""
_SETTINGS = {
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("/org.openoffice.Office.Writer/Content/Update", "Link"): "2",
    ("/org.openoffice.Office.Calc/Content/Update", "Link"): "2",
    ("/org.openoffice.Inet/Settings", "ooInetProxyType"): "2",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion"): "99.0",
    ("/org.openoffice.Office.Common/Misc", "FirstRun"): "false",
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled"): "false",
}


def program() -> str | None:
    """The LibreOffice of this machine, or None."""
    if settings.SOFFICE == "none":
        return None
    if settings.SOFFICE:
        return str(settings.SOFFICE) if os.access(settings.SOFFICE, os.X_OK) else None
    return _found()


@functools.cache
def _found() -> str | None:
    places = [place for pattern in PLACES for place in sorted(glob.glob(pattern))]
    return next((place for place in places if os.access(place, os.X_OK)), None)


def converts(extension: str) -> bool:
    """Whether this machine can make a PDF of a document with this extension."""
    return extension in _MODULES and program() is not None


def convert(path: Path, extension: str, folder: Path) -> Path:
    """The PDF of the document at `path`, made in `folder`. Raises Refused or Busy."""
    binary = program()
    if binary is None:
        raise Refused("no_office")
    source = folder / f"document.{extension}"
    shutil.copyfile(path, source)
    profile = folder / "profile"
    _write_profile(profile)
    fonts = _write_fonts(folder)
    module = _MODULES[extension]
    options = {name: {"type": _type(value), "value": str(value).lower()} for name, value in _OPTIONS.items()}
    command = [
        binary,
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nolockcheck",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        f"pdf:{module}_pdf_Export:{json.dumps(options, separators=(',', ':'))}",
        "--outdir",
        str(folder),
        str(source),
    ]
    home = os.path.realpath(os.path.dirname(os.path.dirname(binary)))
    reads = [*SETTLED, home, str(FONTS)]
    env = {"FONTCONFIG_FILE": str(fonts), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
    for _ in range(2):
        try:
            code = job.run(command, folder=folder, limits=LIMITS, reads=reads, env=env, sockets=SOCKETS)
        finally:
            _sweep_sockets()
        if code != RESTART:
            break
    made = folder / "document.pdf"
    if not made.is_file() or made.stat().st_size == 0:
        raise Refused("office")
    return made


def _sweep_sockets() -> None:
    """Remove the sockets by which a LibreOffice that is gone would have known its next self."""
    for place in glob.glob(f"{SOCKETS}/OSL_PIPE_*"):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            try:
                line.connect(place)
            except ConnectionRefusedError:
                os.unlink(place)


def _type(value: object) -> str:
    return "boolean" if isinstance(value, bool) else "long"


def _write_profile(profile: Path) -> None:
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE % items)


def _write_fonts(folder: Path) -> Path:
    """Our own Tinos beside the system's faces; what Office documents name and nobody may give away is set in
    faces of the same widths."""
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{FONTS}</dir><cachedir>{folder}/fonts</cachedir>"
        "</fontconfig>"
    )
    return file
