"""Words to the room, and the secretary's notes."""

from typing import Any

from django.utils import timezone

from meetings import queries, rules
from meetings.models import Meeting, Message, Note, Seat
from meetings.revisions import Facts, change

from .signals import tell


def post_message(seat: Seat, *, text: str) -> dict[str, Any]:
    """Write to the room, under the item that is current. Returns its key as `message`."""
    with change(seat, "post_message", "messages") as (meeting, facts):
        current = queries.current_item(meeting)
        rules.check_may_speak_now(seat, current, queries.invited_items(seat))
        rules.check_may_write(seat, meeting.talk)
        message = Message.objects.create(
            meeting=meeting,
            seat=seat,
            name=str(seat.person),
            text=text,
            item=current,
            at=timezone.now(),
            is_held=rules.waits(seat, meeting.talk),
        )
        if message.is_held:
            _tell_author(meeting, message, facts)
        facts.update(message=message.pk)
        return {"message": message.pk}


def set_talk(seat: Seat, *, talk: str) -> None:
    """Say whether people may write to the room, and whether their words wait to be released."""
    with change(seat, "set_talk", "order") as (meeting, facts):
        facts.update(talk=talk, was=meeting.talk)
        meeting.talk = talk
        meeting.save(update_fields=["talk"])


def release_message(seat: Seat, *, message: int) -> None:
    """Show a message that waited."""
    with change(seat, "release_message", "messages") as (meeting, facts):
        row = queries.message_in(meeting, message)
        rules.check_waiting_to_be_shown(row)
        facts.update(message=row.pk, name=row.name)
        row.is_held = False
        row.save(update_fields=["is_held"])
        _tell_author(meeting, row, facts)


def remove_message(seat: Seat, *, message: int) -> None:
    """Take a message away for good. The log says whose it was and who did it; its words are gone."""
    with change(seat, "remove_message", "messages") as (meeting, facts):
        row = queries.message_in(meeting, message)
        facts.update(message=row.pk, name=row.name, said_at=row.at.isoformat())
        _tell_author(meeting, row, facts)
        row.delete()


def _tell_author(meeting: Meeting, row: Message, facts: Facts) -> None:
    tell(meeting, row.seat_id)
    facts.more.add("signals")


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
