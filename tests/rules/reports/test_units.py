"""Amounts without 万 and 亿, and in the units of the SI."""

import json
from decimal import Decimal

import pytest

from luoshi.rules.reports.statements import as_line
from luoshi.rules.reports.units import in_si, in_units


@pytest.mark.parametrize(
    ("value", "unit", "bare"),
    [
        (3, "万平方米", (30000, "平方米")),
        (2, "千亿元", (200_000_000_000, "元")),
        (3, "家", (3, "家")),
        (3, "千瓦", (3, "千瓦")),  # its 千 belongs to the unit
        (3, "万千瓦", (30000, "千瓦")),
    ],
)
def test_multipliers_are_worked_out(value, unit, bare):
    assert in_units(Decimal(value), unit) == bare


@pytest.mark.parametrize(
    ("value", "unit", "converted"),
    [
        ("5", "亿元", ("500000000", "元")),
        ("0.3", "万亩", ("2000000", "m²")),
        ("1", "亩", ("666.666666666667", "m²")),
        ("12", "%", ("0.12", "1")),
        ("2.5", "公里", ("2500", "m")),
        ("3", "万户", ("30000", "户")),
        ("2", "万元/人", ("20000", "元/人")),
        ("9" * 40, "亩", ("6.66666666666667E+42", "m²")),
    ],
)
def test_amounts_to_compute_with(value, unit, converted):
    assert in_si(Decimal(value), unit) == (Decimal(converted[0]), converted[1])


@pytest.mark.parametrize(
    ("value", "unit"), [(None, None), (Decimal(1), "位"), (Decimal(2), ""), (None, "米")]
)
def test_nothing_is_converted_without_number_and_unit(value, unit):
    assert in_si(value, unit) is None


def test_a_line_holds_the_converted_amount_only_where_there_is_one(planned):
    lines = [json.loads(as_line(one)) for one in planned("新建道路3公里，健全管理制度。")]
    assert (lines[0]["value_si"], lines[0]["unit_si"]) == (3000, "m")
    assert "value_si" not in lines[1]
