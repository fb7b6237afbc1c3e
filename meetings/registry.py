"""Video systems a meeting can lead to. The first is Jitsi; another registers itself by name."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

VideoProvider = Callable[[Any], str]
"""The address at which the person of a seat enters the video room of the meeting now."""

_providers: dict[str, VideoProvider] = {}


def register_video(name: str, provider: VideoProvider) -> None:
    """Offer a video system under the name the setting VIDEO_PROVIDER may choose."""
    _providers[name] = provider


def video_provider() -> VideoProvider | None:
    """The one this installation has chosen, None for none."""
    return _providers.get(settings.VIDEO_PROVIDER)
