"""Every write of this package."""

from .keeping import collect_orphan, make_view_again, read_again
from .reading import note_fault, read_content, read_pictures
from .reading_log import forget_pages_sent, note_page_sent, write_pages_sent
from .storing import store

__all__ = [
    "collect_orphan",
    "forget_pages_sent",
    "make_view_again",
    "note_fault",
    "note_page_sent",
    "read_again",
    "read_content",
    "read_pictures",
    "store",
    "write_pages_sent",
]
