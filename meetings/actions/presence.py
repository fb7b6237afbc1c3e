"""Who is here."""

import datetime
from collections.abc import Collection

from django.utils import timezone

from meetings import queries
from meetings.models import Meeting, Presence, Seat
from meetings.revisions import system_change

GONE_AFTER = datetime.timedelta(seconds=60)
"""A web process that has said nothing for so long is taken for dead. It speaks every 20 s."""


def note_presence(ref: str, process: str, person_ids: Collection[int]) -> None:
    """These people are connected to the meeting through `process` now, and nobody else is through it.

    Numbers a revision only when somebody came or went; otherwise it just keeps the process alive.
    """
    meeting = Meeting.objects.filter(ref=ref).first()
    if meeting is None:
        return
    now = timezone.now()
    seats = set(Seat.objects.filter(meeting=meeting, person_id__in=person_ids).values_list("pk", flat=True))
    mine = Presence.objects.filter(seat__meeting=meeting, process=process)
    silent = Presence.objects.filter(seat__meeting=meeting, seen_at__lt=now - GONE_AFTER).exclude(
        process=process
    )
    if set(mine.values_list("seat_id", flat=True)) == seats and not silent.exists():
        mine.update(seen_at=now)
        return
    with system_change(meeting.pk, "people"):
        before = queries.present_seats(meeting.pk)
        silent.delete()
        mine.exclude(seat_id__in=seats).delete()
        mine.update(seen_at=now)
        known = set(mine.values_list("seat_id", flat=True))
        # Read again under the lock: a seat may have been taken away meanwhile.
        still = Seat.objects.filter(meeting=meeting, pk__in=seats - known).values_list("pk", flat=True)
        Presence.objects.bulk_create([Presence(seat_id=pk, process=process, seen_at=now) for pk in still])
        changed = before ^ queries.present_seats(meeting.pk)
        Seat.objects.filter(pk__in=changed).update(line_at=now)
