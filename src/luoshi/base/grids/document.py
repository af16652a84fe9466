"""The tables of a text document (docx), each a sheet, with the lines that stand above it."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from luoshi.base.grids import limits
from luoshi.base.grids.draft import Budget, Draft
from luoshi.base.grids.package import BROKEN, Handler, Package
from luoshi.base.grids.refusals import NotASheet, SheetDamaged, SheetHasMacros, SheetHasPassword
from luoshi.rules.sheets.grid import Grid, Merge

DOCUMENT = "word/document.xml"
ABOVE = 3  # lines before a table: its title, its day, its unit of money
LONGEST_ABOVE = 200  # characters of such a line
_ENCRYPTED = 0x1  # flag of a part in a zip archive
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"})
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def is_document(path: Path) -> bool:
    """Tell whether a packed file is a text document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower() == DOCUMENT for name in archive.namelist())
    except (*BROKEN, ValueError):
        return False


def grids(path: Path, name: str) -> Iterator[Grid]:
    """Yield the tables of a docx file. Raises NotASheet without one, and what a draft does."""
    tables = Tables(Budget(name))
    try:
        DocumentPackage(path, name).parse(DOCUMENT, tables)
    except (ValueError, IndexError, OverflowError) as cause:  # a span that is no number
        raise SheetDamaged(name=name) from cause
    if not tables.drafts:
        raise NotASheet(name=name, what="docx")
    for draft in tables.drafts:
        yield draft.finished()


class DocumentPackage(Package):
    """The parts of a docx file."""

    def _check_kind(self) -> None:
        """Judge what the parts make. Raises SheetHasPassword, SheetHasMacros."""
        if any(part.flag_bits & _ENCRYPTED for part in self._parts.values()):
            raise SheetHasPassword(name=self.name)
        if any(part.endswith("vbaproject.bin") for part in self._parts):
            raise SheetHasMacros(name=self.name)


class Tables(Handler):
    """The tables of a document, put into drafts; a table in a cell is text of the cell."""

    def __init__(self, budget: Budget) -> None:
        self.drafts: list[Draft] = []
        self._budget = budget
        self._depth = 0  # of tables in one another
        self._left_out = 0
        self._is_in_text = False
        self._above: list[str] = []  # the lines before the next table
        self._words: list[str] = []
        self._row = self._column = -1
        self._span = 1
        self._merged = ""  # how the cell is merged with the one above it: restart, continue
        self._tall: dict[int, Merge] = {}  # cells that may go on below, by their first column

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._left_out += name in _LEFT_OUT
        if name == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._begin_table()
        elif name in _MARKS and self._words:
            self._words.append(_MARKS[name])
        elif name == "t":
            self._is_in_text = True
        elif self._depth == 1:
            self._in_table(name, _value(attributes))

    def _begin_table(self) -> None:
        if len(self.drafts) == limits.MOST_SHEETS:
            raise ValueError(limits.MOST_SHEETS)
        self.drafts.append(Draft(f"表{len(self.drafts) + 1}", self._budget))
        for row, line in enumerate(self._above):
            self.drafts[-1].put(row, 0, line)
        self._row = len(self._above) - 1
        self._above, self._words, self._tall = [], [], {}

    def _in_table(self, name: str, value: str) -> None:
        if name == "tr":
            self._row, self._column = self._row + 1, 0
        elif name == "gridBefore":
            self._column += _count(value)
        elif name == "tc":
            self._words, self._span, self._merged = [], 1, ""
        elif name == "gridSpan":
            self._span = _count(value)
        elif name == "vMerge":
            self._merged = value or "continue"

    def text(self, text: str) -> None:
        """Take words."""
        if self._is_in_text and not self._left_out:
            self._words.append(text)

    def end(self, name: str) -> None:
        """End an element."""
        self._left_out -= name in _LEFT_OUT
        if name == "t":
            self._is_in_text = False
        elif name == "tbl":
            self._depth -= 1
            if not self._depth:
                self._end_tall(*self._tall)
                self._words = []
        elif name == "p" and self._depth:
            self._words.append("\n")
        elif name == "p":
            self._end_line()
        elif name == "tc" and self._depth == 1:
            self._end_cell()

    def _end_line(self) -> None:
        line = "".join(self._words).strip()
        self._words = []
        if 0 < len(line) <= LONGEST_ABOVE:
            self._above = [*self._above[1 - ABOVE :], line]

    def _end_cell(self) -> None:
        row, column = self._row, self._column
        last = column + self._span - 1
        above = self._tall.get(column)
        if self._merged == "continue" and above is not None:
            self._tall[column] = replace(above, last_row=row)
        else:
            self._end_tall(*(place for place in self._tall if column <= place <= last))
            self.drafts[-1].put(row, column, "".join(self._words).strip())
            self._tall[column] = Merge(row, column, row, last)
        self._column = last + 1

    def _end_tall(self, *columns: int) -> None:
        """Note the cells that are merged with others and go on no longer."""
        for column in columns:
            cell = self._tall.pop(column)
            if (cell.first_row, column) != (cell.last_row, cell.last_column):
                self.drafts[-1].merge(cell)


def _count(value: str) -> int:
    """Return how many columns are meant. Raises ValueError outside what a sheet can have."""
    count = int(value)
    if not 0 <= count <= limits.MOST_COLUMNS:
        raise ValueError(value)
    return count


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith(":val")), "")
