"""Money in the unit that a table shows."""

from decimal import Decimal

import pytest

from luoshi.ledger import money


@pytest.mark.parametrize(
    ("amount", "unit", "chosen", "shown"),
    [
        ("400", "亿元", "wan", "4,000,000.00 万元"),
        ("400", "亿元", "yi", "400.00 亿元"),
        ("1234.5", "万元", "wan", "1,234.50 万元"),
        ("1234.5", "万元", "yi", "0.12345 亿元"),
        ("8", "元", "wan", "0.0008 万元"),
        ("297", "个", "yi", "297 个"),
        ("2.50", "公里", "wan", "2.5 公里"),
        ("0", "万元", "wan", "0.00 万元"),
    ],
)
def test_money_is_shown_in_the_unit_chosen_and_nothing_else_is_touched(amount, unit, chosen, shown):
    unit_shown = money.shown_unit(unit, chosen)
    value = money.shown_amount(Decimal(amount), unit, chosen)
    assert f"{money.in_text(value, unit_shown)} {unit_shown}" == shown


def test_no_amount_is_no_figure():
    assert money.shown_amount(None, "万元", "yi") is None
    assert money.in_text(None, "万元") == ""
