"""Sheets of an old workbook (xls)."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from luoshi.base.grids import limits, numbers
from luoshi.base.grids.compound import CompoundFile
from luoshi.base.grids.draft import Budget, Draft
from luoshi.base.grids.records import ERRORS, Record, Texts, records, rk_number
from luoshi.base.grids.refusals import (
    NotASheet,
    SheetDamaged,
    SheetHasMacros,
    SheetHasPassword,
    SheetTooManySheets,
    SheetTooMuchText,
)
from luoshi.rules.sheets.grid import Flaw, Grid, Merge

_OTHERS = {"WordDocument": "doc", "PowerPoint Document": "ppt", "Book": "old_xls"}
_PROGRAMS = frozenset({"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"})
_BIFF8 = 0x0600
_WORKSHEET, _MACRO_SHEET, _MODULE = 0, 1, 6
_NO_NUMBER = 0xFFFF  # in place of a formula's number: its result is of another kind
_RESULT_TEXT, _RESULT_TRUTH, _RESULT_ERROR = 0, 1, 2
_HIDDEN_ROW = 0x20
_CELL = struct.Struct("<HHH")  # row, column, style


@dataclass(slots=True)
class _Globals:
    sheets: list[tuple[int, bool, int, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    own_formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    from_1904: bool = False

    def format_of(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        code = self.own_formats.get(number, numbers.BUILT_IN.get(number, ""))
        return "" if code.lower() == "general" else code


def grids(path: Path, name: str) -> Iterator[Grid]:
    """Yield the sheets of an xls file. Raises the refusals of this package."""
    compound = CompoundFile(path.read_bytes(), name)
    check_kind(compound.names, name)
    stream = compound.stream("Workbook", "WORKBOOK", "workbook")
    if stream is None:
        raise NotASheet(name=name, what="other")
    try:
        yield from _sheets(stream, name)
    except OverflowError as cause:
        raise SheetTooMuchText(name=name, sheet="", most=limits.MOST_TEXT) from cause
    except (struct.error, IndexError, UnicodeDecodeError) as cause:
        raise SheetDamaged(name=name) from cause


def check_kind(names: frozenset[str], name: str) -> None:
    """Judge what the streams make. Raises SheetHasPassword, SheetHasMacros, NotASheet."""
    if "EncryptedPackage" in names:
        raise SheetHasPassword(name=name)
    for stream, what in _OTHERS.items():
        if stream in names and "Workbook" not in names:
            raise NotASheet(name=name, what=what)
    if names & _PROGRAMS:
        raise SheetHasMacros(name=name)


def _sheets(stream: bytes, name: str) -> Iterator[Grid]:
    found = _globals(stream, name)
    if any(kind in (_MACRO_SHEET, _MODULE) for _start, _hidden, kind, _title in found.sheets):
        raise SheetHasMacros(name=name)
    sheets = [sheet for sheet in found.sheets if sheet[2] == _WORKSHEET]
    if len(sheets) > limits.MOST_SHEETS:
        raise SheetTooManySheets(name=name, count=len(sheets), most=limits.MOST_SHEETS)
    budget = Budget(name)
    for start, hidden, _kind, title in sheets:
        reader = _Sheet(Draft(title, budget, hidden=hidden), found)
        for kind, body in records(stream, start):
            reader.take(kind, body)
        yield reader.draft.finished()


def _globals(stream: bytes, name: str) -> _Globals:
    """Return what the sheets share. Raises NotASheet, SheetHasPassword, struct.error."""
    found = _Globals()
    shared: list[bytes] = []
    is_shared = False
    for kind, body in records(stream, 0):
        if kind == Record.BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            raise NotASheet(name=name, what="old_xls")
        if kind == Record.FILEPASS:
            raise SheetHasPassword(name=name)
        is_shared = kind == Record.SST or (is_shared and kind == Record.CONTINUE)
        if is_shared:
            shared.append(body)
        elif take := _GLOBAL.get(kind):
            take(found, body)
    if shared:
        found.texts = Texts(shared).shared()
    return found


def _take_sheet(found: _Globals, body: bytes) -> None:
    start, hidden, kind, length, flags = struct.unpack_from("<IBBBB", body)
    raw = body[8 : 8 + (length * 2 if flags & 1 else length)]
    title = raw.decode("utf-16-le" if flags & 1 else "latin-1", "replace")
    found.sheets.append((start, bool(hidden & 3), kind, title))


def _take_format(found: _Globals, body: bytes) -> None:
    found.own_formats[struct.unpack_from("<H", body)[0]] = Texts([body[2:]]).text()


def _take_style(found: _Globals, body: bytes) -> None:
    found.styles.append(struct.unpack_from("<HH", body)[1])


def _take_date_mode(found: _Globals, body: bytes) -> None:
    found.from_1904 = struct.unpack_from("<H", body)[0] == 1


_GLOBAL: dict[int, Callable[[_Globals, bytes], None]] = {
    Record.BOUNDSHEET: _take_sheet,
    Record.FORMAT: _take_format,
    Record.XF: _take_style,
    Record.DATEMODE: _take_date_mode,
}


class _Sheet:
    """Fills a draft from a sheet's records."""

    def __init__(self, draft: Draft, shared: _Globals) -> None:
        self.draft = draft
        self._shared = shared
        self._waiting: tuple[int, int] | None = None  # a formula whose text comes in a record
        self._pieces: list[bytes] = []
        self._takes: dict[int, Callable[[bytes], None]] = {
            Record.ROW: self._row,
            Record.COLINFO: self._columns,
            Record.MERGECELLS: self._merges,
            Record.NUMBER: self._number,
            Record.RK: self._rk,
            Record.MULRK: self._rks,
            Record.LABELSST: self._shared_text,
            Record.LABEL: self._text,
            Record.RSTRING: self._text,
            Record.BOOLERR: self._truth_or_error,
            Record.FORMULA: self._formula,
        }

    def take(self, kind: int, body: bytes) -> None:
        """Take the next record."""
        if kind == Record.STRING or (self._pieces and kind == Record.CONTINUE):
            self._pieces.append(body)
            return
        self._end_text()
        if take := self._takes.get(kind):
            take(body)

    def _end_text(self) -> None:
        """Put the text of a formula, once its record and continuations are over."""
        if self._pieces and self._waiting:
            self.draft.put(*self._waiting, Texts(self._pieces).text())
            self._waiting = None
        self._pieces = []

    def _row(self, body: bytes) -> None:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & _HIDDEN_ROW:
            self.draft.hide_row(row)

    def _columns(self, body: bytes) -> None:
        first, last, width, flags = struct.unpack_from("<HHH2xH", body)
        if flags & 1 or not width:
            self.draft.hide_columns(first, last)

    def _merges(self, body: bytes) -> None:
        for first_row, last_row, first, last in struct.iter_unpack("<HHHH", body[2:]):
            self.draft.merge(Merge(first_row, first, last_row, last))

    def _number(self, body: bytes) -> None:
        row, column, style = _CELL.unpack_from(body)
        self._put(row, column, style, repr(struct.unpack_from("<d", body, 6)[0]))

    def _rk(self, body: bytes) -> None:
        row, column, style = _CELL.unpack_from(body)
        self._put(row, column, style, rk_number(struct.unpack_from("<I", body, 6)[0]))

    def _rks(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for step, (style, raw) in enumerate(struct.iter_unpack("<HI", body[4:-2])):
            self._put(row, first + step, style, rk_number(raw))

    def _shared_text(self, body: bytes) -> None:
        row, column, _style = _CELL.unpack_from(body)
        self.draft.put(row, column, self._shared.texts[struct.unpack_from("<I", body, 6)[0]])

    def _text(self, body: bytes) -> None:
        row, column, _style = _CELL.unpack_from(body)
        self.draft.put(row, column, Texts([body[6:]]).text())

    def _truth_or_error(self, body: bytes) -> None:
        row, column, _style = _CELL.unpack_from(body)
        value, is_error = struct.unpack_from("<BB", body, 6)
        self._truth(row, column, value, is_error=bool(is_error))

    def _truth(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        if is_error:
            self.draft.mark(row, column, Flaw.ERROR, ERRORS.get(value, ""))
        else:
            self.draft.put(row, column, bool(value))

    def _formula(self, body: bytes) -> None:
        row, column, style = _CELL.unpack_from(body)
        kind, value, is_other = struct.unpack_from("<BxB3xH", body, 6)
        self._waiting = None
        if is_other != _NO_NUMBER:
            self._put(row, column, style, repr(struct.unpack_from("<d", body, 6)[0]))
        elif kind == _RESULT_TEXT:
            self._waiting = (row, column)
        elif kind in (_RESULT_TRUTH, _RESULT_ERROR):  # else empty text, as of IF(…, "")
            self._truth(row, column, value, is_error=kind == _RESULT_ERROR)

    def _put(self, row: int, column: int, style: int, raw: str) -> None:
        code = self._shared.format_of(style)
        value = numbers.read(raw, code, from_1904=self._shared.from_1904)
        if value is None:
            self.draft.mark(row, column, Flaw.ERROR, raw)
        else:
            self.draft.put(row, column, value, "" if isinstance(value, str) else code)
