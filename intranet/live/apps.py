from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "intranet.live"
    label = "live"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
