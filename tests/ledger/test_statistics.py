"""The counts and sums behind the charts: held against the board of the same day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import queries, statistics
from luoshi.ledger.board import goals_visible_to, matters_visible_to
from luoshi.ledger.filters import Filters
from luoshi.rules.ledger import facts as f
from tests.ledger.town import DUE, LEAD, STRANGER, SUPERVISION, TARGET

JULY = date(2020, 7, 15)
DAYS = [date(2020, 2, 29), *(date(2020, month, 28) for month in range(3, 13))]
MONEY = f.Target(
    key="main", quantity=Decimal(5000), unit="万元", comparator=TARGET.comparator, leads=True
)
CEILING = f.Target(
    key="main", quantity=Decimal(9), unit="个", comparator=type(TARGET.comparator)("<="), leads=True
)


@pytest.fixture
def matters(town):
    """Four matters of two units and two goals, one ended, one measured in money."""
    first = town.assigned("S1")
    town.confirmed(first, 40, on=date(2020, 6, 30))
    town.assigned("S2", lead=STRANGER, goals=(town.goal("田园"),))
    done = town.verified("S3")
    town.tell("close_out", done, town.actors[SUPERVISION])
    paid = town.published("S4")
    town.tell("fix_target", paid, targets=(MONEY,))
    capped = town.published("S5")
    town.tell("fix_target", capped, targets=(CEILING,))


def spells(town, day=JULY, known_at=None):
    return matters_visible_to(town.office, day=day, known_at=known_at)


def test_colours_over_time_are_what_the_board_of_each_day_counts(town, matters):
    known = queries.last_number(town.office)
    town.draft("S6", on=date(2020, 5, 4))
    for known_at in (None, known):
        everything = statistics.spells_known(town.office, known_at=known_at)
        with CaptureQueriesContext(connection) as caught:
            points = statistics.colours_over_time(everything, reversed(DAYS))
        assert len(caught) == 1
        assert [point.day for point in points] == DAYS
        for point in points:
            board = spells(town, point.day, known_at).values_list("colour", flat=True)
            assert sum(point.counts.values()) == len(board)
            assert all(list(board).count(colour) == n for colour, n in point.counts.items())


def counted(town, year=2020, **filters):
    return statistics.counted(
        town.office,
        day=JULY,
        known_at=None,
        filters=Filters(**filters),
        goals=goals_visible_to(town.office, day=JULY),
        units=(),
        year=year,
    )


def test_standings_stages_and_due_days_are_counted(town, matters):
    found = counted(town)
    assert found.standings == {"assigned": 2, "closed": 1, "incomplete": 2}
    assert found.stages == {}
    project = town.published("S6", kind=f.MatterKind.PROJECT)
    town.tell("set_stage", project, stage=f.Stage.NEW_START)
    assert counted(town).stages == {"new_start": 1}
    assert counted(town, kind="programme").stages == {}
    assert [(one.day, one.matters) for one in found.due] == [(DUE, 2)]
    assert [one.matters for one in counted(town, with_closed=True).due] == [3]
    assert found.due[0].pressing <= found.due[0].matters
    assert counted(town, year=2021).due == []


def test_measures_leave_out_what_must_not_be_passed(town, matters):
    assert counted(town).measures == [("个", 2), ("万元", 1)]
    assert counted(town, with_closed=True).measures == [("个", 3), ("万元", 1)]


def test_plan_and_actual_add_up_by_unit_and_by_goal(town, matters):
    found = statistics.owed(spells(town), factors={"个": Decimal(1)}, day=DUE)
    by_unit = statistics.sums_by_unit(found)
    lead = by_unit[town.unit(LEAD)]
    assert (lead.achieved, lead.planned, lead.quantity, lead.matters) == (140, 200, 200, 2)
    goals = goals_visible_to(town.office, day=JULY)
    by_goal = statistics.sums_by_goal(town.office, found, day=JULY, goals=goals, known_at=None)
    assert by_goal[town.goal("三个区")].quantity == 300
    assert by_goal[town.goal("品质")].achieved == 140
    assert by_goal[town.goal("田园")].matters == 1


def test_money_is_added_up_in_one_unit_and_what_plans_nothing_counts_nothing(town, matters):
    factors = {"万元": Decimal("0.0001"), "亿元": Decimal(1)}
    (owed,) = statistics.owed(spells(town), factors=factors, day=JULY)
    assert owed.sum.quantity == Decimal("0.5")
    assert (owed.sum.planned, owed.sum.achieved, owed.lead_unit) == (0, 0, None)


def test_goals_in_a_circle_or_unknown_are_counted_once(town, matters):
    goals = [goal for goal in goals_visible_to(town.office, day=JULY) if goal.parent is None]
    above = statistics.places_above(town.office, day=JULY, goals=goals, known_at=None)
    assert all(not held for held in above.values())  # the pillars are not among these goals
