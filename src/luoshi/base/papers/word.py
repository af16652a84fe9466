"""A report as docx: paragraphs in order, tables as rows, deleted words left out.

Only the parts that are needed are read, by a parser that knows no entities and opens nothing
else. Headers, footers, notes and comments stand in parts of their own and are left out.
"""

import re
from pathlib import Path

from luoshi.base.grids.package import Handler, Package
from luoshi.base.papers import limits
from luoshi.base.papers.health import check_words
from luoshi.base.papers.paper import MERGED, MOST_COLUMNS, Paper, PaperKind, joined
from luoshi.base.papers.refusals import (
    NotAPaper,
    PaperEmpty,
    PaperHasMacros,
    PaperHasPassword,
    PaperTooDeep,
    PaperTooMuchText,
)

_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_ENCRYPTED = 0x1  # flag of a part in a zip archive
_OTHERS = {
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "content.xml": "odt",
    "ofd.xml": "ofd",
}
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"})
"""Deleted or moved away; the second telling of a drawing; what a field would work out."""
_OFF = frozenset({"0", "false", "off"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_BODY_LEVEL = 9  # of an outline: text that is no heading
_TABLE = frozenset({"tr", "tc", "gridBefore", "gridSpan", "vMerge"})
_LONGEST_HEADING = 80  # characters: longer ones are text that was given the style by mistake


def paper(path: Path, name: str) -> Paper:
    """Return the text of a docx file.

    Raises NotAPaper, PaperEmpty, PaperHasMacros, PaperHasPassword, PaperTooDeep,
    PaperTooMuchText, PaperTextGarbled; SheetDamaged, SheetTooPacked, SheetDeclaresEntities.
    """
    package = WordPackage(path, name)
    styles = Styles()
    if package.has(_STYLES):
        package.parse(_STYLES, styles)
    document = Document(styles.levels, name)
    package.parse(_DOCUMENT, document)
    text = "\n".join(document.lines)
    if not text.strip():
        raise PaperEmpty(name=name)
    check_words(text, name)
    return Paper(text, PaperKind.DOCX)


class WordPackage(Package):
    """The parts of a docx file."""

    def _check_kind(self) -> None:
        """Judge what the parts make. Raises PaperHasPassword, PaperHasMacros, NotAPaper."""
        if any(part.flag_bits & _ENCRYPTED for part in self._parts.values()):
            raise PaperHasPassword(name=self.name)
        if any(part.endswith("vbaproject.bin") for part in self._parts):
            raise PaperHasMacros(name=self.name)
        what = next((what for part, what in _OTHERS.items() if part in self._parts), "archive")
        if _DOCUMENT not in self._parts or "[content_types].xml" not in self._parts:
            raise NotAPaper(name=self.name, what=what)
        if any(b"macroEnabled" in chunk for chunk in self._chunks("[Content_Types].xml")):
            raise PaperHasMacros(name=self.name)


class Styles(Handler):
    """The levels of the styles that are headings, by the styles' ids."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a style, its name and its level in the outline."""
        value = _value(attributes)
        if name == "style":
            self._style = _value(attributes, "styleId")
        elif name == "name" and self._style:
            match = _HEADING.match(value)
            level = int(match[1]) if match else int(value.lower() in _TITLES)
            if level:
                self.levels[self._style] = level
        elif name == "outlineLvl" and self._style and value.isdecimal() and int(value) < 6:
            self.levels.setdefault(self._style, int(value) + 1)


class _Row:
    """A row of a table: its cells so far."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self.span = 1  # columns that the open cell takes
        self.is_merged = False  # with the cell above it


class Document(Handler):
    """The lines of a document, in order."""

    def __init__(self, levels: dict[str, int], name: str) -> None:
        self.lines: list[str] = []
        self._levels = levels
        self._name = name
        self._open: list[str] = []  # elements, the outermost first
        self._left_out = 0  # how many of them are left out
        self._is_hidden = False  # the open run: it is not shown and not printed
        self._paragraphs: list[tuple[list[str], int]] = []  # open ones: a drawing may hold others
        self._rows: list[_Row] = []
        self._left = limits.MOST_TEXT

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element. Raises PaperTooDeep."""
        self._open.append(name)
        if len(self._open) > limits.MOST_DEPTH:
            raise PaperTooDeep(name=self._name, most=limits.MOST_DEPTH)
        self._left_out += name in _LEFT_OUT
        if self._left_out:
            return
        if name == "p":
            self._paragraphs.append(([], 0))
        elif name == "r":
            self._is_hidden = False
        elif name in _TABLE:
            self._in_table(name, _value(attributes))
        elif self._paragraphs:
            self._in_paragraph(name, attributes)

    def _in_table(self, name: str, value: str) -> None:
        """Begin a row or a cell; note how many columns one takes, and if it goes on from above."""
        if name == "tr":
            self._rows.append(_Row())
        elif self._rows and name == "tc":
            row = self._rows[-1]
            row.cells.append("")
            row.span, row.is_merged = 1, False
        elif self._rows and name == "vMerge":
            self._rows[-1].is_merged = value != "restart"
        elif self._rows:
            count = min(int(value), MOST_COLUMNS) if value.isdecimal() else 1
            if name == "gridSpan":
                self._rows[-1].span = count
            else:
                self._rows[-1].cells.extend([""] * count)

    def _in_paragraph(self, name: str, attributes: dict[str, str]) -> None:
        words, _ = self._paragraphs[-1]
        if name in ("pStyle", "outlineLvl"):
            level = self._level(name, _value(attributes))
            self._paragraphs[-1] = (words, level)
        elif name == "vanish" and self._open[-3:-1] == ["r", "rPr"]:
            self._is_hidden = _value(attributes) not in _OFF
        elif name in _MARKS and self._open[-2] == "r":
            words.append(_MARKS[name])

    def _level(self, name: str, value: str) -> int:
        if name == "pStyle":
            return self._levels.get(value, 0)
        return int(value) + 1 if value.isdecimal() and int(value) < _BODY_LEVEL else 0

    def text(self, text: str) -> None:
        """Take words of a run. Raises PaperTooMuchText."""
        is_told = self._paragraphs and not self._left_out and not self._is_hidden
        if not is_told or self._open[-1] != "t":
            return
        self._left -= len(text)
        if self._left < 0:
            raise PaperTooMuchText(name=self._name, most=limits.MOST_TEXT)
        self._paragraphs[-1][0].append(text)

    def end(self, name: str) -> None:
        """End an element."""
        self._open.pop()
        if name in _LEFT_OUT:
            self._left_out -= 1
        elif not self._left_out and name == "p":
            self._end_paragraph()
        elif not self._left_out and name == "tc" and self._rows:
            self._end_cell()
        elif not self._left_out and name == "tr":
            self._end_row()

    def _end_paragraph(self) -> None:
        words, level = self._paragraphs.pop()
        text = "".join(words)
        if self._rows and self._rows[-1].cells:
            cells = self._rows[-1].cells
            lines = (" ".join(line.split()) for line in text.split("\n"))
            cells[-1] = joined([cells[-1], *lines])
        elif level > 0 and text.strip() and len(text) <= _LONGEST_HEADING:
            self.lines.append(f"{'#' * min(level, 6)} {' '.join(text.split())}")
        else:
            self.lines.append(text)

    def _end_cell(self) -> None:
        row = self._rows[-1]
        if row.is_merged and not row.cells[-1]:
            row.cells[-1] = MERGED
        row.cells.extend([""] * (row.span - 1))

    def _end_row(self) -> None:
        line = "\t".join(self._rows.pop().cells)
        if self._rows and self._rows[-1].cells:  # a table in a cell
            self._rows[-1].cells[-1] += f" {line}"
        else:
            self.lines.append(line)


def _value(attributes: dict[str, str], name: str = "val") -> str:
    """Return an attribute by its name without prefix."""
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")
