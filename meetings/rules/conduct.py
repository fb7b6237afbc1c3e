"""In session: the agenda, pages, words to the room, notes."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import AgendaItem, Paper, Role, Seat

from .table import SPEAKING

MESSAGE_LENGTH = 1000
NOTE_LENGTH = 20_000


class StaleNote(RuleBroken):
    """Somebody else has written the note meanwhile: both texts are given back, none is lost."""

    def __init__(self, *, text: str, version: int) -> None:
        super().__init__(
            _("Somebody else has changed this note. Your text is kept here: compare the two and save again.")
        )
        self.text = text
        self.version = version


def check_expected_item(current: int | None, expected: int | None) -> None:
    """Two hands on the agenda: the second names an item that is no longer current and moves nothing."""
    if current != expected:
        raise RuleBroken(_("The agenda has been moved meanwhile. See what is current and press again."))


def check_page(paper: Paper, page: int) -> None:
    """Only a page that exists can be shown."""
    if not 1 <= page <= len(paper.stored_file.content.pages):
        raise RuleBroken(_("This paper has no such page."))


def may_be_heard(role: str, own_items: Collection[int], current: AgendaItem | None) -> bool:
    """Whether a seat may speak now: the invited only while an item they are invited to is discussed."""
    return role in SPEAKING and (role != Role.INVITED or (current is not None and current.pk in own_items))


def check_may_speak_now(seat: Seat, current: AgendaItem | None, own_items: Collection[int]) -> None:
    """Raise RuleBroken unless the seat may write or speak to the room now."""
    if not may_be_heard(seat.role, own_items, current):
        raise RuleBroken(
            _("You can take part while an item you are invited to is under discussion.")
            if seat.role == Role.INVITED
            else _("This seat takes no part in the discussion.")
        )


def check_note_version(*, text: str, version: int, expected: int) -> None:
    """Raise StaleNote unless the writer saw the version that is stored."""
    if version != expected:
        raise StaleNote(text=text, version=version)
