"""Every write of this package."""

from .keeping import collect_orphan, read_again
from .reading import note_fault, read_content
from .storing import store

__all__ = ["collect_orphan", "note_fault", "read_again", "read_content", "store"]
