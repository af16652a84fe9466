"""The page of a goal and of a unit as data: on any day, by the tree of that day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import commands, queries
from luoshi.ledger.goals import matters_visible_to
from luoshi.ledger.overview import counts, goal_sheet, unit_sheet
from luoshi.ledger.views.rows import rows_of
from luoshi.rules.nodes import Moved, Ordered, Renamed
from luoshi.rules.refusals import NotFound
from tests.ledger.town import BELOW, DAY, LEAD, STRANGER, SUPERVISION, SUPPORT

JULY = date(2020, 7, 15)
CUT = (0, 50)


def goal(town, name, day=JULY, known_at=None, cut=CUT):
    return goal_sheet(town.office, town.goal(name), day=day, known_at=known_at, cut=cut)


def unit(town, name, day=JULY, known_at=None, cut=CUT):
    return unit_sheet(town.office, town.unit(name), day=day, known_at=known_at, cut=cut)


def codes(rows):
    return [row.code for row in rows]


@pytest.fixture
def matters(town):
    """Three matters on two pillars: one runs, one waits for an answer, one is closed out."""
    town.assigned("S1")
    waiting = town.assigned("S2", goals=(town.goal("田园"),))
    town.report(waiting, 20, on=JULY)
    done = town.verified("S3")
    town.tell("close_out", done, town.actors[SUPERVISION])
    return {"waiting": waiting, "done": done}


def test_a_goal_shows_what_stands_on_it_or_below_and_what_became_of_it(town, matters):
    top = goal(town, "三个区")
    assert sorted(codes(top.page.rows)) == ["S1", "S2", "S3"]
    assert (top.counts.open, top.counts.closed, top.counts.abolished) == (2, 1, 0)
    assert top.counts.late == 0
    assert [one.name for one in top.below] == ["品质", "田园"]
    (total,) = top.sums
    assert (total.unit, total.count, total.target, total.done) == ("个", 3, 300, 100)
    pillar = goal(town, "田园")
    assert codes(pillar.page.rows) == ["S2"]
    assert [one.name for one in pillar.above] == ["三个区"]


@pytest.mark.parametrize("day", [DAY, JULY, date(2021, 1, 15)])
def test_the_daybook_counts_what_the_database_counts(town, matters, day):
    town.tell("abolish", town.draft("S4"), on=JULY, reason="合并")
    everything = matters_visible_to(town.office, day=day)
    assert goal(town, "三个区", day).counts == counts(everything, day=day)


def test_a_goal_is_shown_by_the_tree_of_the_day(town, matters):
    moved = date(2020, 6, 1)
    ordered = Ordered(order=9)  # its place among its neighbours is no era of its own
    for fact in (Renamed(name="田园新区"), Moved(parent=town.goal("品质"))):
        commands.change_goal(
            goal_id=town.goal("田园"),
            fact=fact,
            sent=town.sent(on=moved, thread=town.goal("田园")),
        )
    assert sorted(codes(goal(town, "品质").page.rows)) == ["S1", "S2", "S3"]
    assert sorted(codes(goal(town, "品质", moved - timedelta(1)).page.rows)) == ["S1", "S3"]
    commands.change_goal(
        goal_id=town.goal("田园"),
        fact=ordered,
        sent=town.sent(on=JULY, thread=town.goal("田园")),
    )
    eras = goal(town, "田园").eras
    assert [(era.name, era.since, era.until) for era in eras] == [
        ("田园", date(2019, 1, 2), moved),
        ("田园新区", moved, None),
    ]
    before = goal(town, "田园", date(2018, 1, 1))
    assert before.goal is None
    assert before.page.rows == []


def test_a_page_of_a_goal_holds_so_many_rows_and_counts_all(town, matters):
    page = goal(town, "三个区", cut=(1, 1)).page
    assert (len(page.rows), page.total) == (1, 3)


def test_a_unit_shows_what_it_leads_supports_and_waits_for(town, matters):
    lead = unit(town, LEAD)
    assert sorted(codes(lead.page.rows)) == ["S1", "S2", "S3"]
    assert codes(lead.waiting) == ["S2"]
    (waiting,) = rows_of(lead.waiting, {town.unit(LEAD): LEAD}, day=JULY)
    assert (waiting["submitted"], waiting["unit"]) == ("20 个", LEAD)
    assert lead.supported == []
    assert [post.name for post in lead.posts] == [f"{LEAD}负责人"]
    assert [one.name for one in lead.below] == [BELOW]
    assert [one.name for one in unit(town, BELOW).above] == ["区政府", LEAD]
    above = unit(town, "区政府")
    assert above.page.total == 3  # what a unit below leads counts, as on the board
    support = unit(town, SUPPORT)
    assert sorted(codes(support.supported)) == ["S1", "S2", "S3"]
    assert support.page.total == 0


def test_support_holds_from_day_to_day_and_as_known_then(town):
    matter = town.assigned("S1")
    known = queries.last_number(town.office)
    later = date(2020, 6, 1)
    given = town.responsibility() | {"supporting_units": (town.unit(SUPPORT), town.unit(STRANGER))}
    town.tell("fix_responsibility", matter, on=later, **given)
    assert codes(unit(town, STRANGER).supported) == ["S1"]
    assert unit(town, STRANGER, later - timedelta(1)).supported == []
    assert unit(town, STRANGER, known_at=known).supported == []
    assert codes(unit(town, SUPPORT, known_at=known).supported) == ["S1"]
    assert unit(town, SUPPORT, DAY - timedelta(1)).supported == []


def test_late_answers_stay_among_what_waits(town, matters):
    assert unit(town, LEAD, date(2020, 8, 31)).waiting[0].is_answer_late


def test_what_is_no_goal_or_unit_of_the_district_is_not_found(town):
    with pytest.raises(NotFound):
        goal_sheet(town.office, uuid4(), day=JULY, known_at=None, cut=CUT)
    with pytest.raises(NotFound):
        unit_sheet(town.office, uuid4(), day=JULY, known_at=None, cut=CUT)


def test_sixty_matters_ask_no_more_of_the_database_than_three(town):
    asked = []
    for numbers in (range(3), range(3, 60)):
        for number in numbers:
            town.assigned(f"N{number}")
        goal(town, "三个区")  # the day is at hand
        for ask, name in ((goal, "三个区"), (unit, LEAD), (unit, SUPPORT)):
            with CaptureQueriesContext(connection) as caught:
                ask(town, name)
            asked.append(len(caught))
    assert asked[:3] == asked[3:]
    assert max(asked) <= 12
