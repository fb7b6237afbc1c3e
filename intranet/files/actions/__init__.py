"""Every write of this package."""

from .keeping import collect_orphan, make_view_again, read_again
from .reading import note_fault, read_content, read_pictures
from .storing import store

__all__ = [
    "collect_orphan",
    "make_view_again",
    "note_fault",
    "read_again",
    "read_content",
    "read_pictures",
    "store",
]
