from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "intranet.files"
    label = "files"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
