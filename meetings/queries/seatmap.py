"""The drawing of the hall, and the earlier meeting whose drawing may be taken over."""

from meetings.models import HallPlace, Meeting


def hall_places(meeting: Meeting) -> list[HallPlace]:
    """All chairs, by row and column, with their seats."""
    return list(HallPlace.objects.filter(meeting=meeting).select_related("seat"))


def drawing_to_take_over(meeting: Meeting) -> Meeting | None:
    """The last meeting of the same office in the same place that has a drawing."""
    return (
        Meeting.objects.filter(
            office=meeting.office_id, place=meeting.place, hall_places__isnull=False, is_rehearsal=False
        )
        .exclude(pk=meeting.pk)
        .order_by("-starts_at", "-pk")
        .first()
    )
