"""A prepared query gives what the query gives, and is put together once."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.base.models import JournalEntry
from luoshi.base.prepared import Prepared
from luoshi.base.spells import on_day
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.queries import last_entry_of
from tests.ledger.conftest import founded_town, town
from tests.ledger.town import DAY

__all__ = ["founded_town", "town"]

COLUMNS = ("thread", "from_day", "known_from", "quantity", "is_awaiting", "responsible_post")


def spells(matter, day, known_at):
    return (
        MatterSpell.objects.filter(on_day(day, known_at=known_at), thread=matter)
        .order_by("from_day")
        .values_list(*COLUMNS)
    )


def test_rows_are_those_of_the_query_whatever_is_asked(town):
    made = []

    def noted(**given):
        made.append(given)
        return spells(**given)

    ask = Prepared(noted, matter=UUID, day=date, known_at=int)
    matters = [town.assigned("P1"), town.assigned("P2")]
    known = last_entry_of(matters[0])
    for matter in matters:
        for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=400)):
            for known_at in (None, known, 1):
                given = {"matter": matter, "day": day, "known_at": known_at}
                assert ask(**given) == list(spells(**given))
    assert any(ask(matter=matters[0], day=DAY, known_at=None))
    assert len(made) == 2  # as known now, and as known at a number


def test_it_is_one_query_with_moments_and_bodies_as_fields_read_them(town):
    matter = town.assigned("P1")

    def entries(thread, after):
        rows = JournalEntry.objects.filter(thread=thread, no__gt=after).order_by("no")
        return rows.values_list("number", "at", "on", "by_post", "body")

    ask = Prepared(entries, thread=UUID, after=int)
    with CaptureQueriesContext(connection) as asked:
        found = ask(thread=matter, after=1)
    assert len(asked) == 1
    assert found == list(entries(matter, 1))
    assert len(ask(thread=matter, after=0)) == len(found) + 1
