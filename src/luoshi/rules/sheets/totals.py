"""Printed totals and counts held against what stands under them."""

from collections.abc import Iterable, Iterator, Sequence

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.columns import Column
from luoshi.rules.sheets.figures import read_money
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.heads import Layout
from luoshi.rules.sheets.kinds import Heading, Line, RowKind
from luoshi.rules.sheets.meanings import MONEY
from luoshi.rules.sheets.rows import CellProblem, SheetRow, Weight


def check_totals(
    grid: Grid, layout: Layout, lines: Sequence[Line], rows: Sequence[SheetRow], *, unit: str
) -> Iterator[CellProblem]:
    """Yield a problem for each printed count or sum that no fitting set of rows gives.

    A total may be of the whole list, of the group it stands in, or of the rows since the total
    before; a group's own count and sums are of its rows. ``unit`` is the sheet's unit of money.
    """
    since: list[SheetRow] = []
    by_row = {row.row: row for row in rows}
    for line in lines:
        if line.row in by_row:
            since.append(by_row[line.row])
        if line.kind is RowKind.TOTAL:
            sets = _meant(line, rows, since)
            yield from _counted(line.row, line.printed, sets, _name(line.groups))
            yield from _summed(grid, layout, line.row, sets, unit)
            since = []
        elif line.kind is RowKind.GROUP and line.groups:
            group = line.groups[-1]
            sets = [_within(group, rows)]
            yield from _counted(line.row, group.printed, sets, group.text)
            yield from _summed(grid, layout, line.row, sets, unit)


def _name(groups: tuple[Heading, ...]) -> str:
    return groups[-1].text if groups else ""


def _within(group: Heading, rows: Iterable[SheetRow]) -> list[SheetRow]:
    return [row for row in rows if group in row.groups]


def _meant(line: Line, rows: Sequence[SheetRow], since: list[SheetRow]) -> list[list[SheetRow]]:
    """Return the sets of rows that a total can be of, the likeliest first."""
    groups = [_within(group, rows) for group in reversed(line.groups)]
    return [[*rows], *groups, since] if since or not groups else [*groups, [*rows]]


def _counted(
    row: int, printed: int | None, sets: list[list[SheetRow]], name: str
) -> Iterator[CellProblem]:
    if printed is not None and all(len(found) != printed for found in sets):
        facts = {"printed": printed, "counted": len(sets[0]), "group": name}
        yield CellProblem(row, None, "count_differs", Weight.NOTE, facts)


def _summed(
    grid: Grid, layout: Layout, row: int, sets: list[list[SheetRow]], unit: str
) -> Iterator[CellProblem]:
    for column in layout.columns:
        if column.meaning not in MONEY:
            continue
        printed = _printed(grid, row, column, unit)
        if printed is None:
            continue
        sums = [_sum(found, column) for found in sets]
        if printed not in sums:
            facts = {"printed": printed, "summed": sums[0], "head": column.head}
            yield CellProblem(row, column.index, "total_differs", Weight.NOTE, facts)


def _printed(grid: Grid, row: int, column: Column, unit: str) -> int | None:
    """Return the printed sum in fen, or None where the cell holds none."""
    try:
        money = read_money(grid.rows[row][column.index], unit=column.money_unit or unit)
    except Refusal:
        return None
    return money.fen if money else None


def _sum(rows: Iterable[SheetRow], column: Column) -> int:
    return sum(cell.money.fen for row in rows for cell in row.money if cell.column == column.index)
