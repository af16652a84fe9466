"""Money as tables show it: 万元 or 亿元, whatever unit a target was written in."""

from decimal import Decimal

FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""The units of money, as sheets write them; unit of the factors: 元."""
UNITS = {"wan": "万元", "yi": "亿元"}
"""What the switch in the address stands for."""
DEFAULT = "wan"


def shown_unit(unit: str, money: str) -> str:
    """Return the unit in which amounts of a unit are shown: money in the one chosen."""
    return UNITS[money] if unit in FACTORS else unit


def shown_amount(amount: Decimal | None, unit: str, money: str) -> Decimal | None:
    """Return an amount in the unit in which it is shown; None stays None. Nothing is rounded."""
    if amount is None or unit not in FACTORS:
        return amount
    return amount * FACTORS[unit] / FACTORS[UNITS[money]]


def in_text(amount: Decimal | None, unit: str) -> str:
    """Return an amount with separators: money with at least two decimals, else no idle zeros."""
    if amount is None:
        return ""
    plain = f"{amount.normalize():f}"
    whole, _dot, decimals = plain.partition(".")
    if unit in FACTORS:
        decimals = decimals.ljust(2, "0")
    grouped = f"{int(whole):,}"
    return f"{grouped}.{decimals}" if decimals else grouped
