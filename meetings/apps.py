from typing import Any

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Make meetings known below: as a live topic, as a grant on files."""
        from django.utils.translation import gettext_lazy as _

        from intranet.desk.registry import (
            Card,
            MenuEntry,
            Script,
            register_card,
            register_menu,
            register_script,
        )
        from intranet.files.registry import register_grant
        from intranet.live.registry import register

        from . import actions, queries, receivers  # noqa: F401
        from .live.topics import MeetingTopic
        from .registry import register_video

        register_video("jitsi", queries.jitsi)
        register(MeetingTopic(note_presence=actions.note_presence))
        register_grant("meetings", queries.access_to_file)
        register_menu(MenuEntry(_("Meetings"), "meetings:home", icon="calendar", order=20))
        register_script(
            Script("meetings/js/offline/door.js", "offline-door", is_everywhere=True, facts=_offline_door)
        )
        register_card(Card("meetings", "meetings/card.html", order=10, context=_today))


def _offline_door(person: Any) -> dict[str, str]:
    """For first contact on every page of the desk; the view's, because it knows the addresses."""
    from .views.offline import offline_door

    return offline_door()


def _today(person: Any) -> dict[str, Any] | None:
    """For the card of the staff home page: the person's meetings of today."""
    from django.utils import timezone

    from . import queries

    seats = queries.seats_today(person)
    return {"seats": seats, "today": timezone.localdate()} if seats else None
