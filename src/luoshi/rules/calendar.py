"""The working-day calendar: what the State Council arranged, year by year, no guess beyond it.

Sources: civil code arts 201-203 for periods in days and months (T1-T3 of the domain facts), the
yearly arrangement of the State Council's general office for days off and make-up working days
(调休).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from luoshi.rules.refusals import Refusal

_SATURDAY = 5


class CalendarNotAnnounced(Refusal):
    """A count would touch a year whose arrangement is not announced; facts: ``year``."""

    code = "calendar_not_announced"


class ArrangementContradictsItself(Refusal):
    """A day is named both as a day off and as a make-up working day; facts: ``year``, ``day``."""

    code = "arrangement_contradicts_itself"


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """The days off and the make-up working days of a year, as announced by the document ``source``.

    Weekends need not be named as off. Days of the neighbouring year may be named (the New Year
    break of 2019 began on 2018-12-30); where two years name a day, the later year speaks.
    """

    year: int
    off: frozenset[date]
    make_up: frozenset[date]
    source: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days of the announced years; beyond them every answer is a refusal.

    Build it with ``of``: the caller picks the arrangements that were announced by the day it speaks
    for.
    """

    arrangements: tuple[YearArrangement, ...]
    first: date
    """The first day of the first announced year."""
    horizon: date
    """The last day of the last announced year."""
    # Ordinals of the working days, ascending.
    _working: tuple[int, ...] = field(repr=False, compare=False)
    # Years between the first and the last that were not announced.
    _missing: tuple[int, ...] = field(repr=False, compare=False)

    @classmethod
    def of(cls, arrangements: Iterable[YearArrangement]) -> Self:
        """Build the calendar; a later arrangement of the same year replaces the earlier one whole.

        Raises ArrangementContradictsItself; CalendarNotAnnounced (without a year) for no
        arrangement at all.
        """
        by_year = {arrangement.year: arrangement for arrangement in arrangements}
        if not by_year:
            raise CalendarNotAnnounced(year=None)
        years = tuple(by_year[year] for year in sorted(by_year))
        first, last = years[0].year, years[-1].year
        return cls(
            arrangements=years,
            first=date(first, 1, 1),
            horizon=date(last, 12, 31),
            _working=_working_ordinals(years),
            _missing=tuple(year for year in range(first, last + 1) if year not in by_year),
        )

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is a working day. Raises CalendarNotAnnounced."""
        self._check_announced(day, day)
        ordinal = day.toordinal()
        index = bisect_left(self._working, ordinal)
        return index < len(self._working) and self._working[index] == ordinal

    def working_days_between(self, start: date, end: date) -> int:
        """Count working days after ``start``, up to and including ``end``.

        Unit: whole working days, never negative; 0 when ``end`` is not after ``start``. Raises
        CalendarNotAnnounced.
        """
        if end <= start:
            return 0
        self._check_announced(start, end)
        return bisect_right(self._working, end.toordinal()) - bisect_right(
            self._working, start.toordinal()
        )

    def add_working_days(self, start: date, n: int) -> date:
        """Return the ``n``-th working day after ``start``; the day of receipt is not counted (T1).

        ``n`` is a whole number of working days; 0 gives ``start`` itself. Raises
        CalendarNotAnnounced.
        """
        _check_length(n)
        self._check_announced(start, start)
        if not n:
            return start
        index = bisect_right(self._working, start.toordinal()) + n - 1
        if index >= len(self._working):
            raise CalendarNotAnnounced(year=self.horizon.year + 1)
        end = date.fromordinal(self._working[index])
        self._check_announced(start, end)
        return end

    def add_natural_days(self, start: date, n: int) -> date:
        """Return the end of ``n`` natural days after ``start``, rolled off rest days (T1, T3).

        Raises CalendarNotAnnounced.
        """
        _check_length(n)
        self._check_announced(start, start)
        if n > (self.horizon - start).days:
            raise CalendarNotAnnounced(year=self.horizon.year + 1)
        return self.rolled(start + timedelta(days=n))

    def add_months(self, start: date, n: int) -> date:
        """Return the end of ``n`` months: the corresponding day, else month end; then rolled.

        Raises CalendarNotAnnounced. Source: civil code arts 202, 203 (T2, T3).
        """
        _check_length(n)
        self._check_announced(start, start)
        year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
        if year > self.horizon.year:
            raise CalendarNotAnnounced(year=self.horizon.year + 1)
        return self.rolled(_day_or_month_end(year, month + 1, start.day))

    def rolled(self, day: date) -> date:
        """Return ``day`` or, off a rest day, the next working day. Raises CalendarNotAnnounced."""
        self._check_announced(day, day)
        index = bisect_left(self._working, day.toordinal())
        if index == len(self._working):
            raise CalendarNotAnnounced(year=self.horizon.year + 1)
        found = date.fromordinal(self._working[index])
        self._check_announced(day, found)
        return found

    def _check_announced(self, start: date, end: date) -> None:
        if start < self.first:
            raise CalendarNotAnnounced(year=start.year)
        if end > self.horizon:
            raise CalendarNotAnnounced(year=max(self.horizon.year + 1, start.year))
        for year in self._missing:
            if start.year <= year <= end.year:
                raise CalendarNotAnnounced(year=year)


def _working_ordinals(years: tuple[YearArrangement, ...]) -> tuple[int, ...]:
    """Return the ordinals of the working days of the announced years, ascending."""
    arranged: dict[date, bool] = {}
    for arrangement in years:
        for day in sorted(arrangement.off & arrangement.make_up):
            raise ArrangementContradictsItself(year=arrangement.year, day=day)
        arranged |= dict.fromkeys(arrangement.off, False) | dict.fromkeys(arrangement.make_up, True)
    days = (
        date.fromordinal(ordinal)
        for arrangement in years
        for ordinal in range(
            date(arrangement.year, 1, 1).toordinal(), date(arrangement.year, 12, 31).toordinal() + 1
        )
    )
    return tuple(day.toordinal() for day in days if arranged.get(day, day.weekday() < _SATURDAY))


def _day_or_month_end(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))


def _check_length(n: int) -> None:
    if n < 0:
        message = f"a period has no negative length: {n}"
        raise ValueError(message)
