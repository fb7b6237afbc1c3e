from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Make meetings known below: as a live topic, as a grant on files."""
        from intranet.files.registry import register_grant
        from intranet.live.registry import register

        from . import actions, queries, receivers  # noqa: F401
        from .live.topics import MeetingTopic

        register(MeetingTopic(note_presence=actions.note_presence))
        register_grant("meetings", queries.may_read)
