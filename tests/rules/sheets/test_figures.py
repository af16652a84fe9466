"""Amounts as officials type them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.colour import Comparator
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.figures import (
    FEN_OF,
    Figure,
    Money,
    money_unit,
    read_figure,
    read_money,
)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("120户", Figure(Decimal(120), "户")),
        ("１２０户", Figure(Decimal(120), "户")),
        ("约120", Figure(Decimal(120), "", Comparator.ABOUT)),
        ("120户左右", Figure(Decimal(120), "户", Comparator.ABOUT)),
        ("≥85%", Figure(Decimal(85), "%", Comparator.AT_LEAST)),
        ("85％以上", Figure(Decimal(85), "%", Comparator.AT_LEAST)),
        ("不少于3个", Figure(Decimal(3), "个", Comparator.AT_LEAST)),
        ("不超过 5 件", Figure(Decimal(5), "件", Comparator.AT_MOST)),
        ("5天以内", Figure(Decimal(5), "天", Comparator.AT_MOST)),
        ("超过3家", Figure(Decimal(3), "家", Comparator.MORE)),
        ("10余个", Figure(Decimal(10), "个", Comparator.MORE)),
        ("低于2%", Figure(Decimal(2), "%", Comparator.LESS)),
        ("1,234.50公里", Figure(Decimal("1234.5"), "公里")),
        ("850万㎡", Figure(Decimal(850), "万平方米")),
        ("30 MW", Figure(Decimal(30), "MW")),
        ("1亿2000万", Figure(Decimal(12000), "万")),
        (Decimal("0.30000000000000004"), Figure(Decimal("0.3"))),
        (Decimal("3333.333333333333"), Figure(Decimal("3333.333333"))),
        (7, Figure(Decimal(7))),
    ],
)
def test_an_amount_is_read_as_it_is_meant(text, figure):
    assert read_figure(text) == figure


@pytest.mark.parametrize("text", ["", " ", "—", "/", "无", "待定", "N/A", None])
def test_an_empty_cell_says_nothing(text):
    assert read_figure(text) is None
    assert read_money(text, unit="万元") is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("100-200", "figure_not_understood"),
        ("12,34", "figure_not_understood"),
        ("三个", "figure_not_understood"),
        ("2021年6月", "figure_not_understood"),
        ("1" * 80, "figure_not_understood"),
        (True, "figure_not_understood"),
        ("-5", "negative_quantity"),
        (-5, "negative_quantity"),
        (10**20, "amount_out_of_bounds"),
        (Decimal("NaN"), "amount_out_of_bounds"),
    ],
)
def test_what_is_no_amount_is_refused(value, code):
    with pytest.raises(Refusal) as refused:
        read_figure(value)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "unit", "fen", "written"),
    [
        ("1.2亿元", "", 12_000_000_000, "亿元"),
        ("1.2亿", "", 12_000_000_000, "亿元"),
        ("3000万", "", 3_000_000_000, "万元"),
        ("1亿2000万元", "", 12_000_000_000, "万元"),
        (Decimal("1.5"), "万元", 1_500_000, "万元"),
        ("1.2亿元", "万元", 12_000_000_000, "亿元"),  # the cell goes before the head
        ("￥100", "元", 10_000, "元"),
        ("50元人民币", "", 5_000, "元"),
        (Decimal("0.0000005"), "万元", 1, "万元"),  # finer than a fen: rounded
    ],
)
def test_money_is_kept_in_fen(value, unit, fen, written):
    assert read_money(value, unit=unit) == Money(fen, written)


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        (100, "", "money_unit_missing"),
        ("120户", "万元", "not_money"),
        ("12万亿元", "", "not_money"),
        (10**12, "亿元", "amount_out_of_bounds"),
    ],
)
def test_money_without_a_unit_or_in_another_is_refused(value, unit, code):
    with pytest.raises(Refusal) as refused:
        read_money(value, unit=unit)
    assert refused.value.code == code


def test_money_tells_its_amount_in_the_unit_written():
    assert read_money("1.25亿元").in_unit == Decimal("1.25")


@pytest.mark.parametrize(
    ("words", "unit"),
    [("万", "万元"), ("亿元人民币", "亿元"), ("十万元", ""), ("个", ""), ("", "")],
)
def test_units_of_money_by_their_names(words, unit):
    assert money_unit(words) == unit


@given(
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.sampled_from([*FEN_OF]),
    st.sampled_from(["{0}{1}", "{0:,}{1}", " {0} {1} ", "约{0}{1}"]),
)
def test_money_is_read_back_from_every_form(amount, unit, form):
    assert read_money(form.format(amount, unit)).fen == amount * FEN_OF[unit]


@given(st.text(max_size=80) | st.integers() | st.decimals() | st.booleans() | st.dates())
def test_any_cell_is_an_amount_nothing_or_a_refusal(value):
    for read in (read_figure, read_money):
        with suppress(Refusal):
            read(value)
