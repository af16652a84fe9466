"""The board asks the database as often for sixty matters as for three, on any day."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import board as boards
from luoshi.ledger import listing, queries
from luoshi.ledger.board import Filters, goals_visible_to, tally_by_goal
from luoshi.ledger.daybook import forget_daybooks
from tests.ledger.town import DAY, DUE, STEPS, TARGET

MARCH_END, JULY, TODAY = date(2020, 3, 31), date(2020, 7, 15), date(2021, 1, 15)
DAYS = [MARCH_END, JULY, TODAY]
FEW, MANY, HANDFUL = 3, 60, 8


def sixty(town):
    for number in range(FEW, MANY):
        matter = town.published(f"N{number}", goals=(town.goal("品质"), town.goal("田园")))
        town.tell("fix_target", matter, targets=(TARGET,))
        town.tell("fix_milestones", matter, start=DAY, due=DUE, milestones=STEPS)


def ask_for_everything(town, day, known_at):
    """Everything a board page and a listing ask the database for; returns how often each asked."""
    around = surroundings(town.district, None)
    goals = goals_visible_to(town.office, day=day, known_at=known_at)
    asked = {}
    forget_daybooks()
    with CaptureQueriesContext(connection) as captured:
        tally_by_goal(town.office, day=day, goals=goals, known_at=known_at)
    asked["anew"] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        page = boards.board(
            town.office, day=day, known_at=known_at, filters=Filters(), goals=goals, around=around
        )
    asked["board"] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        tally = tally_by_goal(town.office, day=day, goals=goals, known_at=known_at)
    asked["tally"] = len(captured)
    with CaptureQueriesContext(connection) as captured:
        told = listing.lines(town.office, day=day, known_at=known_at)
    asked["listing"] = len(captured)
    assert len(told) == page.total
    assert sum(tally[town.goal("三个区")].values()) == page.total
    return page.total, asked


def test_sixty_matters_ask_no_more_of_the_database_than_three(town):
    for code in ("S1", "S2", "S3"):
        town.confirmed(town.assigned(code))
    for day in DAYS:  # units, posts and goals of a day are kept until one of them changes
        ask_for_everything(town, day, None)
    few = {day: ask_for_everything(town, day, None) for day in DAYS}
    known = queries.last_number(town.office)
    sixty(town)
    many = {day: ask_for_everything(town, day, None) for day in DAYS}
    then = {day: ask_for_everything(town, day, known) for day in DAYS}
    assert [total for total, _ in few.values()] == [FEW] * len(DAYS)
    assert [total for total, _ in many.values()] == [MANY] * len(DAYS)
    assert [total for total, _ in then.values()] == [FEW] * len(DAYS)
    asked = [number for seen in (few, many) for _, number in seen.values()]
    assert asked == [asked[0]] * len(asked)
    assert max(asked[0].values()) <= HANDFUL
    assert {name: number for name, number in then[JULY][1].items() if name != "listing"} == {
        name: number for name, number in asked[0].items() if name != "listing"
    }
