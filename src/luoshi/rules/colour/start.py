"""The start test: month ends that passed since a stated start without one."""

from datetime import date

from luoshi.rules.colour.facts import ColourFacts, Level, Measurement
from luoshi.rules.colour.months import month_ends_between
from luoshi.rules.colour.rule import ColourRule


def start_level(
    facts: ColourFacts, latest: Measurement | None, day: date, rule: ColourRule
) -> Level | None:
    """Return the level of the start test, or None where no start is stated."""
    if facts.planned_start is None:
        return None
    missed = missed_month_ends(facts, latest, day)
    if missed < rule.start_yellow_month_ends:
        return Level.GREEN
    return Level.YELLOW if missed < rule.start_red_month_ends else Level.RED


def missed_month_ends(facts: ColourFacts, latest: Measurement | None, day: date) -> int:
    """Count the month ends from the stated start to ``day`` without a start; 0 once started.

    Reading: started is what was reported as started, or has an amount above nothing in its latest
    counted measurement.
    """
    if facts.planned_start is None or has_started(facts, latest, day):
        return 0
    return month_ends_between(facts.planned_start, day)


def has_started(facts: ColourFacts, latest: Measurement | None, day: date) -> bool:
    """Say whether the work had begun by a day."""
    if facts.started_on is not None and facts.started_on <= day:
        return True
    return latest is not None and latest.amount > 0
