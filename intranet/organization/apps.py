from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "intranet.organization"
    label = "organization"
