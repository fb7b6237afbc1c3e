"""Every write of this package."""

from .reading import note_fault, read_content
from .storing import store

__all__ = ["note_fault", "read_content", "store"]
