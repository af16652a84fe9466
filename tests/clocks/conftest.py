"""The town of the ledger's tests serves here too."""

from tests.ledger.conftest import founded_town, snapshot, town

__all__ = ["founded_town", "snapshot", "town"]
