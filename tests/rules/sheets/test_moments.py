"""Days in the cells of lists."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.moments import Edge, Taken, read_moment, read_span

JUNE = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("cell", "day", "inferred"),
    [
        ("2021-6-30", JUNE, False),
        ("2021/6/30", JUNE, False),
        ("2021.06.30", JUNE, False),
        ("20210630", JUNE, False),
        (20210630, JUNE, False),
        (44377, JUNE, False),  # a day number that lost its format
        (JUNE, JUNE, False),
        ("2021年6月30日前", JUNE, False),
        ("6月30日", JUNE, True),
        ("6.30", JUNE, True),
        ("2021年6月底前", JUNE, True),
        ("2021年6月底前完成", JUNE, True),
        ("2021.6", JUNE, True),
        (Decimal("2021.6"), JUNE, True),
        ("202106", JUNE, True),
        ("21年6月", JUNE, True),
        ("6月", JUNE, True),
        ("六月底前", JUNE, True),
        ("二季度", JUNE, True),
        ("第二季度末", JUNE, True),
        ("Q2", JUNE, True),
        ("上半年", JUNE, True),
        ("6月前", date(2021, 5, 31), True),  # before June begins
        ("6月上旬", date(2021, 6, 10), True),
        ("6月中", date(2021, 6, 20), True),
        ("年底前", date(2021, 12, 31), True),
        ("2021年底", date(2021, 12, 31), True),
        ("年内", date(2021, 12, 31), True),
        ("全年", date(2021, 12, 31), True),
        (2021, date(2021, 12, 31), True),
        ("2021年前", date(2020, 12, 31), True),
        ("明年6月底前", date(2022, 6, 30), True),
        ("去年底", date(2020, 12, 31), True),
        ("计划十二月竣工", date(2021, 12, 31), True),
    ],
)
def test_a_day_is_read_and_says_whether_it_was_inferred(cell, day, inferred):
    moment = read_moment(cell, year=2021)
    assert (moment.day, moment.inferred) == (day, inferred)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2021-2023年", date(2021, 1, 1), date(2023, 12, 31)),
        ("2021-2023", date(2021, 1, 1), date(2023, 12, 31)),
        ("2019.3-2021.12", date(2019, 3, 1), date(2021, 12, 31)),
        ("2019年3月至2021年12月", date(2019, 3, 1), date(2021, 12, 31)),
        ("2021年3-6月", date(2021, 3, 1), JUNE),
        ("3月—2022年6月", date(2022, 3, 1), date(2022, 6, 30)),
        ("1-12月", date(2021, 1, 1), date(2021, 12, 31)),
        ("二季度", date(2021, 4, 1), JUNE),
        ("2021年", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021年底", None, date(2021, 12, 31)),
        ("2021年6月", None, JUNE),
        (JUNE, None, JUNE),
        ("长期", None, None),
    ],
)
def test_a_span_has_the_ends_that_are_said(cell, start, end):
    span = read_span(cell, year=2021)
    assert (span.start and span.start.day, span.end and span.end.day) == (start, end)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2021年3月", date(2021, 3, 1)),
        ("3月底前", date(2021, 3, 31)),
        ("2021-2023年", date(2021, 1, 1)),
        ("6月下旬", date(2021, 6, 21)),
        (44377, JUNE),
        (JUNE, JUNE),
        ("常态化", None),
    ],
)
def test_a_start_takes_the_first_day_unless_the_end_is_named(cell, day):
    moment = read_moment(cell, year=2021, edge=Edge.START)
    assert (moment and moment.day) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("6月31日", "day_not_understood"),
        ("2021-6-31", "day_not_understood"),
        ("13月", "day_not_understood"),
        ("0月", "day_not_understood"),
        ("6月0日", "day_not_understood"),
        ("1850年", "day_not_understood"),
        ("尽快", "day_not_understood"),
        ("年前", "day_not_understood"),
        ("年", "day_not_understood"),
        ("2021年中", "day_not_understood"),
        ("12", "day_not_understood"),
        ("6-", "day_not_understood"),
        ("一" * 50, "day_not_understood"),
        (Decimal("1E+400"), "day_not_understood"),
        (Decimal("2021.1"), "day_ambiguous"),  # 2021.1 or 2021.10: the sheet dropped the nought
    ],
)
def test_what_names_no_day_or_two_is_refused(cell, code):
    with pytest.raises(Refusal) as refused:
        read_moment(cell, year=2021)
    assert refused.value.code == code


def test_a_day_without_a_year_needs_one():
    with pytest.raises(Refusal) as refused:
        read_moment("明年6月", year=None)
    assert refused.value.code == "year_missing"
    assert read_moment("2022年6月", year=None).taken is Taken.MONTH


_FORMS = ["{0}-{1}-{2}", "{0}年{1}月{2}日", "{0}.{1:02}.{2:02}", "{0}/{1}/{2}", "{0}{1:02}{2:02}"]


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.sampled_from(_FORMS))
def test_every_day_is_read_back_from_every_form(day, form):
    assert read_moment(form.format(day.year, day.month, day.day), year=None).day == day


@given(st.dates(date(1980, 1, 1), date(2100, 11, 30)))
def test_months_and_day_numbers_are_read_back(day):
    last = day.replace(day=monthrange(day.year, day.month)[1])
    for form in ("{0}年{1}月", "{0}年{1}月底前", "{0}.{1:02}", "{0}-{1:02}"):
        assert read_moment(form.format(day.year, day.month), year=None).day == last
    assert read_moment((day - date(1899, 12, 30)) // timedelta(days=1), year=None).day == day


@given(st.text(max_size=60) | st.integers() | st.decimals() | st.dates() | st.booleans())
def test_any_cell_is_a_day_nothing_or_a_refusal(cell):
    for edge in (None, *Edge):
        with suppress(Refusal):
            read_span(cell, year=2021, edge=edge)
