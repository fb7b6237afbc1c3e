"""What is said and written: messages, and the secretary's notes."""

from typing import Any

from meetings.models import Message, Note, Role

from .reading import Reading, milliseconds

MESSAGES_SHOWN = 100


def messages_section(reading: Reading) -> list[dict[str, Any]]:
    audience = reading.audience
    rows = Message.objects.filter(meeting=reading.meeting)
    if audience.role == Role.INVITED:
        rows = rows.filter(item__in=audience.items)
    elif not audience.sees_messages_of(None):
        return []
    if not audience.leads:
        rows = rows.filter(is_held=False)
    return [
        {
            "id": row.pk,
            "seat": row.seat_id,
            "name": row.name,
            "text": row.text,
            "at": milliseconds(row.at),
            "item": row.item_id,
            **({"held": True} if row.is_held else {}),
        }
        for row in reversed(rows.order_by("-pk")[:MESSAGES_SHOWN])
    ]


def notes_section(reading: Reading) -> dict[str, Any]:
    if not reading.audience.sees_notes:
        return {}
    notes = Note.objects.filter(item__meeting=reading.meeting).order_by("item_id")
    return {
        str(note.item_id): {"text": note.text, "version": note.version, "at": milliseconds(note.at)}
        for note in notes
    }
