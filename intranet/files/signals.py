"""What others may listen to."""

from django.dispatch import Signal

content_stored = Signal()
"""New content is in the store and not read yet. Sent inside the transaction; `content` is the row."""
