"""A year as twelve months of weeks, each day with what it is."""

from calendar import Calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from luoshi.clocks.queries import working_days

MONDAY = 0
_SATURDAY = 5
KINDS = {
    (True, True): "work",
    (True, False): "off",
    (False, True): "worked",
    (False, False): "rest",
}
"""By whether a day is a weekday, and whether it is worked."""
WEEKS = Calendar(firstweekday=MONDAY)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; ``kind`` is work, rest, off (a weekday off) or worked (a rest day worked).

    ``is_changed`` where an arrangement before had it otherwise.
    """

    day: date
    kind: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its number and its weeks from Monday; None fills the first and the last."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def months_of(
    year: int,
    off: Collection[date],
    make_up: Collection[date],
    *,
    before: frozenset[date] | None = None,
) -> list[Month]:
    """Return the months of a year's arrangement; ``before`` are the working days it replaces."""
    working = working_days(year, tuple(off), tuple(make_up))

    def told(day: date) -> Day:
        is_worked = day in working
        kind = KINDS[day.weekday() < _SATURDAY, is_worked]
        return Day(day, kind, before is not None and (day in before) != is_worked)

    return [
        Month(
            number,
            tuple(
                tuple(told(day) if day.month == number else None for day in week)
                for week in WEEKS.monthdatescalendar(year, number)
            ),
        )
        for number in range(1, 13)
    ]
