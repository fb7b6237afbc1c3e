"""Who else may read a file: packages above register a grant for the files they attach to their own
objects."""

from collections.abc import Callable
from typing import Any

Grant = Callable[[Any, Any], bool]
"""(person, stored_file) -> whether this package lets the person read it. Asked at every request."""

_grants: dict[str, Grant] = {}


def register_grant(name: str, grant: Grant) -> None:
    """Add a package's grant under its name; called from `AppConfig.ready`."""
    _grants[name] = grant


def grants() -> list[Grant]:
    """Every registered grant."""
    return list(_grants.values())
