"""The same file names in every package, and none that has grown past what one reads in a sitting."""

from tests.architecture.house import ENGINES, ROOT, TOP_PACKAGES, folder_of, packages, python_files, told

ROOMS = {
    *("models", "rules", "queries", "actions", "revisions", "live", "registry", "signals"),
    *("forms", "views", "urls", "admin", "tasks", "receivers", "apps", "migrations", "management"),
    *("middleware", "context_processors", "templatetags", "wagtail_hooks", "blocks", "adapters"),
}
OWN_ROOMS = {"intranet.files": {"rendering", "conversion"}, "meetings": {"rehearsal"}}
"""What only one package has, with a reason in its docstring."""
BESIDE_CODE = {"templates", "__init__", "__pycache__"}
TOP_LEVEL = {
    *TOP_PACKAGES,
    *("deploy", "docs", "static", "tests", "tools", "manage.py", "pyproject.toml", "README.md", "Makefile"),
    *("package.json", "package-lock.json", "tsconfig.json"),
    *("requirements.txt", "requirements-test.txt", "requirements-node.txt", "LICENSE"),
}
MADE_HERE = {"node_modules", "var"}
LONGEST = 420
"""Lines. A longer module becomes a folder of the same name."""


def test_packages_have_only_known_rooms() -> None:
    offenders = []
    for package in packages():
        if package in ENGINES:
            continue
        known = ROOMS | OWN_ROOMS.get(package, set()) | BESIDE_CODE
        for path in folder_of(package).iterdir():
            if path.stem not in known:
                offenders.append(told(path))
    assert sorted(offenders) == []


def test_top_level_holds_only_the_house() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - TOP_LEVEL - MADE_HERE == set()


def test_modules_stay_short() -> None:
    offenders = []
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if "migrations" not in path.relative_to(ROOT).parts and lines > LONGEST:
            offenders.append(f"{told(path)}: {lines} lines")
    assert offenders == []
