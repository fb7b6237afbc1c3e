"""The edge: originals, page images, text, facts, upload, the reading page."""

from .original import download
from .pages import facts, page, text
from .reading import read
from .upload import upload

__all__ = ["download", "facts", "page", "read", "text", "upload"]
