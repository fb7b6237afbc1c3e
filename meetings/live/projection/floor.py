"""Who speaks, until when, and who waits."""

from typing import Any

from meetings.models import ItemState, Speech, SpeechState

from .reading import Reading, milliseconds, whole_milliseconds


def floor_section(reading: Reading) -> dict[str, Any]:
    """Who speaks, until when, and who waits: for the item under discussion, if the audience attends it."""
    current = next((item for item in reading.items if item.state == ItemState.CURRENT), None)
    if current is None or not reading.audience.sees_item(current.pk):
        return {}
    shown: dict[str, Any] = {"speaking": None, "queue": []}
    spoken: dict[int, dict[str, Any]] = {}
    for row in Speech.objects.filter(meeting=reading.meeting).exclude(state=SpeechState.WITHDRAWN):
        if row.state == SpeechState.SPEAKING:
            shown["speaking"] = _turn(reading, row) | {
                "started_at": milliseconds(row.started_at),
                "spent": whole_milliseconds(row.spent),
                "since": milliseconds(row.ticking_since),
            }
        elif row.state == SpeechState.WAITING and row.item_id == current.pk and row.seat_id is not None:
            shown["queue"].append(_turn(reading, row))
        elif row.state == SpeechState.DONE:
            blank = {"seat": row.seat_id, "name": row.post or row.name, "seconds": 0, "here": 0}
            heard = spoken.setdefault(row.seat_id or -row.pk, blank)
            lasted = round(row.spent.total_seconds())
            heard["seconds"] += lasted
            heard["here"] += lasted if row.item_id == current.pk else 0
    if reading.audience.sees_who_spoke:
        shown["spoken"] = list(spoken.values())
    return shown


def _turn(reading: Reading, row: Speech) -> dict[str, Any]:
    return {
        "id": row.pk,
        "seat": row.seat_id,
        "name": row.name if reading.audience.sees_names else "",
        "post": row.post or row.name,
        "kind": row.kind,
        "seconds": row.seconds,
        "asked_at": milliseconds(row.asked_at),
    }
