"""What is asked of a long journal is found by an index: SQLite is told nothing of how long it is.

Without statistics it would rather go through a whole district in the order of its numbers than
sort the few entries of a command.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.base import again, queries
from luoshi.organisation.queries import known_before
from tests.base.builders import command_of

by_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has such plans")


def plans_of(ask):
    """How SQLite finds each thing asked of the journal."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    with connection.cursor() as cursor:
        for one in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            yield from (row[-1] for row in cursor.fetchall())


@pytest.mark.django_db
@by_sqlite
def test_entries_of_a_command_are_found_by_its_id(district):
    sent = command_of(district)
    for ask in (
        lambda: again.entries_of_command(sent),
        lambda: queries.entries_under(district.id, sent.id),
        lambda: queries.day_of_command(district.id, sent.id),
        lambda: known_before(district.office, sent.id),
    ):
        found = list(plans_of(ask))
        assert found
        assert all("entry_by_command" in plan for plan in found)
