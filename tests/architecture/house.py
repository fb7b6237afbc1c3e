"""Where the architecture tests look."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP_PACKAGES = ("intranet", "meetings", "mailbox", "cms", "public_site")
ENGINES = ("intranet.lib", "intranet.live", "intranet.config")
"""Packages that are not rooms of business: helpers, the live engine, the assembly."""


def python_files() -> Iterator[Path]:
    """Every module of the product."""
    for package in TOP_PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def own_static_files(*endings: str) -> Iterator[Path]:
    """Static files written here, not those of others."""
    for path in sorted((ROOT / "static").rglob("*")):
        if path.suffix in endings and "vendor" not in path.relative_to(ROOT).parts:
            yield path


def templates() -> Iterator[Path]:
    """Every template of the product."""
    for package in TOP_PACKAGES:
        for path in sorted((ROOT / package).rglob("templates/**/*")):
            if path.is_file():
                yield path


def package_of(module: str) -> tuple[str, str]:
    """('intranet.files', 'views') for 'intranet.files.views.pages'."""
    parts = module.split(".")
    depth = 2 if parts[0] == "intranet" else 1
    return ".".join(parts[:depth]), parts[depth] if len(parts) > depth else ""


def packages() -> list[str]:
    """Every package, by its dotted name."""
    inside = [f"intranet.{path.parent.name}" for path in sorted((ROOT / "intranet").glob("*/__init__.py"))]
    return inside + [package for package in TOP_PACKAGES if package != "intranet"]


def folder_of(package: str) -> Path:
    """The folder of a package."""
    return ROOT.joinpath(*package.split("."))


def told(path: Path) -> str:
    """A path as a reader writes it."""
    return str(path.relative_to(ROOT))
