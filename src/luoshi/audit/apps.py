"""The audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit list and its daily segments."""

    name = "luoshi.audit"
    label = "audit"
