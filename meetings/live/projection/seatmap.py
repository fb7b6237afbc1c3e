"""Where everybody sits, by post: a wall may show it."""

from typing import Any

from meetings import queries

from .reading import Reading


def seatmap_section(reading: Reading) -> dict[str, Any]:
    """The chairs of the hall, empty where none was drawn."""
    places = queries.hall_places(reading.meeting)
    if not places:
        return {}
    return {
        "rows": max(place.row for place in places),
        "columns": max(place.column for place in places),
        "places": [
            {
                "row": place.row,
                "column": place.column,
                "seat": place.seat_id,
                "post": place.seat.post if place.seat is not None else "",
            }
            for place in places
        ],
    }
