"""The message catalogues.

`compile` makes the .mo files (without GNU gettext), `update` collects the sentences of the code into the
catalogues, `check` fails when the Vietnamese catalogue is not what `update` and a translator would leave.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("vi", "en")
DOMAINS = ("django", "djangojs")
COMPLETE = "vi"
"""The language whose every sentence must be translated; English is what the code says."""
IGNORED = ("node_modules", "var", ".venv", "static/vendor", "tests", "tools")
Key = tuple[str | None, str, str]


def locale_of(root: Path) -> Path:
    """Where the catalogues lie in a copy of the project."""
    return root / "intranet" / "locale"


def catalogue(root: Path, language: str, domain: str) -> Path:
    """The path of one catalogue."""
    return locale_of(root) / language / "LC_MESSAGES" / f"{domain}.po"


def compile_catalogues() -> None:
    """Write every .mo whole or not at all: a server may be reading it."""
    for source in locale_of(ROOT).glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        os.replace(fresh, target)


def collect(root: Path) -> None:
    """Let Django's extractor bring the catalogues of the project at `root` up to date."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "intranet.config.settings.dev",
        "DINH_VAR_DIR": str(root / "var"),
    }
    for domain in DOMAINS:
        command = [
            sys.executable,
            "manage.py",
            "makemessages",
            "--domain",
            domain,
            "--no-obsolete",
            "--no-wrap",
        ]
        command += ["--add-location", "file"]
        command += [word for language in LANGUAGES for word in ("--locale", language)]
        command += [word for path in IGNORED for word in ("--ignore", path)]
        subprocess.run(command, cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)


def copy_sources(target: Path) -> None:
    """Everything tracked (or about to be) that may hold a sentence."""
    listed = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if name.endswith((".py", ".html", ".txt", ".js", ".po")) and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def entries(path: Path) -> dict[Key, polib.POEntry]:
    """The live messages of a catalogue by context, singular and plural."""
    if not path.exists():
        return {}
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def complaints() -> list[str]:
    """What is wrong with the committed catalogues, a line for each message."""
    found = []
    with tempfile.TemporaryDirectory(prefix="dinh-messages-") as folder:
        copy = Path(folder)
        copy_sources(copy)
        collect(copy)
        for domain in DOMAINS:
            path = catalogue(ROOT, COMPLETE, domain)
            have, need = entries(path), entries(catalogue(copy, COMPLETE, domain))
            where = path.relative_to(ROOT)
            found += [f"{where}: missing: {key[1]!r}" for key in need.keys() - have.keys()]
            found += [f"{where}: no longer in the code: {key[1]!r}" for key in have.keys() - need.keys()]
            for key in need.keys() & have.keys():
                entry = have[key]
                if entry.fuzzy:
                    found.append(f"{where}: fuzzy: {key[1]!r}")
                elif not entry.translated():
                    found.append(f"{where}: not translated: {key[1]!r}")
            if path.exists() and polib.pofile(str(path)).obsolete_entries():
                found.append(f"{where}: holds obsolete messages")
    return sorted(found)


def main() -> int:
    """Do what the one argument says. Returns the exit code."""
    match sys.argv[1:]:
        case ["compile"]:
            compile_catalogues()
        case ["update"]:
            collect(ROOT)
            compile_catalogues()
        case ["check"]:
            found = complaints()
            print("\n".join(found))
            return 1 if found else 0
        case _:
            print("use: python -m tools.messages compile|update|check", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
