"""The counts of the charts, moved on from entry to entry, are those that are made anew."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.base.kept import Edition
from luoshi.ledger import figures, following, moving, queries
from luoshi.ledger.figures import Question, colours_on, plan_on
from luoshi.ledger.filters import Filters
from luoshi.ledger.goals import goals_visible_to
from luoshi.organisation.queries import units_visible_to
from tests.ledger.clerk import DAYS, JULY, Clerk, some_filters

MONTHS = [date(2020, month, 28) for month in range(1, 13)]
FACTORS = {"个": Decimal(1), "万元": Decimal(1), "亿元": Decimal(10_000)}


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    """Every test begins as a process that has counted nothing."""
    moving.forget_counts()


def question(town, day=JULY, known_at=None, filters=None):
    goals = goals_visible_to(town.office, day=day, known_at=known_at)
    units = units_visible_to(town.office, day=day, known_at=known_at)
    return Question(town.office, day, known_at, filters or Filters(), goals, units)


def told(asked):
    return colours_on(asked, MONTHS), plan_on(asked, FACTORS)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_was_moved_on_is_what_is_counted_anew(town, size, seed):
    clerk = Clerk(town, f"figures {seed}")
    some_colours = Filters(colours=("red", "unreported", "ungraded"))
    known, asked = 0, [question(town), question(town, filters=some_colours)]
    for step in range(size["examples"] // 2):
        clerk.write()
        if step % 4 == 0:
            known = clerk.random.choice([known, queries.last_number(town.office)])
            filters = some_filters(town, clerk.random)
            day = clerk.random.choice(DAYS)
            asked = [*asked[-3:], question(town, day, known or None, filters)]
        moved = [told(question(town, one.day, one.known_at, one.filters)) for one in asked]
        moving.forget_counts()
        assert moved == [told(question(town, one.day, one.known_at, one.filters)) for one in asked]
        for one in asked:  # what the next entry moves on
            told(question(town, one.day, one.known_at, one.filters))


def test_only_what_was_recorded_since_is_read_again(town):
    clerk = Clerk(town, "few")
    for _ in range(12):
        clerk.write()
    asked = question(town)
    told(asked)
    with CaptureQueriesContext(connection) as still:
        told(asked)
    assert len(still) == 2  # is there a new entry?
    clerk.write()
    with CaptureQueriesContext(connection) as moved:
        told(asked)
    assert len(moved) <= 12
    for query in moved:
        assert "spell" not in query["sql"] or " IN (" in query["sql"]


def test_what_cannot_be_followed_is_counted_anew(town, monkeypatch):
    town.assigned("S1")
    before = told(question(town))
    monkeypatch.setattr(following, "MOST_CHANGED", 1)
    town.assigned("S2")
    assert told(question(town)) != before
    moved = told(question(town))
    moving.forget_counts()
    assert told(question(town)) == moved


def test_an_entry_recorded_while_it_was_counted_is_counted_once(town, monkeypatch):
    town.assigned("S1")
    known = queries.last_number(town.office)
    asked = question(town)
    editions = iter([moving.edition_of(town.district, known_at=known)])
    town.assigned("S2")

    def edition_of(district, known_at=None):
        """The edition as it was before the second matter, when asked first."""
        return next(editions, Edition(district, 0, ""))

    monkeypatch.setattr(moving, "edition_of", edition_of)
    first = colours_on(asked, MONTHS)
    assert first == colours_on(question(town, known_at=known), MONTHS)
    assert colours_on(asked, MONTHS) != first


def test_counts_not_asked_for_long_are_given_up(town, monkeypatch):
    monkeypatch.setattr(moving, "MOST_HELD", 2)
    town.assigned("S1")
    for days in range(5):
        colours_on(question(town, JULY + timedelta(days=days)), MONTHS)
    assert len(moving._held) == 2


def test_a_sum_of_no_matters_is_none(town):
    matter = town.assigned("S1")
    asked = question(town)
    assert plan_on(asked, FACTORS).by_unit
    town.tell("abolish", matter, reason="合并")
    assert not plan_on(asked, FACTORS).by_unit
    assert figures.plan_on(asked, FACTORS) == plan_on(asked, FACTORS)
