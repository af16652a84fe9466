"""What was read, for a person at a terminal."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal

from luoshi.base.aligned import GAP, aligned, cut, width
from luoshi.base.grids.writing import Column, Kind, Sheet
from luoshi.intake.reading.looking import Looked
from luoshi.intake.reading.tables import in_short, together
from luoshi.rules.sheets.grid import Value

WIDE = 200  # columns, where lines go to a file or to another program
NARROWEST = 16  # of the words of the document


def encoded(looked: Looked) -> bytes:
    """Return the lines as bytes, as wide as the terminal where they go to one."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    return "".join(f"{line}\n" for line in printed(looked, columns)).encode()


def printed(looked: Looked, columns: int = WIDE) -> Iterator[str]:
    """Yield the lines: the statements of each report, then what is to be known of all."""
    for sheet in (*in_short(looked), *together(looked)):
        yield from lines_of(sheet, columns)


def lines_of(sheet: Sheet, columns: int = WIDE) -> Iterator[str]:
    """Yield a table under its title and the number of its rows; nothing of an empty one.

    The last column, the words of a document, is cut to what is left of the terminal's columns.
    """
    rows = [_cells(row, sheet) for row in sheet.rows]
    if not rows:
        return
    yield f"{sheet.title} ({len(rows)})"
    table = [[column.name for column in sheet.columns], *rows]
    taken = sum(max(width(row[place]) for row in table) for place in range(len(table[0]) - 1))
    left = max(NARROWEST, columns - taken - len(GAP) * (len(table[0]) - 1))
    yield from aligned([[*row[:-1], cut(row[-1], left)] for row in table])
    yield ""


def _cells(row: Sequence[Value], sheet: Sheet) -> list[str]:
    return [_cell(value, column) for value, column in zip(row, sheet.columns, strict=True)]


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, Decimal) and column.kind is Kind.PERCENT:
        return f"{value:.1%}"
    return "" if value is None else cut(str(value), int(column.width))
