"""From a grid to the matters of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from luoshi.rules.sheets.above import read_above
from luoshi.rules.sheets.cells import OF_THE_COLUMN, RowReader
from luoshi.rules.sheets.columns import Column
from luoshi.rules.sheets.figures import money_unit
from luoshi.rules.sheets.grid import Cell, Grid, Spot
from luoshi.rules.sheets.heads import Layout, find_layout
from luoshi.rules.sheets.kinds import Line, RowKind, RowKinds
from luoshi.rules.sheets.meanings import MONEY, Meaning
from luoshi.rules.sheets.merged import Merged
from luoshi.rules.sheets.rows import CellProblem, SheetReading, SheetRow, Weight
from luoshi.rules.sheets.totals import check_totals
from luoshi.rules.sheets.wording import shown

_OF_ONE_ROW = MONEY | {Meaning.QUANTITY, Meaning.ACHIEVED}
"""Meanings whose merged cell is no value of every row: it would be counted more than once."""


def read_rows(
    grid: Grid,
    *,
    sheet_year: int | None = None,
    unit_of_money: str = "",
    mended: Mapping[tuple[int, int], str] | None = None,
    chosen: Mapping[int, Meaning] | None = None,
) -> SheetReading:
    """Return what a grid says, row by row; never raises for what a cell holds.

    ``sheet_year`` stands for days without a year (else the year of title, head or sheet name),
    ``unit_of_money`` for amounts without a unit, ``mended`` for cells a person wrote anew, by row
    and column from 0, ``chosen`` for what a person decided a column means.
    """
    mended = mended or {}
    grid = _mended(grid, mended)
    merged = Merged(grid)
    layout = find_layout(grid, merged, chosen=chosen)
    if layout is None:
        return SheetReading(None, problems=(CellProblem(None, None, "head_not_found"),))
    year = sheet_year or layout.above.year or _year_of_heads(layout)
    unit = money_unit(unit_of_money) or layout.above.money_unit
    lines = tuple(RowKinds(grid, layout, merged).lines())
    layout = _with_day_below(grid, layout, lines)
    sheet = _Sheet(grid, layout, merged, year, unit)
    rows, problems = sheet.read(lines)
    checked = check_totals(grid, layout, lines, rows, unit=unit)
    doubts = [
        CellProblem(layout.last_head, doubt.column, doubt.code, Weight.ASK, doubt.facts)
        for doubt in layout.doubts
    ]
    told = (*doubts, *_once_a_column(problems), *checked)
    return SheetReading(layout, lines, tuple(rows), told, year)


def _mended(grid: Grid, mended: Mapping[tuple[int, int], str]) -> Grid:
    """Return the grid with cells written anew; they have no flaw and no number format."""
    rows = [[*row] for row in grid.rows]
    formats = [[*row] for row in grid.formats]
    kept = {place for place in mended if 0 <= place[0] < len(rows) and 0 <= place[1] < grid.width}
    for row, column in kept:
        rows[row][column] = mended[row, column].strip() or None
        if formats:
            formats[row][column] = ""
    if not kept:
        return grid
    return replace(
        grid,
        rows=tuple(tuple(row) for row in rows),
        formats=tuple(tuple(row) for row in formats),
        flaws=tuple(spot for spot in grid.flaws if (spot.row, spot.column) not in kept),
    )


def _with_day_below(grid: Grid, layout: Layout, lines: Iterable[Line]) -> Layout:
    """Return the layout with the day of the figures from a note, where no line above says it."""
    if layout.above.data_day is not None:
        return layout
    notes = (line.row for line in lines if line.kind is RowKind.NOTE)
    below = read_above(shown(value) for row in notes for value in grid.rows[row])
    return replace(layout, above=replace(layout.above, data_day=below.data_day))


def _year_of_heads(layout: Layout) -> int | None:
    """Return the latest year that a head names: a list of 2021 also tells of 2020."""
    return max((column.year for column in layout.columns if column.year), default=None)


class _Sheet:
    """One sheet's rows, read with its merges."""

    def __init__(
        self, grid: Grid, layout: Layout, merged: Merged, year: int | None, unit: str
    ) -> None:
        self._grid = grid
        self._layout = layout
        self._merged = merged
        self._year = year
        self._unit = unit
        self._flaws: dict[int, list[Spot]] = {}
        for spot in grid.flaws:
            self._flaws.setdefault(spot.row, []).append(spot)

    def read(self, lines: Iterable[Line]) -> tuple[list[SheetRow], list[CellProblem]]:
        """Return the matters and their problems."""
        rows: list[SheetRow] = []
        problems: list[CellProblem] = []
        for line, more in _with_more(lines):
            cells, found = self._cells(line.row, more)
            reader = RowReader(
                self._layout, line.row, cells, year=self._year, money_unit=self._unit
            )
            hidden = line.row in self._grid.hidden_rows
            rows.append(reader.read(groups=line.groups, hidden=hidden))
            problems += [*found, *reader.problems]
            if hidden:
                problems.append(CellProblem(line.row, None, "row_hidden", Weight.NOTE))
        return rows, problems

    def _cells(self, row: int, more: list[int]) -> tuple[dict[int, Cell], list[CellProblem]]:
        """Return a matter's cells by column, its further rows joined, and their problems."""
        cells: dict[int, Cell] = {}
        problems = [problem for number in (row, *more) for problem in self._flaws_of(number)]
        for column in self._layout.columns:
            first, shared = self._shown(row, column)
            if shared:
                problems.append(shared)
            own = [self._grid.cell(number, column.index) for number in more]
            joined, twice = _joined([first, *own])
            if twice and column.meaning not in {Meaning.UNKNOWN, Meaning.SERIAL}:
                problems.append(CellProblem(row, column.index, "second_value", facts=twice))
            if joined.value is not None:
                cells[column.index] = joined
        return cells, problems

    def _shown(self, row: int, column: Column) -> tuple[Cell, CellProblem | None]:
        """Return what the cell shows; an amount merged over several matters is of the first."""
        place = self._merged.first(row, column.index)
        if place[0] == row or place[0] <= self._layout.last_head:
            return self._grid.cell(row, column.index), None
        if column.meaning not in _OF_ONE_ROW:
            return self._grid.cell(*place), None
        problem = CellProblem(
            row, column.index, "amount_shared", Weight.NOTE, {"first_row": place[0] + 1}
        )
        return Cell(), problem

    def _flaws_of(self, row: int) -> Iterable[CellProblem]:
        """Yield a problem for each cell of a column in use whose value cannot be known."""
        meanings = {column.index: column.meaning for column in self._layout.columns}
        for spot in self._flaws.get(row, []):
            unused = meanings.get(spot.column) in {Meaning.UNKNOWN, Meaning.PERSONAL, Meaning.SHARE}
            weight = Weight.NOTE if unused else Weight.BAD
            yield CellProblem(row, spot.column, spot.flaw.value, weight, {"text": spot.text})


def _with_more(lines: Iterable[Line]) -> list[tuple[Line, list[int]]]:
    """Return each matter's first row with the rows that go on with it."""
    found: list[tuple[Line, list[int]]] = []
    for line in lines:
        if line.kind is RowKind.DATA or (line.kind is RowKind.MORE and not found):
            found.append((line, []))
        elif line.kind is RowKind.MORE:
            found[-1][1].append(line.row)
    return found


def _joined(cells: list[Cell]) -> tuple[Cell, dict[str, object] | None]:
    """Return the cells of one matter as one: texts under each other, else the first value.

    Two different values that are no texts are told as facts: ``first``, ``second``.
    """
    filled = [cell for cell in cells if cell.value is not None]
    if len(filled) < 2:  #  nothing to join
        return (filled[0] if filled else Cell()), None
    if all(isinstance(cell.value, str) for cell in filled):
        texts = dict.fromkeys(shown(cell.value) for cell in filled)
        return Cell("\n".join(texts)), None
    others = [cell for cell in filled[1:] if cell.value != filled[0].value]
    if not others:
        return filled[0], None
    return filled[0], {"first": shown(filled[0].value), "second": shown(others[0].value)}


def _once_a_column(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Return the problems, each that a whole column shares told once, at its first cell."""
    kept: list[CellProblem] = []
    seen: set[tuple[int | None, str]] = set()
    for problem in problems:
        key = (problem.column, problem.code)
        if problem.code in OF_THE_COLUMN and key in seen:
            continue
        seen.add(key)
        kept.append(problem)
    return kept
