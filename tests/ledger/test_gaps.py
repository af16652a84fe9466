"""The gap list: what is missing, of which unit, on which goal."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import gaps as queries
from luoshi.ledger.board import Filters, goals_visible_to
from luoshi.ledger.gaps import Lack, lacks_of
from tests.ledger.town import DAY, LEAD, STEPS, TARGET

JULY = date(2020, 7, 15)
ALL = tuple(Lack)


@pytest.fixture
def matters(town):
    """A matter that lacks nothing and three that lack more and more."""
    town.assigned("S1")
    unowned = town.published("S2")
    town.tell("fix_responsibility", unowned, lead_unit=town.unit(LEAD), supporting_units=())
    town.tell("fix_target", unowned, targets=(TARGET,))
    town.tell("fix_milestones", unowned, start=DAY, due=date(2020, 12, 31), milestones=STEPS)
    undated = town.published("S3", goals=(town.goal("田园"),))
    town.tell("fix_target", undated, targets=(TARGET,))
    town.published("S4", goals=())


@pytest.fixture
def found(town, matters):
    """The gap list of a day."""

    def on(**given):
        goals = goals_visible_to(town.office, day=JULY)
        given = {"filters": Filters(), "day": JULY, "known_at": None, "goals": goals} | given
        return queries.gaps(town.office, **given)

    return on


def test_each_gap_is_counted_over_all_and_by_unit(town, found):
    listed = found()
    assert [row.code for row in listed.rows] == ["S2", "S3", "S4"]
    assert (listed.total, listed.tally.matters) == (3, 3)
    assert listed.tally.lacks == {
        Lack.UNIT: 2,
        Lack.OWNER: 3,
        Lack.MEASURE: 1,
        Lack.NODES: 2,
    }
    assert listed.by_unit[town.unit(LEAD)].lacks[Lack.OWNER] == 1
    assert listed.by_unit[None].matters == 2


def test_lacks_narrow_the_rows_and_leave_the_counts(found):
    listed = found(lacks=(Lack.MEASURE, Lack.NODES), start=0, size=10)
    assert [row.code for row in listed.rows] == ["S4"]
    assert (listed.total, listed.tally.matters) == (1, 3)
    row = listed.rows[0]
    assert lacks_of(row.lead_unit, row.responsible_post, row.missing) == ALL


def test_a_page_holds_so_many_rows(found):
    assert [row.code for row in found(start=1, size=1).rows] == ["S3"]


def test_gaps_by_goal_count_a_matter_once_on_each_goal_above(town, found):
    by_goal = found().by_goal
    assert by_goal[town.goal("三个区")].matters == 2
    assert by_goal[town.goal("田园")].lacks == {
        Lack.UNIT: 1,
        Lack.OWNER: 1,
        Lack.MEASURE: 0,
        Lack.NODES: 1,
    }


def test_the_gap_list_asks_as_often_for_many_as_for_few(town, found):
    asked = []
    for more in (0, 40):
        for number in range(more):
            town.published(f"N{number}")
        found()
        town.published(f"M{more}")
        with CaptureQueriesContext(connection) as caught:
            found(lacks=(Lack.UNIT,), size=50)
        asked.append(len(caught))
    assert asked == [8, 8]  # six of them follow what was recorded
