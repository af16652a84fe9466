"""Months and their ends: when a report is due, and which month end is evaluated on a day."""

from datetime import date, timedelta
from functools import lru_cache

_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, 31) if month == 12 else date(year, month + 1, 1) - _ONE_DAY


def month_end_of(day: date) -> date:
    """Return the last day of the month a day lies in."""
    return month_end(day.year, day.month)


@lru_cache(maxsize=4096)
def _month_end_before(year: int, month: int, months: int) -> date:
    years, month_index = divmod(year * 12 + month - 1 - months, 12)
    return month_end(years, month_index + 1)


def evaluated_month_end(day: date, due_day: int) -> date:
    """Return M: the end of the last month whose report has come due before ``day``.

    Reading: the report for a month is due on ``due_day`` of the next month, and that day still
    belongs to the reporter, so M moves on the day after it.
    """
    return _month_end_before(day.year, day.month, 1 if day.day > due_day else 2)


def month_ends_between(first: date, last: date) -> int:
    """Count the month ends from ``first`` to ``last``, both included; never negative."""
    passed = (last.year - first.year) * 12 + last.month - first.month
    if last == month_end_of(last):
        passed += 1
    return max(passed, 0)
