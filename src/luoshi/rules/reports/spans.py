"""Periods as they are written (2017, 2020H1, 2021-06, 2017/2021) and Five-Year Plans, in days."""

import re
from calendar import monthrange
from datetime import date

FIRST_PLAN = 1953  # the first Five-Year Plan; the 14th covers 2021 to 2025
PLAN_YEARS = 5
OPEN = ".."


def plan_span(nth: int) -> tuple[int, int]:
    """Return the first and last year of a Five-Year Plan: 14 is (2021, 2025)."""
    first = FIRST_PLAN + (nth - 1) * PLAN_YEARS + (3 if nth > 2 else 0)
    return first, first + PLAN_YEARS - 1


_PART = re.compile(r"(\d{4})(?:-(\d{2})|H([12])|Q([1-4]))?")


def span_of(period: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a period as it is written; None for an open beginning."""
    if period is None or period.startswith(OPEN):
        return None
    first, _, last = period.partition("/")
    begin, end = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if begin is None or end is None:
        return None
    return _months_of(begin)[0], _months_of(end)[1]


def _months_of(part: re.Match[str]) -> tuple[date, date]:
    year = int(part[1])
    if part[2]:
        first = last = int(part[2])
    elif part[3]:
        first, last = 6 * int(part[3]) - 5, 6 * int(part[3])
    elif part[4]:
        first, last = 3 * int(part[4]) - 2, 3 * int(part[4])
    else:
        first, last = 1, 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
