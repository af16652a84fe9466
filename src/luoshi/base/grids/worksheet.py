"""One sheet of a packed workbook, element by element: never more in memory than it fills."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from luoshi.base.grids import limits, numbers
from luoshi.base.grids.draft import Budget, Draft
from luoshi.base.grids.package import Handler, Package
from luoshi.base.grids.refusals import SheetDamaged
from luoshi.base.grids.workbook import Shared, is_true, opened, unescaped
from luoshi.rules.sheets.grid import Flaw, Grid, Merge, Value

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", re.ASCII)
_LETTERS = 26
_NO_WIDTH = 0.0


def grids(path: Path, name: str) -> Iterator[Grid]:
    """Yield the sheets of an xlsx file. Raises the refusals of this package."""
    package = Package(path, name)
    sheets, shared = opened(package)
    budget = Budget(name)
    for sheet in sheets:
        reader = _Sheet(Draft(sheet.name, budget, hidden=sheet.hidden), shared)
        try:
            package.parse(sheet.part, reader)
        except (ValueError, IndexError, OverflowError) as cause:  # a place or number that is none
            raise SheetDamaged(name=name) from cause
        yield reader.draft.finished()


def place(text: str) -> tuple[int, int]:
    """Return row and column of a cell's name: C7 is (6, 2). Raises ValueError."""
    found = _PLACE.fullmatch(text)
    if found is None or found[2].strip("0") == "":
        raise ValueError(text)
    return int(found[2]) - 1, column_of(found[1].upper())


def column_of(letters: str) -> int:
    """Return a column's number: A is 0, XFD 16383."""
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return column - 1


class _Sheet(Handler):
    """Fills a draft from a sheet's elements."""

    def __init__(self, draft: Draft, shared: Shared) -> None:
        self.draft = draft
        self._shared = shared
        self._row = self._column = -1
        self._kind = self._format = ""
        self._pieces: list[str] = []
        self._takes_text = self._phonetic = False
        self._has_formula = self._has_value = False
        self._starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_inline,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "col": self._start_columns,
            "mergeCell": self._start_merge,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if begin := self._starts.get(name):
            begin(attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._takes_text = False
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        if self._takes_text:
            self._pieces.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if self._row < 0:
            raise ValueError(attributes["r"])
        if is_true(attributes.get("hidden")):
            self.draft.hide_row(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = place(attributes["r"])
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        style, formats = int(attributes.get("s", "0")), self._shared.formats
        self._format = formats[style] if 0 <= style < len(formats) else ""
        self._pieces = []
        self._has_formula = self._has_value = False

    def _start_value(self, _attributes: dict[str, str]) -> None:
        self._takes_text = self._has_value = True

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        self._takes_text = self._kind == "inlineStr" and not self._phonetic

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._phonetic = True

    def _start_columns(self, attributes: dict[str, str]) -> None:
        is_gone = float(attributes.get("width", "1")) == _NO_WIDTH
        if is_gone or is_true(attributes.get("hidden")):
            self.draft.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)

    def _start_merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes.get("ref", "").partition(":")
        self.draft.merge(Merge(*place(first), *place(last or first)))

    def _end_cell(self) -> None:
        if not (self._pieces or self._has_formula):
            return
        raw = "".join(self._pieces)
        self._pieces = []
        if self._kind == "e":
            self.draft.mark(self._row, self._column, Flaw.ERROR, raw)
        elif self._has_formula and not raw and not (self._kind == "str" and self._has_value):
            self.draft.mark(self._row, self._column, Flaw.NOT_COMPUTED)
        elif raw:
            self._put(raw)

    def _put(self, raw: str) -> None:
        value = self._value(raw)
        if value is None:  # a number that is none, such as NaN
            self.draft.mark(self._row, self._column, Flaw.ERROR, raw)
        else:
            shown = "" if isinstance(value, str | bool) else self._format
            self.draft.put(self._row, self._column, value, shown)

    def _value(self, raw: str) -> Value:
        match self._kind:
            case "s":
                return self._shared.texts[int(raw)]
            case "str" | "inlineStr":
                return unescaped(raw[: limits.MOST_CELL_TEXT])
            case "b":
                return is_true(raw.strip())
            case "d":
                return date.fromisoformat(raw.strip()[:10])
            case _:
                return numbers.read(raw.strip(), self._format, from_1904=self._shared.from_1904)
