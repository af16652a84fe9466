"""What the sheets of a packed workbook share: their list, texts and number formats."""

import posixpath
import re
from dataclasses import dataclass

from luoshi.base.grids import limits
from luoshi.base.grids.numbers import BUILT_IN
from luoshi.base.grids.package import Handler, Package
from luoshi.base.grids.refusals import (
    NotASheet,
    SheetDamaged,
    SheetTooManySheets,
    SheetTooMuchText,
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes characters XML cannot hold
_TRUE = frozenset({"1", "true", "on"})


def is_true(value: str | None) -> bool:
    """Read an attribute that is true or false."""
    return value in _TRUE


def unescaped(text: str) -> str:
    """Return text with its escapes, such as ``_x000D_``, as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the list: where it is packed, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What cells refer to: texts by number, formats by style, where days are counted from."""

    texts: list[str]
    formats: list[str]
    from_1904: bool


class _Book(Handler):
    """Reads the workbook's own part."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []  # name, relation, hidden
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
        elif name == "workbookPr":
            self.from_1904 = is_true(attributes.get("date1904"))


class _Relations(Handler):
    """Reads which part stands behind a relation; what lies outside the file is never followed."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.parts: dict[str, str] = {}  # by relation
        self.kinds: dict[str, str] = {}  # part by kind; the first of each

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        part = posixpath.normpath(posixpath.join(self.base, attributes.get("Target", "")))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.kinds.setdefault(kind, part.lstrip("/"))
        if kind == "worksheet":
            self.parts[attributes.get("Id", "")] = part.lstrip("/")


class _Texts(Handler):
    """Reads the shared texts; what is only said aloud (phonetic runs) is left out."""

    def __init__(self, file: str) -> None:
        self.found: list[str] = []
        self._file = file
        self._left = limits.MOST_TEXT
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._keep(unescaped("".join(self._pieces)))

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _keep(self, text: str) -> None:
        self._left -= len(text) + 1
        if self._left < 0:
            raise SheetTooMuchText(name=self._file, sheet="", most=limits.MOST_TEXT)
        self.found.append(text)


class _Styles(Handler):
    """Reads the number format of every cell style."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._own: dict[int, str] = {}
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = _whole(attributes.get("numFmtId"))
            code = self._own.get(number, BUILT_IN.get(number, ""))
            self.formats.append("" if code.lower() == "general" else code)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def opened(package: Package) -> tuple[list[SheetPart], Shared]:
    """Return the list of a workbook's sheets and what they share.

    Raises NotASheet, SheetDamaged, SheetTooManySheets, and what ``Package.parse`` does.
    """
    roots = _relations(package, "")
    main = roots.kinds.get("officeDocument", "xl/workbook.xml")
    if not package.has(main):
        raise NotASheet(name=package.name, what="archive")
    book = _Book()
    package.parse(main, book)
    relations = _relations(package, main)
    sheets = [
        SheetPart(name, relations.parts[relation], hidden)
        for name, relation, hidden in book.sheets
        if relation in relations.parts  # charts on a sheet of their own hold no cells
    ]
    if not sheets:
        raise SheetDamaged(name=package.name)
    if len(sheets) > limits.MOST_SHEETS:
        raise SheetTooManySheets(name=package.name, count=len(sheets), most=limits.MOST_SHEETS)
    return sheets, _shared(package, relations, from_1904=book.from_1904)


def _relations(package: Package, part: str) -> _Relations:
    folder, name = posixpath.split(part)
    relations = _Relations(f"/{folder}")
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.has(listed):
        package.parse(listed, relations)
    return relations


def _shared(package: Package, relations: _Relations, *, from_1904: bool) -> Shared:
    texts, styles = _Texts(package.name), _Styles()
    for kind, handler in (("sharedStrings", texts), ("styles", styles)):
        part = relations.kinds.get(kind, "")
        if package.has(part):
            package.parse(part, handler)
    return Shared(texts.found, styles.formats, from_1904)
