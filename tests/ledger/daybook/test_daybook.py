"""A daybook that was moved on says what the database says, whatever was recorded."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.clocks import commands as clocks
from luoshi.clocks.surroundings import surroundings
from luoshi.clocks.years import ANNOUNCEMENTS
from luoshi.ledger import board as boards
from luoshi.ledger import daybook, following, queries
from luoshi.ledger.board import Filters
from luoshi.ledger.daybook import book as books
from luoshi.ledger.daybook import columns, reading
from luoshi.ledger.filters import narrowed
from luoshi.ledger.goals import goals_visible_to, matters_visible_to
from luoshi.organisation.queries import posts_visible_to, units_visible_to
from tests.ledger.by_database import counts
from tests.ledger.clerk import DAYS, JULY, TODAY, Clerk, some_filters
from tests.ledger.town import AT, DUE


@pytest.fixture(autouse=True)
def nothing_read_yet():
    """Every test begins as a process that has read no day."""
    daybook.forget_daybooks()


def by_sql(town, day, filters, known_at):
    """What fits, counted and summed by the database."""
    goals = goals_visible_to(town.office, day=day, known_at=known_at)
    units = units_visible_to(town.office, day=day, known_at=known_at)
    everything = matters_visible_to(town.office, day=day, known_at=known_at)
    fitting = narrowed(everything, filters, goals=goals, units=units, day=day, known_at=known_at)
    counted = counts(fitting, filters.colours, day=day, known_at=known_at)
    if filters.colours:
        fitting = fitting.filter(colour__in=filters.colours)
    return set(fitting.values_list("thread", flat=True)), counted


def asked(town, day, filters, known_at=None, **given):
    """The board of a day with the names that it needs."""
    names = boards.names_visible_to(town.office, day=day, known_at=known_at)
    return boards.board(
        town.office,
        day=day,
        known_at=known_at,
        filters=filters,
        goals=names.goals,
        units=names.units,
        around=surroundings(town.district, None),
        with_verdicts=False,
        **{"size": None} | given,
    )


def everything_asked(town, known_at=None):
    """All that boards of several days say, plain and narrowed, in every order."""
    told = []
    for day in DAYS:
        names = boards.names_visible_to(town.office, day=day, known_at=known_at)
        tally = boards.tally_by_goal(town.office, day=day, goals=names.goals, known_at=known_at)
        told.append((names, tally))
        for sort in ("urgency", "-quantity", "unit", "title"):
            found = asked(town, day, Filters(), known_at, sort=sort)
            told.append((found.total, found.colours, found.sums, threads(found)))
    return told


def threads(found):
    return [row.spell.thread for row in found.rows]


@pytest.mark.parametrize(("seed", "few"), [(0, 0), (1, 2), (2, 500)])
def test_what_was_moved_on_is_what_the_database_counts(town, size, seed, few, monkeypatch):
    monkeypatch.setattr(books, "FEW", few)
    monkeypatch.setattr(columns, "FEW", few)
    clerk = Clerk(town, seed)
    known = 0
    for step in range(size["examples"]):
        clerk.write()
        if step % 4 == 0:
            known = clerk.random.choice([known, queries.last_number(town.office)])
        for known_at in (None, known or None):
            day, filters = clerk.random.choice(DAYS), some_filters(town, clerk.random)
            found = asked(town, day, filters, known_at)
            fitting, counted = by_sql(town, day, filters, known_at)
            assert set(threads(found)) == fitting
            assert found.total == len(found.rows) == len(fitting)
            assert (found.colours, found.sums) == (counted.colours, counted.sums)
    moved = everything_asked(town)
    daybook.forget_daybooks()
    assert everything_asked(town) == moved


def test_a_page_holds_what_the_whole_list_holds_there(town):
    clerk = Clerk(town, "pages")
    for _ in range(12):
        clerk.write()
    whole = threads(asked(town, JULY, Filters(with_closed=True), sort="-quantity"))
    town.draft("T1")
    whole = threads(asked(town, JULY, Filters(with_closed=True), sort="-quantity"))
    page = asked(town, JULY, Filters(with_closed=True), sort="-quantity", start=2, size=3)
    assert threads(page) == whole[2:5]


def test_what_is_taken_back_was_never_seen(town):
    matter = town.assigned("S1")
    before = everything_asked(town)
    with transaction.atomic():
        town.draft("S2")
        town.tell("suspend", matter, reason="汛期")
        assert everything_asked(town) != before
        transaction.set_rollback(True)
    assert everything_asked(town) == before
    town.draft("S3")  # under the number that was taken back
    assert asked(town, JULY, Filters()).total == 2


def test_a_new_calendar_turns_every_page(town, reads):
    matter = town.assigned("S1")
    asked(town, TODAY, Filters())
    reads.clear()
    for notice in ANNOUNCEMENTS:
        if notice.year == 2022:
            off, make_up = notice.arrangement
            clocks.announce_year(
                year=2022, off=off, make_up=make_up, document=notice.document,
                on=TODAY, expected=clocks.last_of_calendar(town.district), **town.hand(),
            )  # fmt: skip
    assert threads(asked(town, TODAY, Filters())) == [matter]
    assert reads == [TODAY]


@pytest.fixture
def reads(monkeypatch):
    """The days that are read anew, as they are."""
    found, read = [], reading._read

    def noted(visitor, day, known_at):
        found.append(day)
        return read(visitor, day, known_at)

    monkeypatch.setattr(reading, "_read", noted)
    return found


def test_a_day_is_read_once_and_then_followed(town, reads):
    for code in ("S1", "S2", "S3"):
        town.draft(code)
        asked(town, JULY, Filters())
    assert reads == [JULY]


@pytest.mark.parametrize("seed", [3, 4])
def test_a_day_is_turned_to_from_the_day_before(town, size, reads, seed):
    clerk = Clerk(town, seed)
    for _ in range(size["examples"]):
        clerk.write()
    days = [DUE - timedelta(days=1), DUE, DUE + timedelta(days=1)]
    for n, day in enumerate(days):
        asked(town, day, Filters(text="道"))
        if n == 0:
            clerk.write()
    turned = [told_of(town, day) for day in days]
    assert reads == days[:1]
    daybook.forget_daybooks()
    assert [told_of(town, day) for day in reversed(days)] == turned[::-1]
    assert reads == [*days[:1], *reversed(days)]


def told_of(town, day):
    """What the board says of a day, plain and narrowed to what hangs on the day itself."""
    kinds = (Filters(), Filters(with_closed=True), Filters(due="late"), Filters(due="7"))
    found = [asked(town, day, filters, sort="-quantity") for filters in kinds]
    names = boards.names_visible_to(town.office, day=day)
    tally = boards.tally_by_goal(town.office, day=day, goals=names.goals)
    return [(threads(one), one.colours, one.sums) for one in found], tally


def test_so_much_that_turns_is_read_anew(town, reads, monkeypatch):
    town.assigned("S1")
    monkeypatch.setattr(reading, "MOST_CHANGED", -1)
    for day in (JULY, JULY + timedelta(days=1)):
        asked(town, day, Filters())
    assert reads == [JULY, JULY + timedelta(days=1)]


def test_very_much_at_once_is_read_anew(town, reads, monkeypatch):
    monkeypatch.setattr(following, "MOST_CHANGED", 2)
    asked(town, JULY, Filters())
    town.draft("S1")
    town.draft("S2")
    assert asked(town, JULY, Filters()).total == 2
    assert reads == [JULY]
    for code in ("S3", "S4", "S5"):
        town.draft(code)
    assert asked(town, JULY, Filters()).total == 5
    assert reads == [JULY, JULY]


def test_a_book_that_grew_too_long_is_read_anew(town, reads, monkeypatch):
    monkeypatch.setattr(books, "MOST_ADDED", 2)
    for n in range(5):
        town.draft(f"S{n}")
        assert asked(town, JULY, Filters()).total == n + 1
    assert reads == [JULY, JULY]


def test_what_was_asked_for_longest_ago_makes_room(town, reads, monkeypatch):
    town.draft("S1")
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    monkeypatch.setattr(reading, "MANY", 1)
    for day in (JULY, TODAY, JULY, DUE, JULY, TODAY):
        assert asked(town, day, Filters()).total == 1
    assert reads == [JULY, TODAY, DUE, TODAY]


def test_orders_and_answers_that_were_not_asked_for_long_are_given_up(town, monkeypatch):
    monkeypatch.setattr(books, "FEW", 0)
    monkeypatch.setattr(books, "MOST_ORDERS", 1)
    monkeypatch.setattr(books, "MOST_REMEMBERED", 1)
    codes = [town.draft(code) for code in ("S1", "S2")]
    for sort in ("code", "-code", "code"):
        for text in ("S", "停车"):
            found = asked(town, JULY, Filters(text=text), sort=sort)
            assert threads(found) == (codes if sort == "code" else codes[::-1])


def test_another_district_has_a_book_of_its_own(town):
    town.draft("S1")
    other = replace(town.office, district=uuid4())
    with daybook.open_daybook(other, day=JULY) as empty:
        assert (len(empty), empty.known_at) == (0, 0)
    with daybook.open_daybook(other, day=JULY) as empty:
        assert empty.by_goal([]) == {}
    assert asked(town, JULY, Filters()).total == 1


def test_posts_and_units_are_read_again_only_when_they_change(town):
    asked(town, JULY, Filters())
    town.draft("S1")
    with CaptureQueriesContext(connection) as followed:
        names = boards.names_visible_to(town.office, day=JULY)
    town.found_unit("新设局", "区政府", order=9)
    with CaptureQueriesContext(connection) as anew:
        more = boards.names_visible_to(town.office, day=JULY)
    assert len(more.units) == len(names.units) + 1
    assert more.posts == posts_visible_to(town.office, day=JULY)
    assert [len(followed), len(anew)] == [6, 6]


def test_a_page_asks_no_more_of_the_database_after_many_entries_than_after_one(town):
    def queries_of_a_page():
        with CaptureQueriesContext(connection) as captured:
            asked(town, JULY, Filters(), size=50)
        return len(captured)

    town.draft("S0")
    asked(town, JULY, Filters())
    town.draft("S1")
    after_one, again = queries_of_a_page(), queries_of_a_page()
    for n in range(2, 40):
        town.draft(f"S{n}")
    assert [queries_of_a_page(), queries_of_a_page()] == [after_one, again] == [10, 5]


def test_the_day_after_is_another_day(town):
    matter = town.assigned("S1")
    town.tell("abolish", matter, on=JULY, reason="合并")
    before = asked(town, JULY - timedelta(days=1), Filters())
    assert [before.total, asked(town, JULY, Filters()).total] == [1, 0]
    assert AT.date() == TODAY
