from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Puts its own first line into the menu."""

    name = "intranet.desk"
    label = "desk"

    def ready(self) -> None:
        from . import registry

        registry.register_menu(registry.MenuEntry(_("My work"), "desk:home", "home", order=10))
        registry.register_menu(
            registry.MenuEntry(_("Directory"), "organization:directory", "users", order=80)
        )
