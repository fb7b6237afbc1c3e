"""Tests lie where the code they test lies, and every package has some."""

from tests.architecture.house import ROOT, TOP_PACKAGES, packages, told

TESTS = ROOT / "tests"
OWN_FOLDERS = {"architecture", "benchmarks", "e2e", "factories", "faults", "js", "tools"}
ASSEMBLY = "intranet.config"
"""Tested by what it assembles."""


def test_folders_of_tests_mirror_the_code() -> None:
    offenders = []
    for package in TOP_PACKAGES:
        for path in sorted((TESTS / package).rglob("test_*.py")):
            code = ROOT / path.relative_to(TESTS).parent
            if not (code.is_dir() or code.with_suffix(".py").exists()):
                offenders.append(told(path))
    assert offenders == []


def test_folders_of_browser_tests_mirror_the_code() -> None:
    offenders = []
    for path in sorted((TESTS / "js").rglob("*.test.js")):
        if not (ROOT / "static" / path.relative_to(TESTS / "js").parts[0] / "js").is_dir():
            offenders.append(told(path))
    assert offenders == []


def test_every_package_has_tests() -> None:
    untested = []
    for package in packages():
        if package != ASSEMBLY and not list(TESTS.joinpath(*package.split(".")).rglob("test_*.py")):
            untested.append(package)
    assert untested == []


def test_no_other_folders_of_tests() -> None:
    found = {path.name for path in TESTS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert found - OWN_FOLDERS - set(TOP_PACKAGES) == set()
