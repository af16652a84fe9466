"""The exchange room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Other systems follow the ledger: feed, webhooks, calendars."""

    name = "luoshi.exchange"
    label = "exchange"
