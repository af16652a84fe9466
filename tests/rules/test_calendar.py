from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.calendar import (
    ArrangementContradictsItself,
    CalendarNotAnnounced,
    WorkCalendar,
    YearArrangement,
)

FIRST_YEAR, LAST_YEAR = 2016, 2026
ONE_DAY = timedelta(days=1)
SPRING_2020_NOVEMBER = YearArrangement(  # as announced in November 2019: 24-30 January off
    2020,
    off=frozenset(
        {date(2020, 1, 1)}
        | {date(2020, 1, day) for day in range(24, 31)}
        | {date(2020, 4, day) for day in (4, 5, 6)}
        | {date(2020, 5, day) for day in range(1, 6)}
        | {date(2020, 6, day) for day in (25, 26, 27)}
        | {date(2020, 10, day) for day in range(1, 9)}
    ),
    make_up=frozenset(
        {
            date(2020, 1, 19),
            date(2020, 2, 1),
            date(2020, 4, 26),
            date(2020, 5, 9),
            date(2020, 6, 28),
            date(2020, 9, 27),
            date(2020, 10, 10),
        }
    ),
    source="国办发明电〔2019〕16号",
)


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@lru_cache
def arranged(year):
    """The arrangement of a year as the library knows it: what differs from the plain week."""
    off = {day for day in days_of(year) if chinese_calendar.is_holiday(day) and day.weekday() < 5}
    make_up = {d for d in days_of(year) if chinese_calendar.is_workday(d) and d.weekday() >= 5}
    return YearArrangement(year, frozenset(off), frozenset(make_up), "chinesecalendar")


def years(first=FIRST_YEAR, last=LAST_YEAR):
    return [arranged(year) for year in range(first, last + 1)]


CALENDAR = WorkCalendar.of(years())
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
EARLY_DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR - 2, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2017, 9, 29), 3, date(2017, 10, 10)),  # 30 September is made up, 1-8 October off
        (date(2020, 1, 22), 5, date(2020, 2, 6)),
        (date(2021, 4, 23), 10, date(2021, 5, 10)),
        (date(2026, 9, 24), 3, date(2026, 9, 30)),
    ],
)
def test_working_days_are_counted_from_the_day_after_receipt(start, n, end):
    assert CALENDAR.add_working_days(start, n) == end
    assert CALENDAR.working_days_between(start, end) == n


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2017, 9, 15), 15, date(2017, 9, 30)),  # a make-up working day: no roll
        (date(2020, 1, 10), 15, date(2020, 2, 3)),
        (date(2026, 9, 5), 30, date(2026, 10, 8)),
    ],
)
def test_natural_days_roll_off_rest_days(start, n, end):
    assert CALENDAR.add_natural_days(start, n) == end


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2020, 3, 16), 1, date(2020, 4, 16)),
        (date(2020, 1, 31), 2, date(2020, 3, 31)),
        (date(2017, 11, 30), 3, date(2018, 2, 28)),  # no 30 February: the month's end
        (date(2019, 12, 31), 2, date(2020, 3, 2)),  # 29 February 2020 is a Saturday
        (date(2020, 9, 1), 1, date(2020, 10, 9)),  # 1-8 October off
        (date(2020, 6, 15), 12, date(2021, 6, 15)),
        (date(2020, 6, 15), 0, date(2020, 6, 15)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_month_end(start, n, end):
    assert CALENDAR.add_months(start, n) == end


@pytest.mark.parametrize(
    ("year", "working_days"),
    [*enumerate([250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248], start=FIRST_YEAR)],
)
def test_working_days_of_each_year(year, working_days):
    assert sum(CALENDAR.is_working_day(day) for day in days_of(year)) == working_days
    before = CALENDAR.is_working_day(date(year, 1, 1))
    counted = CALENDAR.working_days_between(date(year, 1, 1), date(year, 12, 31))
    assert counted + before == working_days


@pytest.mark.parametrize("day", [date(2017, 9, 30), date(2021, 4, 25), date(2026, 10, 10)])
def test_a_make_up_day_is_a_working_day(day):
    assert day.weekday() >= 5
    assert CALENDAR.is_working_day(day)


def test_the_spring_festival_of_2020_before_and_after_its_extension():
    """The document of 26 January 2020: off to 2 February, so the 1st is no make-up day any more."""
    start = date(2020, 1, 22)
    before = WorkCalendar.of([*years(), SPRING_2020_NOVEMBER])
    assert before.is_working_day(date(2020, 2, 1))
    assert before.add_working_days(start, 5) == date(2020, 2, 4)
    extended = YearArrangement(
        2020,
        off=SPRING_2020_NOVEMBER.off | {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)},
        make_up=SPRING_2020_NOVEMBER.make_up - {date(2020, 2, 1)},
        source="国办发明电〔2020〕1号",
    )
    after = WorkCalendar.of([*years(), SPRING_2020_NOVEMBER, extended])
    assert after.add_working_days(start, 5) == date(2020, 2, 6)
    assert after.arrangements[4] is extended
    assert all(after.is_working_day(d) == CALENDAR.is_working_day(d) for d in days_of(2020))


def test_days_of_a_neighbouring_year_are_arranged_with_the_year_that_names_them():
    """The New Year break of 2019 was 30 December to 1 January, 29 December made up."""
    plain = YearArrangement(2018, frozenset(), frozenset(), "")
    new_year = YearArrangement(
        2019,
        frozenset({date(2018, 12, 31), date(2019, 1, 1)}),
        frozenset({date(2018, 12, 29)}),
        "国办发明电〔2018〕15号",
    )
    calendar = WorkCalendar.of([new_year, plain])
    assert [calendar.is_working_day(date(2018, 12, day)) for day in (28, 29, 30, 31)] == [
        True,
        True,
        False,
        False,
    ]


REFUSED = [
    ("is_working_day", (date(2027, 1, 1),), 2027),
    ("is_working_day", (date(2015, 12, 31),), 2015),
    ("is_working_day", (date(2030, 1, 1),), 2030),
    ("rolled", (date(2027, 1, 2),), 2027),
    ("working_days_between", (date(2026, 12, 1), date(2027, 1, 4)), 2027),
    ("working_days_between", (date(2015, 12, 1), date(2016, 1, 4)), 2015),
    ("add_working_days", (date(2026, 12, 31), 1), 2027),
    ("add_working_days", (date(2026, 1, 1), 10**9), 2027),
    ("add_working_days", (date(2015, 12, 31), 1), 2015),
    ("add_natural_days", (date(2026, 12, 31), 1), 2027),
    ("add_natural_days", (date(2026, 12, 31), 10**9), 2027),
    ("add_months", (date(2026, 12, 31), 1), 2027),
    ("add_months", (date(2026, 12, 31), 10**9), 2027),
]


@pytest.mark.parametrize(("count", "arguments", "year"), REFUSED)
def test_beyond_the_announced_years_there_is_no_guess(count, arguments, year):
    with pytest.raises(CalendarNotAnnounced) as refused:
        getattr(CALENDAR, count)(*arguments)
    assert refused.value.facts == {"year": year}


def test_a_rest_day_at_the_very_end_does_not_roll_into_the_unknown():
    calendar = WorkCalendar.of(years(2022, 2022))  # 31 December 2022 is a Saturday
    assert calendar.horizon == date(2022, 12, 31)
    with pytest.raises(CalendarNotAnnounced) as refused:
        calendar.add_natural_days(date(2022, 12, 1), 30)
    assert refused.value.facts == {"year": 2023}


def test_a_year_missing_in_the_middle_is_not_guessed_either():
    calendar = WorkCalendar.of([arranged(2017), arranged(2019)])
    assert calendar.is_working_day(date(2019, 3, 4))
    assert calendar.working_days_between(date(2017, 1, 1), date(2017, 12, 31)) == 249
    for refused_count in (
        lambda: calendar.is_working_day(date(2018, 3, 5)),
        lambda: calendar.working_days_between(date(2017, 12, 1), date(2019, 1, 9)),
        lambda: calendar.add_working_days(date(2017, 12, 29), 1),
        lambda: calendar.rolled(date(2017, 12, 30)),
    ):
        with pytest.raises(CalendarNotAnnounced) as refused:
            refused_count()
        assert refused.value.facts == {"year": 2018}


def test_no_days_are_no_time():
    start = date(2020, 10, 3)
    assert CALENDAR.add_working_days(start, 0) == start
    assert CALENDAR.working_days_between(start, start) == 0


def test_no_arrangement_is_no_calendar():
    with pytest.raises(CalendarNotAnnounced):
        WorkCalendar.of([])


def test_a_day_cannot_be_off_and_made_up():
    day = date(2020, 1, 1)
    with pytest.raises(ArrangementContradictsItself) as refused:
        WorkCalendar.of([YearArrangement(2020, frozenset({day}), frozenset({day}), "")])
    assert refused.value.facts == {"year": 2020, "day": day}


@pytest.mark.parametrize("count", ["add_working_days", "add_natural_days", "add_months"])
def test_a_period_has_no_negative_length(count):
    with pytest.raises(ValueError, match="negative"):
        getattr(CALENDAR, count)(date(2020, 1, 1), -1)


@given(DAYS)
def test_every_day_is_as_the_arrangement_says(day):
    assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day)


@given(EARLY_DAYS, st.integers(0, 400))
def test_counting_what_was_added_gives_it_back(start, n):
    end = CALENDAR.add_working_days(start, n)
    assert CALENDAR.working_days_between(start, end) == n
    assert n == 0 or CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(start, end - ONE_DAY) == max(n - 1, 0)


@given(EARLY_DAYS, st.integers(0, 200), st.integers(1, 200))
def test_adding_in_two_steps_is_adding_at_once(start, n, more):
    halfway = CALENDAR.add_working_days(start, n)
    assert CALENDAR.add_working_days(halfway, more) == CALENDAR.add_working_days(start, n + more)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_and_are_never_negative(one, two, three):
    first, middle, last = sorted([one, two, three])
    whole = CALENDAR.working_days_between(first, last)
    parts = CALENDAR.working_days_between(first, middle)
    assert whole == parts + CALENDAR.working_days_between(middle, last)
    assert CALENDAR.working_days_between(last, first) == 0
    plain = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    assert whole == sum(CALENDAR.is_working_day(day) for day in plain)


@given(EARLY_DAYS, st.integers(0, 400))
def test_a_period_ends_on_a_working_day_with_only_rest_days_rolled_over(start, n):
    end = CALENDAR.add_natural_days(start, n)
    last = start + timedelta(days=n)
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.working_days_between(last, end) == (0 if last == end else 1)
    assert end >= last
    assert CALENDAR.rolled(end) == end


@given(EARLY_DAYS, st.integers(0, 20))
def test_months_follow_the_calendar(start, n):
    end = CALENDAR.add_months(start, n)
    assert CALENDAR.is_working_day(end)
    months = (end.year - start.year) * 12 + end.month - start.month
    assert months in {n, n + 1}  # the roll may leave the month
