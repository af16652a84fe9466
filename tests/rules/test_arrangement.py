"""A year's arrangement is read from its words, and what cannot be meant is refused."""

from datetime import date

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.clocks.years import arrangement_of
from luoshi.rules.arrangement import (
    Arranged,
    ArrangementUnread,
    NoSuchDay,
    NothingArranged,
    WeekdayDiffers,
    WorkedDayIsNoRestDay,
    in_words,
    read_arrangement,
)
from luoshi.rules.calendar import ArrangementContradictsItself

YEARS = range(2010, 2027)


def day(month, number):
    return date(2026, month, number)


def test_words_as_notices_have_them():
    read = read_arrangement(
        "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（星期日）上班。\n"
        "二、２月28日(周六)、3月1日（周日）上班；4月6日放假，与周末连休。",
        year=2026,
    )
    assert read.off == (day(1, 1), day(1, 2), day(4, 6))
    assert read.make_up == (day(1, 4), day(2, 28), day(3, 1))


def test_lists_as_they_are_typed():
    read = read_arrangement("放假：1月1日、2月16日至20日；上班：2月14日、15日", year=2026)
    assert read.off == (day(1, 1), *(day(2, n) for n in range(16, 21)))
    assert read.make_up == (day(2, 14), day(2, 15))


def test_a_span_goes_over_the_end_of_a_month_and_names_its_year():
    read = read_arrangement("2026年9月30日至10月2日放假", year=2026)
    assert read.off == (day(9, 30), day(10, 1), day(10, 2))
    assert read_arrangement("2025年12月31日至2026年1月1日放假", year=2026).off[0].year == 2025


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("2月30日放假", NoSuchDay),
        ("3日放假", NoSuchDay),
        ("5月3日至1日放假", NoSuchDay),
        ("1月1日至6月1日放假", NoSuchDay),
        ("1月1日（周三）放假", WeekdayDiffers),
        ("1月1日放假。4月28日上班", WorkedDayIsNoRestDay),
        ("1月1日至4日放假。1月3日上班", ArrangementContradictsItself),
        ("1月1日放假。5月1日", ArrangementUnread),
        ("全年照常", NothingArranged),
        ("1月4日上班", NothingArranged),
    ],
)
def test_what_cannot_be_meant_is_refused(text, refused):
    with pytest.raises(refused):
        read_arrangement(text, year=2026)


@given(st.sampled_from(YEARS))
def test_every_year_that_is_known_is_read_again_from_its_words(year):
    known = Arranged(*arrangement_of(year))
    read = read_arrangement(in_words(known), year=year)
    assert read == known
    assert all(not chinese_calendar.is_workday(one) for one in read.off)
