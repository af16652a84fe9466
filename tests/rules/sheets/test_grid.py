"""Grids: names of cells, what formats say."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.sheets.grid import Cell, Grid, address, bare, column_name


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [(6, 2, "C7"), (0, 0, "A1"), (0, 25, "Z1"), (9, 26, "AA10"), (1_048_575, 16_383, "XFD1048576")],
)
def test_a_cell_has_the_name_that_the_sheet_shows(row, column, name):
    assert address(row, column) == name


@given(st.integers(0, 16_383))
def test_columns_are_named_in_order_and_never_twice(column):
    name, following = column_name(column), column_name(column + 1)
    assert (len(name), name) < (len(following), following)


@pytest.mark.parametrize(
    ("number_format", "letters"),
    [
        ("", ""),
        ('yyyy"年"m"月"d"日"', "yyyymd"),
        ("[$-804]yyyy\\-mm;@", "yyyymm"),
        ("0.00_);[Red](0.00)", "0.00"),
        ('* #,##0" d"', "#,##0"),
    ],
)
def test_what_a_format_only_shows_as_it_stands_is_left_out(number_format, letters):
    assert bare(number_format) == letters


def test_a_percent_is_known_by_its_format():
    assert Cell(Decimal("0.85"), "0.0%").is_percent
    assert not Cell(Decimal("0.85"), "0.00").is_percent


@pytest.mark.parametrize(
    ("value", "number_format", "is_month"),
    [
        (date(2021, 6, 1), 'yyyy"年"m"月"', True),
        (date(2021, 6, 1), "yyyy-mm-dd", False),
        (date(2021, 6, 1), "", False),
        (6, "m", False),
    ],
)
def test_a_date_shown_without_its_day_is_a_month(value, number_format, is_month):
    assert Cell(value, number_format).is_month is is_month


def test_cells_are_found_by_row_and_column_and_outside_is_empty():
    grid = Grid("台账", ((None, 1), ("项目", Decimal("0.5"))), formats=(("", ""), ("", "0%")))
    assert grid.width == 2
    assert grid.cell(1, 0) == Cell("项目")
    assert grid.cell(1, 1) == Cell(Decimal("0.5"), "0%")
    assert grid.cell(2, 0) == grid.cell(0, 2) == grid.cell(-1, 0) == grid.cell(0, -1) == Cell()


def test_a_grid_without_formats_or_rows_is_one_too():
    assert Grid("空", ()).width == 0
    assert Grid("空", (("a",),)).cell(0, 0) == Cell("a")
