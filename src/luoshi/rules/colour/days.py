"""The days on which the judgement of fixed facts can change: a sweep looks at no others."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from luoshi.rules.colour.facts import ColourFacts
from luoshi.rules.colour.months import month_end, month_end_of
from luoshi.rules.colour.rule import ColourRule

_ONE_DAY = timedelta(days=1)
_DECEMBER = 12


def days_of_change(facts: ColourFacts, first: date, end: date, rule: ColourRule) -> list[date]:
    """Return the days from ``first`` on, before ``end``, on which the judgement may change.

    ``first`` is one of them; days ascend. After the last one only the shown colour moves, at month
    ends.
    """
    days = {first}
    for measurement in facts.measured:
        day = measurement.speaks_from
        if first < day < end:
            days.add(day)
    if facts.started_on is not None and first < facts.started_on < end:
        days.add(facts.started_on)
    if facts.milestones or facts.exempt_until is not None:
        _add_shifted(days, facts, first.toordinal(), end.toordinal(), rule)
    if facts.planned_start is not None:
        _add_missed_starts(days, facts.planned_start, first, end, rule)
    days.update(_evaluations(first, end, _settled_after(facts), rule.report_due_day))
    return sorted(days)


def last_hope(facts: ColourFacts, end: date, rule: ColourRule) -> date:
    """Return a day from which on, before ``end``, time alone speaks: it betters no level."""
    hope = facts.started_on or date.min
    speaks = False
    for measurement in facts.measured:
        speaks_from = measurement.speaks_from
        if speaks_from < end:
            speaks = True
            hope = max(hope, speaks_from, _evaluated_after(measurement.measured_on, rule))
    if speaks and facts.start is not None and facts.start < end:
        hope = max(hope, _evaluated_after(facts.start, rule))  # before it, no figure is held
    for milestone in facts.milestones:
        if milestone.done_on is not None:
            hope = max(hope, milestone.done_on)
    if facts.exempt_until is not None:
        hope = max(hope, min(facts.exempt_until, end) + _ONE_DAY)
    return hope


def _evaluated_after(day: date, rule: ColourRule) -> date:
    """Return the day from which on the month of a day is evaluated."""
    year, month = (day.year, day.month + 1) if day.month < _DECEMBER else (day.year + 1, 1)
    return _evaluation(year, month, rule.report_due_day)[1]


def month_ends_from(day: date, end: date) -> Iterator[date]:
    """Yield the month ends from ``day`` to before ``end``."""
    year, month = day.year, day.month
    while (found := month_end(year, month)) < end:
        yield found
        year, month = (year, month + 1) if month < _DECEMBER else (year + 1, 1)


def _add_shifted(
    days: set[date], facts: ColourFacts, first: int, end: int, rule: ColourRule
) -> None:
    """Add the days that milestones and an exemption bring; ``date.max`` has no morrow."""
    steps = (-rule.soon_days, rule.late_blue_days + 1, rule.late_yellow_days + 1)
    for milestone in facts.milestones:
        done = milestone.done_on.toordinal() if milestone.done_on is not None else first
        if first < done < end:
            days.add(date.fromordinal(done))
        due = milestone.due.toordinal()
        days.update(date.fromordinal(due + step) for step in steps if first < due + step < end)
    if (
        facts.exempt_until is not None
        and first <= (last := facts.exempt_until.toordinal()) < end - 1
    ):
        days.add(date.fromordinal(last + 1))


def _add_missed_starts(
    days: set[date], planned: date, first: date, end: date, rule: ColourRule
) -> None:
    for missed, day in enumerate(month_ends_from(planned, end), start=1):
        if day > first:
            days.add(day)
        if missed >= rule.start_red_month_ends:
            break


@lru_cache(maxsize=4096)
def _evaluation(year: int, month: int, due_day: int) -> tuple[date, date]:
    """Return the first day of a month, and the day on which the month before it is evaluated."""
    return date(year, month, 1), date(year, month, due_day) + _ONE_DAY


@lru_cache(maxsize=4096)
def _evaluations(first: date, end: date, settled: date, due_day: int) -> tuple[date, ...]:
    """Return the days on which the evaluated month end moves, as long as that says anything.

    Most matters of a plan are settled by the same day.
    """
    days: list[date] = []
    year, month = first.year, first.month
    while True:
        begins, evaluated = _evaluation(year, month, due_day)
        if evaluated >= end:
            break
        if evaluated > first:
            days.append(evaluated)
        if begins > settled:
            break
        year, month = (year, month + 1) if month < _DECEMBER else (year + 1, 1)
    return tuple(days)


def _settled_after(facts: ColourFacts) -> date:
    """Return the last day whose month end, once evaluated, says something new."""
    settled = facts.registered_on
    for day in (facts.start, facts.due):
        if day is not None and day > settled:
            settled = day
    if facts.plan:
        settled = max(settled, facts.plan[-1].day)
    if facts.measured:
        settled = max(settled, facts.measured[-1].measured_on)
    if facts.reported_until is not None and facts.reported_until.year < date.max.year:
        settled = max(settled, month_end_of(facts.reported_until) + _ONE_DAY)
    return settled
