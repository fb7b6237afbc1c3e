"""Words to the room, and the secretary's notes."""

from typing import Any

from django.utils import timezone

from meetings import queries, rules
from meetings.models import Message, Note, Seat
from meetings.revisions import change


def post_message(seat: Seat, *, text: str) -> dict[str, Any]:
    """Write to the room, under the item that is current. Returns its key as `message`."""
    with change(seat, "post_message", "messages") as (meeting, facts):
        current = queries.current_item(meeting)
        rules.check_may_speak_now(seat, current, queries.invited_items(seat))
        message = Message.objects.create(
            meeting=meeting, seat=seat, name=str(seat.person), text=text, item=current, at=timezone.now()
        )
        facts.update(message=message.pk)
        return {"message": message.pk}


def take_note(seat: Seat, *, item: int, text: str, version: int) -> dict[str, Any]:
    """Write the note of an item over `version`, the one the writer saw (0: none). Returns the new `version`.

    StaleNote when somebody wrote meanwhile: it carries their text, and nothing is overwritten.
    """
    with change(seat, "take_note", "notes") as (meeting, facts):
        row = queries.item_in(meeting, item)
        note = Note.objects.filter(item=row).first() or Note(item=row, at=timezone.now())
        rules.check_note_version(text=note.text, version=note.version, expected=version)
        note.text = text
        note.version += 1
        note.at = timezone.now()
        note.save()
        facts.update(item=item, version=note.version)
        return {"version": note.version}
