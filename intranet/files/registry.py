"""Who else may read a file: packages above register a grant for the files they attach to their own
objects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Access:
    """What a reader may do with a file they may read."""

    original: bool = True
    """The file itself may leave the server: to be saved, or to be drawn on the reader's own device."""
    print: bool = True
    text: bool = True
    """The words of a page leave the server beside its image, for searching and for screen readers."""
    stamped: bool = False
    """Every page bears the reader's name; it is drawn for this reader and kept nowhere."""
    logged: bool = False
    """It is noted which pages were sent to the reader, and when."""
    offline_hours: int = 0
    """How long a device may keep it without asking; 0: it may not."""

    @property
    def source(self) -> Literal["pdf", "images"]:
        """What a viewer is given to draw: the document itself, or only images of its pages."""
        return "pdf" if self.original and not self.stamped else "images"

    def __or__(self, other: "Access") -> "Access":
        """What somebody may who was let in twice."""
        return Access(
            original=self.original or other.original,
            print=self.print or other.print,
            text=self.text or other.text,
            stamped=self.stamped and other.stamped,
            logged=self.logged and other.logged,
            offline_hours=max(self.offline_hours, other.offline_hours),
        )


Grant = Callable[[Any, Any], Access | None]
"""(person, stored_file) -> what this package lets the person do with it, None for nothing. Asked at every
request."""

_grants: dict[str, Grant] = {}


def register_grant(name: str, grant: Grant) -> None:
    """Add a package's grant under its name; called from `AppConfig.ready`."""
    _grants[name] = grant


def grants() -> list[Grant]:
    """Every registered grant."""
    return list(_grants.values())
