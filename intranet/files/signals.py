"""What others may listen to."""

from django.dispatch import Signal

content_stored = Signal()
"""New content is in the store and not read yet. Sent inside the transaction; `content` is the row."""

content_read = Signal()
"""It is known now whether content can be opened, or that changed. Sent after the commit; `content` is the
row."""
