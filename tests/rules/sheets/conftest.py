"""Small grids for the tests of sheets."""

import pytest

from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.reading import read_rows


def _grid(*rows, merges=(), name="Sheet1", **more):
    width = max((len(row) for row in rows), default=0)
    filled = tuple(
        (*(v if v != "" else None for v in row), *[None] * (width - len(row))) for row in rows
    )
    return Grid(name, filled, tuple(merges), **more)


@pytest.fixture
def grid():
    """A grid from rows as one writes them: "" is an empty cell, short rows are filled up."""
    return _grid


@pytest.fixture
def reading():
    """A grid from rows, read."""

    def read(*rows, year=2021, unit="", mended=None, chosen=None, **more):
        return read_rows(
            _grid(*rows, **more), sheet_year=year, unit_of_money=unit, mended=mended, chosen=chosen
        )

    return read


@pytest.fixture
def problems():
    """The problems of a reading as a person sees them: place and code."""
    return lambda reading: [(problem.place, problem.code) for problem in reading.problems]
