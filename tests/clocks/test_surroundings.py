"""What colours are judged with: the calendars as announced by a day, and as known at a number."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from luoshi.base.models import Line
from luoshi.base.spells import on_day
from luoshi.clocks import commands
from luoshi.clocks.models import Calendar, RuleSet
from luoshi.clocks.surroundings import NoCalendar, surroundings
from luoshi.clocks.years import (
    ANNOUNCEMENTS,
    Announcement,
    arrangement_of,
    first_arrangement_of,
)
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.queries import last_number
from luoshi.rules.calendar import CalendarNotAnnounced
from luoshi.rules.colour import ERQI_2017_D1, RuleNeedsAnotherReader
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.standards import YearOutsideItself
from tests.ledger.town import DAY, FOUNDED, STRANGER, Town

FESTIVAL_EVE = date(2020, 1, 22)
EXTENSION = date(2020, 1, 26)
FIRST_2020 = Announcement(2020, date(2019, 11, 21), "国办发明电〔2019〕16号", is_changed_later=True)
EXTENDED_2020 = Announcement(2020, EXTENSION, "国办发明电〔2020〕1号")


def announce(town, notice, by=None, **changed):
    off, make_up = notice.arrangement
    given = {"off": off, "make_up": make_up, "on": notice.announced} | changed
    return commands.announce_year(
        year=notice.year,
        document=notice.document,
        expected=commands.last_of_calendar(town.district),
        **given,
        **(town.hand() | ({"by": by} if by else {})),
    )


class TownOf2019(Town):
    """A town that has heard of the first arrangement of 2020 only."""

    def _found_calendar(self):
        for notice in ANNOUNCEMENTS:
            if notice.year == 2019 or notice == FIRST_2020:
                announce(self, notice)


@pytest.fixture
def early(db):
    return TownOf2019("410300")


def days(month, *numbers, year=2020):
    return [date(year, month, number) for number in numbers]


def test_the_first_notice_of_2020_gave_seven_days_and_two_days_of_work():
    off, make_up = first_arrangement_of(2020)
    assert [day for day in off if day.month == 1] == days(1, 1, 24, 27, 28, 29, 30)
    assert [day for day in make_up if day < date(2020, 4, 1)] == [*days(1, 19), *days(2, 1)]


def test_the_notice_of_26_january_2020_lengthened_the_festival_to_2_february():
    off, make_up = arrangement_of(2020)
    assert [day for day in off if day < date(2020, 3, 1)] == days(1, 1, 24, 27, 28, 29, 30, 31)
    assert [day for day in make_up if day < date(2020, 4, 1)] == days(1, 19)


def test_the_first_notice_of_2019_gave_one_day_in_may():
    off, make_up = first_arrangement_of(2019)
    assert [day for day in off if day.month == 5] == days(5, 1, year=2019)
    assert [day for day in make_up if day.month in {4, 5}] == []
    off, make_up = arrangement_of(2019)
    assert [day for day in off if day.month == 5] == days(5, 1, 2, 3, year=2019)
    assert [day for day in make_up if day.month in {4, 5}] == [date(2019, 4, 28), date(2019, 5, 5)]


def test_a_year_that_was_not_changed_was_announced_as_it_stands():
    assert first_arrangement_of(2018) == arrangement_of(2018)


def test_every_year_is_announced_before_it_begins_or_changed_within_it():
    seen = set()
    for notice in ANNOUNCEMENTS:
        if notice.year in seen:
            assert notice.announced.year == notice.year
            assert not notice.is_changed_later
        else:
            assert notice.announced < date(notice.year, 1, 1)
        seen.add(notice.year)
    assert [n.announced for n in ANNOUNCEMENTS] == sorted(n.announced for n in ANNOUNCEMENTS)
    assert seen == set(range(2016, 2027))


def test_the_answer_to_a_report_is_due_by_the_calendar_as_announced(early):
    before = surroundings(early.district, None)
    assert before.answer_due(FESTIVAL_EVE) == add(before, FESTIVAL_EVE)
    known = last_number(early.office)
    announce(early, EXTENDED_2020)
    after = surroundings(early.district, None)
    days_allowed = ERQI_2017_D1.answer_working_days
    assert days_allowed == 5
    assert before.answer_due(FESTIVAL_EVE) == date(2020, 2, 4)
    assert after.answer_due(FESTIVAL_EVE) == date(2020, 2, 6)
    assert surroundings(early.district, known).answer_due(FESTIVAL_EVE) == date(2020, 2, 4)


def add(around, day):
    return around.calendar_on(day).add_working_days(day, 5)


def test_an_answer_that_was_due_before_a_later_notice_was_due_by_the_first(early):
    announce(early, EXTENDED_2020)
    around = surroundings(early.district, None)
    assert around.answer_due(date(2020, 1, 13)) == date(2020, 1, 19)


def test_a_report_after_the_notice_knows_the_notice_alone(early):
    announce(early, EXTENDED_2020)
    around = surroundings(early.district, None)
    assert around.answer_due(EXTENSION) == date(2020, 2, 7)


def test_what_ends_beyond_the_announced_years_does_not_end(early):
    around = surroundings(early.district, None)
    assert around.horizon == date(2020, 12, 31)
    assert around.answer_due(date(2020, 12, 31)) == date.max
    with pytest.raises(CalendarNotAnnounced):
        around.calendar_on(DAY).is_working_day(date(2021, 1, 4))


def test_the_calendar_of_a_day_is_the_one_announced_by_then(early):
    announce(early, EXTENDED_2020)
    around = surroundings(early.district, None)
    friday = date(2020, 1, 31)
    assert around.calendar_on(EXTENSION - timedelta(days=1)).is_working_day(friday)
    assert not around.calendar_on(EXTENSION).is_working_day(friday)
    assert around.calendar_on(date(2000, 1, 1)) == around.calendars[0].calendar


def test_a_notice_makes_the_answer_late_from_another_day_and_leaves_what_was_known(early):
    matter = early.published(on=date(2020, 1, 6), goals=())
    words = {"measured_on": FESTIVAL_EVE, "problems": "缺地"}
    early.tell("report_progress", matter, on=FESTIVAL_EVE, **words)
    known = last_number(early.office)
    announce(early, EXTENDED_2020)

    def is_late(day, known_at=None):
        return MatterSpell.objects.get(on_day(day, known_at=known_at), thread=matter).is_answer_late

    assert [is_late(day, known) for day in days(2, 4, 5)] == [False, True]
    assert [is_late(day) for day in days(2, 5, 6, 7)] == [False, False, True]


def test_without_a_calendar_no_colour_can_be_judged(db):
    district = uuid4()
    Line.objects.create(pk=district)
    with pytest.raises(NoCalendar):
        surroundings(district, None)


def test_known_before_the_first_notice_there_is_no_calendar(town):
    with pytest.raises(NoCalendar):
        surroundings(town.district, 1)


def test_the_rule_of_a_day_is_the_one_in_force_then_and_before_the_first_the_first(early):
    around = surroundings(early.district, None)
    assert around.rules == (ERQI_2017_D1,)
    assert around.rule_on(date(1999, 1, 1)) == around.rule_on(DAY) == ERQI_2017_D1


def test_a_later_rule_judges_from_its_day_on(town):
    later = replace(ERQI_2017_D1, version=2, in_force_from=DAY)
    commands.issue_colour_rule(rule=later, on=DAY, expected=last_number(town.office), **town.hand())
    around = surroundings(town.district, None)
    assert around.rule_on(DAY - timedelta(days=1)) == ERQI_2017_D1
    assert around.rule_on(DAY) == later
    assert RuleSet.objects.get(district=town.district).version == later.version


def test_a_rule_that_needs_another_reader_is_refused(town, snapshot):
    before = snapshot()
    rule = replace(ERQI_2017_D1, reader=2)
    with pytest.raises(RuleNeedsAnotherReader):
        commands.issue_colour_rule(rule=rule, on=DAY, expected=0, **town.hand())
    assert snapshot() == before


def test_the_calendar_row_names_its_years(town):
    row = Calendar.objects.get(district=town.district)
    assert (row.first_year, row.last_year) == (2019, 2021)
    assert commands.last_of_calendar(uuid4()) == 0


def test_only_the_office_sets_standards(town, snapshot):
    stranger = town.actors[STRANGER]
    before = snapshot()
    with pytest.raises(NotAllowed):
        announce(town, EXTENDED_2020, by=stranger)
    with pytest.raises(NotAllowed):
        commands.issue_colour_rule(
            rule=ERQI_2017_D1, on=FOUNDED, expected=0, **(town.hand() | {"by": stranger})
        )
    assert snapshot() == before


def test_a_day_of_another_year_is_no_part_of_the_arrangement(town, snapshot):
    before = snapshot()
    for wrong in ({"off": (date(2019, 12, 31),)}, {"make_up": (date(2021, 1, 1),)}):
        with pytest.raises(YearOutsideItself):
            announce(town, EXTENDED_2020, **wrong)
    assert snapshot() == before
