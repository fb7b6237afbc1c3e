"""Migrations have names that say something and run on their own, whatever the code has become.

Only the pure helpers of `intranet.lib` may be named: a column's default is made with them.
"""

import ast
import re
from pathlib import Path

from tests.architecture.house import TOP_PACKAGES, python_files, told


def migrations() -> list[Path]:
    """Every migration of the product."""
    found = [path for path in python_files() if path.parent.name == "migrations"]
    return [path for path in found if path.name != "__init__.py"]


def test_migrations_are_named() -> None:
    automatic = re.compile(r"_auto_\d|_alter_|_remove_|_rename_|^\d+_initial")
    assert [told(path) for path in migrations() if automatic.search(path.stem)] == []


def test_migrations_import_no_project_code() -> None:
    offenders = []
    for path in migrations():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "" if node.level == 0 else TOP_PACKAGES[0]]
            own = [name for name in names if name.split(".")[0] in TOP_PACKAGES]
            if any(not name.startswith("intranet.lib") for name in own):
                offenders.append(f"{told(path)}:{node.lineno}")
    assert offenders == []
