"""The law of a matter's thread, as the journal asks for it."""

from luoshi.rules.ledger.checks import check, touched
from luoshi.rules.ledger.state import applied, initial

__all__ = ["applied", "check", "initial", "touched"]
