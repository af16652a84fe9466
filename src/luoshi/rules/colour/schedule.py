"""The schedule test: r = achieved / planned, both at the last month end whose report has come due.

Shares are ratios of whole numbers (numerator, denominator > 0, not reduced): exact, and quick to
compare.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from operator import ge, gt, le, lt

from luoshi.rules.colour.facts import ColourFacts, Comparator, Level, Measurement
from luoshi.rules.colour.rule import Band, ColourRule

Ratio = tuple[int, int]
Bands = tuple[tuple[Level, int, int], ...]
"""Each level with the share it begins at, as a ratio, best first."""


def band_ratios(rule: ColourRule) -> Bands:
    """Return the bands of a rule set as ratios."""
    return tuple((band.level, *band.at_least.as_integer_ratio()) for band in rule.bands)


def schedule_month_end(facts: ColourFacts, month_end: date) -> date | None:
    """Return M for the schedule test, or None as long as it lies before the start.

    ``month_end`` is the one evaluated on the day. Reading: M is not bound to the day of
    registration; a plan taken from a document in July has a June.
    """
    return None if facts.start is not None and month_end < facts.start else month_end


def latest_measurement(facts: ColourFacts, measured_by: date, day: date) -> Measurement | None:
    """Return the latest measurement made by ``measured_by`` that counts on ``day``."""
    for measurement in reversed(facts.measured):
        if measurement.measured_on <= measured_by and measurement.counts_from <= day:
            return measurement
    return None


def planned_amount(facts: ColourFacts, month_end: date) -> Ratio | None:
    """Return the amount planned by a month end, or None where nothing is planned yet.

    Unit: the target's.

    Readings: from the due day on the whole quantity is owed, whatever the own plan said; an own
    plan never owes more than the quantity and never takes back what it owed. For a ceiling the
    amount is the one allowed: the quantity, or the own plan's step towards it.
    """
    quantity = facts.quantity
    if quantity is None:
        return None
    if facts.due is not None and month_end >= facts.due:
        amount: Decimal | None = quantity
    elif facts.plan:
        amount = _own_plan(facts, quantity, month_end)
    elif facts.comparator.is_ceiling:
        amount = quantity
    else:
        return _straight_line(facts, quantity, month_end)
    if amount is None or (amount <= 0 and not facts.comparator.is_ceiling):
        return None
    return _ratio(amount)


@lru_cache(maxsize=4096)  # one amount is held against many days
def _ratio(amount: Decimal) -> Ratio:
    return amount.as_integer_ratio()


def _own_plan(facts: ColourFacts, quantity: Decimal, month_end: date) -> Decimal | None:
    points = takewhile(lambda point: point.day <= month_end, facts.plan)
    amounts: Iterator[Decimal] = (point.amount for point in points)
    if facts.comparator.is_ceiling:
        tightest = min(amounts, default=None)
        return None if tightest is None else max(tightest, quantity)
    reached = max(amounts, default=None)
    return None if reached is None else min(reached, quantity)


def _straight_line(facts: ColourFacts, quantity: Decimal, month_end: date) -> Ratio | None:
    """Return the amount on the straight line, start and due included; ``month_end`` < due."""
    if facts.start is None or facts.due is None or quantity <= 0:
        return None
    numerator, denominator = _ratio(quantity)
    first = facts.start.toordinal()
    return (
        numerator * (month_end.toordinal() - first + 1),
        denominator * (facts.due.toordinal() - first + 1),
    )


def share_of_plan(facts: ColourFacts, achieved: Decimal, planned: Ratio) -> Ratio:
    """Return r: achieved / planned; for a ceiling allowed / actual, 1 if that is nothing."""
    numerator, denominator = _ratio(achieved)
    if not facts.comparator.is_ceiling:
        return numerator * planned[1], denominator * planned[0]
    if numerator <= 0:
        return 1, 1
    return planned[0] * denominator, planned[1] * numerator


def level_of_share(share: Ratio, bands: Bands) -> Level:
    """Return the level of the best band that a share reaches; below all bands the worst."""
    numerator, denominator = share
    for level, at_least, of in bands:
        if numerator * of >= at_least * denominator:
            return level
    return bands[-1][0]


def is_better(share: Ratio | None, than: Ratio | None) -> bool:
    """Say whether a share is better than an earlier one; without both there is nothing better."""
    if share is None or than is None:
        return False
    return share[0] * than[1] > than[0] * share[1]


def amount_needed(facts: ColourFacts, planned: Ratio, band: Band) -> Decimal:
    """Return the smallest amount (for a ceiling the largest) that reaches a band.

    Unit: the target's; in steps of the last decimal place in which the quantity is written, at most
    whole ones.
    """
    numerator, denominator = band.at_least.as_integer_ratio()
    places = _decimal_places(facts.quantity)
    scale = 10**places
    if not facts.comparator.is_ceiling:
        needed = -(-planned[0] * numerator * scale // (planned[1] * denominator))
    else:
        needed = planned[0] * denominator * scale // (planned[1] * numerator)
    return Decimal(needed).scaleb(-places)


def _decimal_places(quantity: Decimal | None) -> int:
    exponent = quantity.as_tuple().exponent if quantity is not None else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def is_reached(facts: ColourFacts, latest: Measurement | None) -> bool:
    """Say whether the latest counted measurement meets the target.

    Readings: a target without a quantity is never reached by itself; a ceiling is kept only once
    its due day is measured, or its unit could fall silent after the first low figure.
    """
    if latest is None or facts.quantity is None:
        return False
    if facts.comparator.is_ceiling and (facts.due is None or latest.measured_on < facts.due):
        return False
    return _MEETS[facts.comparator](latest.amount, facts.quantity)


_MEETS: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.EQUAL: ge,  # more than was promised is not less than done
    Comparator.AT_LEAST: ge,
    Comparator.MORE: gt,
    Comparator.AT_MOST: le,
    Comparator.LESS: lt,
    Comparator.ABOUT: ge,
}
