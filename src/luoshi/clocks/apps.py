"""The clocks room."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Calendar, rule sets, colours."""

    name = "luoshi.clocks"
    label = "clocks"
