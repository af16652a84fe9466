"""What the tests of the journal share: founded districts, doors closed, triggers that can be lifted."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

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
def unlocked(db):
    """A database whose journal entries can be changed, as by somebody who holds its password."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER journal_entry_refuses_{verb}")
        else:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")


@pytest.fixture
def undone(db):
    """A context whose writes are taken back: random cases start from the same ledger."""

    @contextmanager
    def context():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return context


@pytest.fixture
def tailed(size):
    """How many entries a reader follows: at most the ten thousand that the issue names."""
    return min(size["entries"] * 3 // 10, 10_000)
