from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "intranet.audit"
    label = "audit"
