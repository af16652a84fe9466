"""Two days of a town side by side: what came, ended and turned, as known now and as known then."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import comparison, following, queries
from luoshi.ledger.board import goals_visible_to
from luoshi.ledger.comparison import Look, compare, forget_comparisons, in_full, number_at
from luoshi.ledger.daybook import forget_daybooks
from luoshi.ledger.filters import Filters
from luoshi.organisation.queries import units_visible_to
from luoshi.rules.ledger.comparison import Became
from tests.ledger.clerk import JULY, TODAY, Clerk, some_filters
from tests.ledger.town import AT, DAY, LEAD, STRANGER, SUPERVISION

BEFORE, JUNE_END, AUGUST = date(2020, 3, 1), date(2020, 6, 30), date(2020, 8, 20)


@pytest.fixture
def look(town):
    """A look at a day, with the goals and units of that day."""

    def at(day, known_at=None):
        goals = goals_visible_to(town.office, day=day, known_at=known_at)
        units = units_visible_to(town.office, day=day, known_at=known_at)
        return Look(day, known_at, goals, units)

    return at


@pytest.fixture
def compared(town, look):
    """A comparison of two days, each as a day or as a day and a number."""

    def compared_(then, now, **filters):
        sides = [look(*side) if isinstance(side, tuple) else look(side) for side in (then, now)]
        then, now = sides
        found = compare(town.office, then=then, now=now, filters=Filters(**filters))
        return replace(found, turns=in_full(found.turns, then=then, now=now))

    return compared_


def told(found):
    return {turn.code: turn.became for turn in found.turns}


@pytest.fixture
def matters(town):
    """What a spring and summer did to six matters."""
    slow = town.assigned("S1")
    town.confirmed(slow, 40, on=date(2020, 3, 31))
    town.assigned("S2", goals=(town.goal("田园"),), lead=STRANGER)
    moved = town.assigned("S3")
    done = town.assigned("S4")
    town.confirmed(done, 100, on=date(2020, 7, 10))
    town.tell("verify", done, town.actors[SUPERVISION], on=date(2020, 7, 13))
    town.tell("close_out", done, town.actors[SUPERVISION], on=date(2020, 7, 14))
    late = town.draft("S5", on=date(2020, 7, 20))
    brief = town.draft("S6", on=date(2020, 7, 21))
    town.tell("abolish", brief, on=date(2020, 7, 22), reason="合并")
    town.tell("place", moved, on=date(2020, 7, 1), goals=(town.goal("田园"),), area="老城")
    return {"slow": slow, "moved": moved, "done": done, "late": late}


def test_from_june_to_august_the_town_changed_so(matters, compared):
    found = compared(JUNE_END, AUGUST)
    assert told(found)["S4"] == Became.CLOSED
    assert told(found)["S5"] == Became.NEW
    assert "S6" not in told(found)  # it came and went between the two days, and is not open
    assert (found.balance.then, found.balance.new, found.balance.closed) == (4, 1, 1)
    assert found.balance.now == 4
    assert sum(found.counts.values()) >= len(found.turns)


def test_what_came_and_ended_meanwhile_is_told_among_the_closed(matters, compared):
    found = compared(JUNE_END, AUGUST, with_closed=True)
    assert told(found)["S6"] == Became.PASSED
    assert found.balance.now == 4


def test_a_matter_that_only_moved_to_another_goal_is_told(town, matters, compared):
    found = compared(JUNE_END, date(2020, 7, 2))
    (turn,) = [turn for turn in found.turns if turn.code == "S3"]
    goals = [one for one in turn.differences if one.column == "goals"]
    assert [(one.old, one.new) for one in goals] == [
        ((town.goal("品质"),), (town.goal("田园"),)),
    ]


def test_a_matter_counts_that_fits_the_filters_on_either_day(town, matters, compared):
    left = compared(JUNE_END, date(2020, 7, 2), goal=town.goal("品质"))
    came = compared(JUNE_END, date(2020, 7, 2), goal=town.goal("田园"))
    assert "S3" in told(left)
    assert "S3" in told(came)
    assert "S2" not in told(left)
    by_unit = compared(BEFORE, AUGUST, unit=town.unit(STRANGER))
    assert set(told(by_unit)) == {"S2"}
    assert compared(BEFORE, AUGUST, colours=("green",)).turns == []


def test_silence_turns_a_matter_worse_and_a_report_turns_it_back(town, compared):
    april = date(2020, 4, 20)
    matter = town.assigned("S1")
    assert told(compared(DAY, april)) == {"S1": Became.WORSE}
    known = queries.last_number(town.office)
    town.confirmed(matter, 100, on=date(2020, 4, 9))
    found = compared((april, known), april)
    assert told(found) == {"S1": Became.BETTER}
    (turn,) = found.turns
    assert turn.seen.achieved == Decimal(100)


def test_one_day_as_known_then_and_as_known_now(town, compared):
    town.assigned("S1")
    known = queries.last_number(town.office)
    town.assigned("S2")
    found = compared((AUGUST, known), AUGUST)
    assert told(found) == {"S2": Became.NEW}
    assert (found.balance.then, found.balance.now) == (1, 2)
    assert told(compared(AUGUST, (AUGUST, known))) == {"S2": Became.GONE}


def test_nothing_differs_from_itself(matters, compared):
    found = compared(AUGUST, AUGUST)
    assert found.turns == []
    assert found.balance.then == found.balance.now == 4


def test_a_moment_names_the_last_number_recorded_by_then(town):
    before = queries.last_number(town.office)
    town.draft("S1")
    last = queries.last_number(town.office)
    assert number_at(town.office, AT + timedelta(days=1)) == last
    assert number_at(town.office, datetime(2000, 1, 1, tzinfo=UTC)) == 0
    assert number_at(town.office, AT - timedelta(microseconds=1)) <= before


def test_the_graver_stands_first_and_the_order_is_always_the_same(matters, compared):
    first = [turn.code for turn in compared(BEFORE, AUGUST).turns]
    assert first == [turn.code for turn in compared(BEFORE, AUGUST).turns]
    became = [list(Became).index(turn.became) for turn in compared(JUNE_END, AUGUST).turns]
    assert became == sorted(became)


def test_sixty_matters_ask_no_more_of_the_database_than_three(town, compared):
    def queries_of_a_comparison(**filters):
        with CaptureQueriesContext(connection) as caught:
            compared(BEFORE, AUGUST, **filters)
        return len(caught)

    narrowed = {"goal": town.goal("三个区"), "unit": town.unit(LEAD)}
    compared(BEFORE, AUGUST)  # goals and units of both days are kept from here on
    asked = []
    for codes in (range(3), range(3, 60)):
        for number in codes:
            town.published(f"N{number}", goals=(town.goal("品质"), town.goal("田园")))
        forget_comparisons()
        forget_daybooks()
        anew = [queries_of_a_comparison(), queries_of_a_comparison(**narrowed)]
        town.draft(f"D{len(codes)}")
        followed = [queries_of_a_comparison(), queries_of_a_comparison(**narrowed)]
        asked.append((anew, followed, queries_of_a_comparison()))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("seed", range(2))
def test_what_was_followed_is_what_is_compared_anew(town, compared, size, seed):
    clerk = Clerk(town, seed)
    known = 0
    for step in range(size["examples"]):
        clerk.write()
        if step % 5:
            continue
        known = known or queries.last_number(town.office)
        filters = some_filters(town, clerk.random)
        looks = [(BEFORE, AUGUST), (JUNE_END, TODAY), ((JULY, known), JULY)]
        then, now = clerk.random.choice(looks)
        plain, chosen = compared(then, now), compared(then, now, **asdict(filters))
        forget_comparisons()
        forget_daybooks()
        assert compared(then, now) == plain
        assert compared(then, now, **asdict(filters)) == chosen


def test_comparisons_not_asked_for_long_and_a_new_calendar_are_compared_anew(
    town, compared, monkeypatch
):
    monkeypatch.setattr(comparison, "MOST_HELD", 1)
    monkeypatch.setattr(following, "MOST_CHANGED", 1)
    for codes in (["S1"], ["S2"], ["S3", "S4"]):
        for code in codes:
            town.draft(code)
        found = [compared(BEFORE, day).counts[Became.NEW] for day in (JUNE_END, AUGUST)]
        assert found == [int(codes[-1][1])] * 2


def test_an_entry_on_a_unit_changes_no_comparison(town, compared):
    town.draft("S1")
    before = compared(BEFORE, AUGUST)
    town.found_unit("新设局", "区政府", order=9, on=date(2021, 1, 4))
    assert compared(BEFORE, AUGUST) == before
