"""What happens elsewhere and shows in a meeting."""

from typing import Any

from django.dispatch import receiver

from intranet.files.models import Content
from intranet.files.signals import content_read

from . import actions


@receiver(content_read)
def announce_paper(sender: Any, content: Content, **kwargs: Any) -> None:
    """A paper can be opened now, or is known not to: screens that list it say so."""
    actions.note_content_read(content.pk)
