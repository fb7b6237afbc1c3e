from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "intranet.desk"
    label = "desk"
