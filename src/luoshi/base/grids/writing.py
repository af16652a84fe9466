"""From rows to files (xlsx, csv) that open well and never run what somebody typed."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from luoshi.base.grids.limits import MOST_CELL_TEXT
from luoshi.rules.sheets.grid import Value

Target = Path | BinaryIO

# What a spreadsheet takes for a formula when it opens text, full-width signs as its Chinese and
# Japanese forms do; a tab or line end before one is skipped by some.
_RUNS = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_FIGURE = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?", re.ASCII)
_DASHES = re.compile("[-－—–]+")  # how people write "none"
_MOST_DIGITS = 15  # of a number that a spreadsheet keeps exactly
_FINEST = 6  # decimals shown
_FIRST_DAY = date(1900, 3, 1)  # earlier ones are wrong by a day in one program or another
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # in the name of a sheet
_LONGEST_NAME = 31
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_HEAD = {"bold": True, "bg_color": "#EEF1F5", "border": 1, "border_color": "#B8C0CC"}
_BODY = {"border": 1, "border_color": "#D8DDE4"}


class Kind(StrEnum):
    """What a column holds, and so how it is shown and aligned."""

    TEXT = "text"
    NUMBER = "number"  # as many decimals as the value has
    DAY = "day"
    MONEY = "money"  # two decimals, in the unit that the column's name says
    PERCENT = "percent"  # the value 0.85 reads 85%


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in characters of Latin script, a Chinese one taking two."""

    name: str
    kind: Kind = Kind.TEXT
    width: float = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: title, lines of notes, head, rows and a foot (sums), from top to bottom.

    ``rows`` is gone through once; every row has as many values as there are columns.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = ()
    foot: Sequence[Value] | None = None


def safe_cell(text: str) -> str:
    """Return text that no program takes for a formula; figures and mere dashes stay as they are.

    What begins like a formula gets an apostrophe before it, which ``read_grids`` takes off again.
    """
    if not _RUNS.match(text) or _FIGURE.fullmatch(text) or _DASHES.fullmatch(text):
        return text
    return f"'{text}"


def write_csv(target: Target, sheet: Sheet) -> None:
    """Write a sheet as text in UTF-8, with the mark by which spreadsheets know it."""
    with _binary(target) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        lines = csv.writer(text)
        lines.writerows([safe_cell(line)] for line in (sheet.title, *sheet.notes))
        lines.writerow([safe_cell(column.name) for column in sheet.columns])
        lines.writerows([_as_text(value) for value in row] for row in _body(sheet))
        text.flush()
        text.detach()


def _as_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return safe_cell(value)
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return str(value).upper()  # TRUE and FALSE; digits have no capitals


def _body(sheet: Sheet) -> Iterator[Sequence[Value]]:
    yield from sheet.rows
    if sheet.foot is not None:
        yield sheet.foot


def write_xlsx(target: Target, sheets: Iterable[Sheet]) -> None:
    """Write sheets as an xlsx file, row by row, so that memory does not grow with them.

    Text is written as text and marked as such, so that not even editing the cell runs it.
    """
    kept_small = {"constant_memory": True}
    with _binary(target) as stream, xlsxwriter.Workbook(stream, kept_small) as book:
        styles = _Styles(book)
        taken: set[str] = set()
        for sheet in sheets:
            name = sheet_name(sheet.title, taken)
            taken.add(name.lower())
            _Page(book.add_worksheet(name), sheet, styles).write()


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    """Return a name that spreadsheets allow and no other sheet has; ``taken`` in small letters."""
    plain = _FORBIDDEN.sub(" ", title).strip(" '")[:_LONGEST_NAME].rstrip(" '") or "Sheet"
    name, number, others = plain, 1, set(taken)
    while name.lower() in others:
        number += 1
        ending = f" ({number})"
        name = plain[: _LONGEST_NAME - len(ending)] + ending
    return name


class _Styles:
    """The cell styles of one file, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """Return the style of these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(_FONT | properties)
        return self._made[key]


class _Page:
    """Writes one sheet."""

    def __init__(self, page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
        self._page = page
        self._sheet = sheet
        self._styles = styles
        self._head = 1 + len(sheet.notes)  # the row that names the columns

    def write(self) -> None:
        """Write all of it, from top to bottom: what is written cannot be gone back to."""
        self._frame()
        self._text(0, 0, self._sheet.title, bold=True, font_size=14)
        for row, note in enumerate(self._sheet.notes, start=1):
            self._text(row, 0, note, font_color="#55606E")
        for place, column in enumerate(self._sheet.columns):
            self._text(self._head, place, column.name, **_HEAD, text_wrap=True, align="center")
        row = self._head
        for row, values in enumerate(self._sheet.rows, start=self._head + 1):
            self._row(row, values, _BODY)
        if row > self._head:
            self._page.autofilter(self._head, 0, row, len(self._sheet.columns) - 1)
        if self._sheet.foot is not None:
            self._row(row + 1, self._sheet.foot, _HEAD)

    def _frame(self) -> None:
        """Set widths, the frozen head and first column, and how it prints: wide, head repeated."""
        for place, column in enumerate(self._sheet.columns):
            self._page.set_column(place, place, column.width)
        self._page.freeze_panes(self._head + 1, 1)
        self._page.set_landscape()
        self._page.set_paper(9)  # A4
        self._page.fit_to_pages(1, 0)
        self._page.repeat_rows(self._head)
        self._page.set_footer("&C&P / &N")

    def _row(self, row: int, values: Sequence[Value], look: dict[str, Any]) -> None:
        for place, (column, value) in enumerate(zip(self._sheet.columns, values, strict=True)):
            self._cell(row, place, value, column.kind, look)

    def _cell(self, row: int, place: int, value: Value, kind: Kind, look: dict[str, Any]) -> None:
        match value:
            case None:
                self._page.write_blank(row, place, None, self._styles.get(**look))
            case bool():
                self._page.write_boolean(row, place, value, self._styles.get(**look))
            case int() | Decimal() if is_exact(value):
                shown = self._styles.get(**look, num_format=number_format(value, kind))
                self._page.write_number(row, place, float(value), shown)
            case date() if value >= _FIRST_DAY:
                shown = self._styles.get(**look, num_format="yyyy-mm-dd", align="center")
                self._page.write_datetime(row, place, value, shown)
            case _:
                self._text(row, place, _plain_text(value), **look, text_wrap=True)

    def _text(self, row: int, column: int, text: str, **look: Any) -> None:
        style = self._styles.get(**look, quote_prefix=bool(_RUNS.match(text)))
        self._page.write_string(row, column, _cut(text), style)


def is_exact(value: int | Decimal) -> bool:
    """Tell whether a spreadsheet keeps a number exactly; one it does not is written as text."""
    exact = Decimal(value)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _MOST_DIGITS


def number_format(value: int | Decimal, kind: Kind) -> str:
    """Return how a number is shown in a column of this kind."""
    if kind is Kind.MONEY:
        return "#,##0.00"
    if kind is Kind.PERCENT:
        return "0.0%"
    exponent = Decimal(value).normalize().as_tuple().exponent
    decimals = min(max(-int(exponent), 0), _FINEST)
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def _plain_text(value: Value) -> str:
    return value if isinstance(value, str) else _as_text(value)


def _cut(text: str) -> str:
    """Return text no longer than a cell holds, saying where it was cut."""
    return text if len(text) <= MOST_CELL_TEXT else f"{text[: MOST_CELL_TEXT - 1]}…"


@contextmanager
def _binary(target: Target) -> Iterator[BinaryIO]:
    """Open a path for writing, or take a stream as it is; a file half-written is removed."""
    if not isinstance(target, Path):
        yield target
        return
    try:
        with target.open("wb") as stream:
            yield stream
    except BaseException:
        target.unlink(missing_ok=True)
        raise
