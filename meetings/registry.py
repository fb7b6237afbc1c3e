"""Video systems a meeting can lead to. The first is Jitsi; another registers itself by name."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from . import rules
from .models import Seat

VideoProvider = Callable[[Seat], str]
"""The address at which the person of a seat enters the video room of the meeting now."""

_providers: dict[str, VideoProvider] = {}


def register_video(name: str, provider: VideoProvider) -> None:
    """Offer a video system under the name the setting VIDEO_PROVIDER may choose."""
    _providers[name] = provider


def video_provider() -> VideoProvider | None:
    """The one this installation has chosen, None for none."""
    return _providers.get(settings.VIDEO_PROVIDER)


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
