"""What the tests of the journal share: founded districts, and how many entries a reader follows."""

import pytest

from tests.base import builders


@pytest.fixture
def district(db):
    """A founded district with its standards."""
    return builders.founded()


@pytest.fixture
def other(db):
    """A neighbour with a ledger of its own in the same database."""
    return builders.founded("410102", "中原区")


@pytest.fixture
def tailed(size):
    """How many entries a reader follows: at most the ten thousand that the issue names."""
    return min(size["entries"] * 3 // 10, 10_000)
