"""The town of the ledger's tests, with people at their desks."""

import pytest

from tests.ledger.conftest import founded_town, snapshot, town
from tests.notices.desks import Desks

__all__ = ["desks", "founded_town", "snapshot", "town"]


@pytest.fixture
def desks(town):
    """The town, where the posts of some units are held."""
    return Desks(town)
