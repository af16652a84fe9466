"""What is counted of a list of matters: by colour, and amounts by their unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.ledger import money

SHARES = frozenset({"%", "％", "‰", "百分点", "个百分点"})
"""Units whose amounts cannot be added: shares of something."""


@dataclass(frozen=True, slots=True)
class UnitSum:
    """Targets counted in one unit: how many, their sum, and what is done of them."""

    unit: str
    count: int
    target: Decimal
    done: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """Matters by colour, whatever colour is chosen, and the sums of the chosen ones by unit."""

    colours: dict[str, int]
    sums: tuple[UnitSum, ...]


def shown_sums(sums: Sequence[UnitSum], money_unit: str) -> list[UnitSum]:
    """Return what can be added, money in the unit chosen and first of all."""
    found: dict[str, UnitSum] = {}
    for one in sums:
        if one.unit in SHARES:
            continue
        unit = money.shown_unit(one.unit, money_unit)
        old = found.get(unit, UnitSum(unit, 0, Decimal(0), Decimal(0)))
        target = money.shown_amount(one.target, one.unit, money_unit) or 0
        done = money.shown_amount(one.done, one.unit, money_unit) or 0
        found[unit] = UnitSum(unit, old.count + one.count, old.target + target, old.done + done)
    return sorted(found.values(), key=lambda one: (one.unit not in money.FACTORS, -one.count))
