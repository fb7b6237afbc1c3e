"""The way into the room of the agency's own video system."""

import time
from urllib.parse import urlsplit

from django.conf import settings

from meetings import rules
from meetings.models import Seat


def jitsi(seat: Seat) -> str:
    """A room of the agency's Jitsi server, opened by a ticket that is good for minutes."""
    ticket = rules.signed(
        rules.jitsi_claims(
            host=urlsplit(settings.JITSI_URL).hostname or "",
            app_id=settings.JITSI_APP_ID,
            room=seat.meeting.ref,
            person=str(seat.pk),
            name=str(seat.person),
            leads=seat.role in rules.PODIUM,
            now=int(time.time()),
        ),
        settings.JITSI_SECRET,
    )
    return f"{settings.JITSI_URL.rstrip('/')}/{seat.meeting.ref}?jwt={ticket}"
