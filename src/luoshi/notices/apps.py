"""The notices room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Inbox, channels, receipts, burden."""

    name = "luoshi.notices"
    label = "notices"
