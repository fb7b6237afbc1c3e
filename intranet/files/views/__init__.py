"""The edge: originals, page images, text, facts, upload, the reading page."""

from .original import download, view_pdf
from .pages import facts, page, search, text, texts
from .reading import read
from .upload import upload

__all__ = ["download", "facts", "page", "read", "search", "text", "texts", "upload", "view_pdf"]
