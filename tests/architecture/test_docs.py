"""What the documentation points at exists."""

import re
import subprocess
from pathlib import Path

from tests.architecture.house import ROOT, told

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
TARGET = re.compile(r"`make ([a-z-]+(?: [a-z-]+)*)`")
README_LINES = 100


def pages() -> list[Path]:
    """Every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_links_lead_somewhere() -> None:
    offenders = []
    for page in pages():
        for address in LINK.findall(page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", address) and not (page.parent / address).exists():
                offenders.append(f"{told(page)}: {address}")
    assert offenders == []


def test_named_commands_exist() -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    offenders = []
    for page in pages():
        for words in TARGET.findall(page.read_text(encoding="utf-8")):
            offenders += [f"{told(page)}: make {word}" for word in words.split() if word not in known]
    assert offenders == []


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= README_LINES


def test_tracked_files_name_no_development_machine() -> None:
    pattern = r"(^|[^A-Za-z0-9_.])/(work|farm)/[a-z.]|/root/\."
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/architecture/test_docs.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert found.stdout == ""
