"""The room as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """收表."""

    name = "luoshi.intake"
    label = "intake"
