"""A grid: what a sheet holds, cell by cell, whatever file it came from.

Rows and columns count from 0 and stay those that a person sees in the sheet, so row 6, column 2 is
always the cell called C7: nothing above or to the left is cut, only empty rows and columns after
the last filled cell.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | Decimal | int | date | bool | None
"""What a cell holds. Never a float: whole numbers are ``int``, others ``Decimal`` as the sheet
shows them (0.1 is 0.1). Text that looks like a number stays text; an empty cell is ``None``."""

_LETTERS = 26


class Flaw(StrEnum):
    """Why a cell's value cannot be known; its value is then ``None``."""

    ERROR = "error_value"  # #REF!, #DIV/0!, …: the formula failed where it was computed last
    NOT_COMPUTED = "formula_not_computed"  # a formula whose result the file does not hold


@dataclass(frozen=True, slots=True)
class Spot:
    """A flaw and where it is; ``text`` is the error as shown, such as ``#REF!``, or empty."""

    row: int
    column: int
    flaw: Flaw
    text: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one, edges included; only the first holds the value."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with what the value alone does not say.

    ``number_format`` is the sheet's own code, such as ``0.0%`` or ``yyyy"年"m"月"``; empty for the
    general format and where the file keeps none.
    """

    value: Value = None
    number_format: str = ""

    @property
    def is_percent(self) -> bool:
        """Tell whether the sheet shows the number as per cent: the value 0.85 reads 85%."""
        return "%" in self.number_format

    @property
    def is_month(self) -> bool:
        """Tell whether the sheet shows a date as a month, so that its day means nothing."""
        shown = bare(self.number_format)
        return isinstance(self.value, date) and bool(shown) and "d" not in shown


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; every row is as long as the widest.

    ``formats`` holds the number formats, one row for each of ``rows``, or nothing at all where the
    file keeps none. ``flaws`` are in reading order.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    formats: tuple[tuple[str, ...], ...] = ()
    flaws: tuple[Spot, ...] = ()

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; one outside the grid is empty."""
        if not (0 <= row < len(self.rows) and 0 <= column < self.width):
            return Cell()
        return Cell(self.rows[row][column], self.formats[row][column] if self.formats else "")


def address(row: int, column: int) -> str:
    """Return a cell's name as the sheet writes it: row 6, column 2 is C7."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return a column's letters: 0 is A, 25 Z, 26 AA, 16383 XFD."""
    name = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def bare(number_format: str) -> str:
    """Return a format's letters that stand for parts of a number or date, in small letters.

    Left out: what is in quotes or brackets, escaped characters, and all after the first part.
    """
    kept: list[str] = []
    closing = ""  # what ends the piece being left out; an escape leaves out one character
    for letter in number_format.lower():
        if closing:
            closing = "" if closing in (letter, "any") else closing
        elif letter == ";":
            break
        else:
            closing = {'"': '"', "[": "]", "\\": "any", "_": "any", "*": "any"}.get(letter, "")
            kept += [] if closing else [letter]
    return "".join(kept)
