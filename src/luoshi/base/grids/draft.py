"""A grid in the making: cells come in any order, limits hold before memory is taken."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.base.grids import limits
from luoshi.base.grids.refusals import (
    SheetTooManyCells,
    SheetTooManyColumns,
    SheetTooManyRows,
    SheetTooMuchText,
)
from luoshi.rules.sheets.grid import Flaw, Grid, Merge, Spot, Value, address

# What no cell means to say and some databases refuse: control characters, halves of a pair.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LONGEST_ERROR = 40  # characters


@dataclass(slots=True)
class Budget:
    """What the sheets of one file may use together; ``file`` is its name, for refusals."""

    file: str
    cells: int = limits.MOST_CELLS
    area: int = limits.MOST_AREA
    text: int = limits.MOST_TEXT

    def spend(self, sheet: str, *, cells: int = 0, area: int = 0, text: int = 0) -> None:
        """Take from what is left. Raises SheetTooManyCells, SheetTooMuchText."""
        self.cells -= cells
        self.area -= area
        self.text -= text
        if self.cells < 0 or self.area < 0:
            raise SheetTooManyCells(name=self.file, sheet=sheet, most=limits.MOST_CELLS)
        if self.text < 0:
            raise SheetTooMuchText(name=self.file, sheet=sheet, most=limits.MOST_TEXT)


@dataclass(slots=True)
class _Row:
    values: list[Value] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    def put(self, column: int, value: Value, number_format: str) -> None:
        missing = column + 1 - len(self.values)
        if missing > 0:
            self.values.extend([None] * missing)
            self.formats.extend([""] * missing)
        self.values[column] = value
        self.formats[column] = number_format


class Draft:
    """One sheet being read: put what it says, then take the finished grid."""

    def __init__(self, sheet: str, budget: Budget, *, hidden: bool = False) -> None:
        self.sheet = sheet
        self.hidden = hidden
        self._budget = budget
        self._rows: dict[int, _Row] = {}
        self._flaws: list[Spot] = []
        self._merges: list[Merge] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def put(self, row: int, column: int, value: Value, number_format: str = "") -> None:
        """Fill a cell; blank text leaves it empty. Raises what ``Budget.spend`` and ``_at`` do."""
        if isinstance(value, str):
            value = _UNWANTED.sub("", value[: limits.MOST_CELL_TEXT])
            if not value or value.isspace():
                return
            self._budget.spend(self.sheet, cells=1, text=len(value))
        elif value is None:
            return
        else:
            self._budget.spend(self.sheet, cells=1)
        self._at(row, column).put(column, value, number_format)

    def mark(self, row: int, column: int, flaw: Flaw, text: str = "") -> None:
        """Say that a cell's value cannot be known."""
        self._budget.spend(self.sheet, cells=1)
        self._at(row, column).put(column, None, "")
        self._flaws.append(Spot(row, column, flaw, _UNWANTED.sub("", text)[:_LONGEST_ERROR]))

    def merge(self, merge: Merge) -> None:
        """Note merged cells; those outside the filled part are left out in the end."""
        self._budget.spend(self.sheet, cells=1)
        self._merges.append(merge)

    def hide_row(self, row: int) -> None:
        """Note a hidden row."""
        if 0 <= row < limits.MOST_ROWS:
            self._hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns, edges included."""
        self._hidden_columns.update(range(max(first, 0), min(last + 1, limits.MOST_COLUMNS)))

    def _at(self, row: int, column: int) -> _Row:
        """Return a row to fill. Raises SheetTooManyRows, SheetTooManyColumns."""
        if row >= limits.MOST_ROWS:
            raise SheetTooManyRows(**self._beyond(row, column), most=limits.MOST_ROWS)
        if column >= limits.MOST_COLUMNS:
            raise SheetTooManyColumns(**self._beyond(row, column), most=limits.MOST_COLUMNS)
        return self._rows.setdefault(row, _Row())

    def _beyond(self, row: int, column: int) -> dict[str, object]:
        return {"name": self._budget.file, "sheet": self.sheet, "cell": address(row, column)}

    def finished(self) -> Grid:
        """Return the grid, its empty end cut. Raises SheetTooManyCells."""
        height = max(self._rows, default=-1) + 1
        width = max((len(row.values) for row in self._rows.values()), default=0)
        self._budget.spend(self.sheet, area=height * width)
        blank = _Row()
        rows = [self._rows.get(number, blank) for number in range(height)]
        return Grid(
            self.sheet,
            padded((row.values for row in rows), width),
            tuple(inside(self._merges, height, width)),
            frozenset(row for row in self._hidden_rows if row < height),
            frozenset(column for column in self._hidden_columns if column < width),
            self.hidden,
            formats_of((row.formats for row in rows), width),
            tuple(sorted(self._flaws, key=lambda spot: (spot.row, spot.column))),
        )


def padded(rows: Iterable[Sequence[Value]], width: int) -> tuple[tuple[Value, ...], ...]:
    """Return rows of one width; empty ones are one row, so that they cost nothing."""
    empty = (None,) * width
    return tuple((*row, *empty[len(row) :]) if row else empty for row in rows)


def formats_of(rows: Iterable[Sequence[str]], width: int) -> tuple[tuple[str, ...], ...]:
    """Return formats as ``padded`` does values; equal rows are kept once, none if all are empty."""
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    full = ((*row, *[""] * (width - len(row))) for row in rows)
    found = tuple(kept.setdefault(row, row) for row in full)
    return found if any(map(any, kept)) else ()


def inside(merges: Iterable[Merge], height: int, width: int) -> Iterator[Merge]:
    """Yield the merges that touch a grid of this size, cut at its edges."""
    for merge in merges:
        last_row, last_column = min(merge.last_row, height - 1), min(merge.last_column, width - 1)
        if (
            0 <= merge.first_row <= last_row
            and 0 <= merge.first_column <= last_column
            and (merge.first_row, merge.first_column) != (last_row, last_column)
        ):
            yield Merge(merge.first_row, merge.first_column, last_row, last_column)
