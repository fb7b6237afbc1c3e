from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Assembles everything: settings, addresses, the demo. It has no tables."""

    name = "intranet.config"
    label = "config"
