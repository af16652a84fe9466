"""The ledger room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Matters and the goal tree they stand on."""

    name = "luoshi.ledger"
    label = "ledger"
