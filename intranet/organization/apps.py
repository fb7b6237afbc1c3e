from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "intranet.organization"
    label = "organization"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
