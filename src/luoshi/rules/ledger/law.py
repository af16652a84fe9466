"""The law of a matter's thread, as the journal asks for it."""

from luoshi.rules.ledger.checks import check
from luoshi.rules.ledger.fold import applied
from luoshi.rules.ledger.parts import touched
from luoshi.rules.ledger.state import initial

__all__ = ["applied", "check", "initial", "touched"]
