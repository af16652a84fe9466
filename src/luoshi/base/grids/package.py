"""A packed workbook (xlsx): its parts, unpacked within limits."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from luoshi.base.grids import limits
from luoshi.base.grids.refusals import (
    NotASheet,
    SheetDamaged,
    SheetDeclaresEntities,
    SheetHasMacros,
    SheetHasPassword,
    SheetTooPacked,
)

_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_CHUNK = 256 * 1024  # bytes
_ENCRYPTED = 0x1  # flag of a part in a zip archive
_OTHERS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.bin": "xlsb",
    "mimetype": "ods",
}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What the standard library raises for a broken archive, or one packed in a way nobody uses."""


class Handler:
    """Takes one part's elements, by their names without prefix. To be subclassed."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Take text, whole or in pieces."""


class Package:
    """The parts of a packed workbook; ``name`` is the file's, for refusals."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._left = limits.MOST_EXPANDED
        try:
            self._zip = zipfile.ZipFile(path)
        except (*BROKEN, ValueError) as cause:
            raise SheetDamaged(name=name) from cause
        self._parts = {part.filename.lower(): part for part in self._zip.infolist()}
        self._check_sizes()
        self._check_kind()

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name; capitals do not matter."""
        return part.lower() in self._parts

    def parse(self, part: str, handler: Handler) -> None:
        """Give a part's elements to a handler.

        Raises SheetDamaged, SheetDeclaresEntities, SheetTooPacked.
        """
        parser = _parser(handler, self.name)
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003  expat takes no keywords
            parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as cause:
            if cause.code == _NO_MEMORY:
                raise MemoryError from cause
            raise SheetDamaged(name=self.name) from cause

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part's content, counting what really comes out."""
        try:
            with self._opened(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise SheetTooPacked(name=self.name)
                    yield chunk
        except BROKEN as cause:
            raise SheetDamaged(name=self.name) from cause

    def _opened(self, part: str) -> IO[bytes]:
        found = self._parts.get(part.lower())
        if found is None:
            raise SheetDamaged(name=self.name)
        return self._zip.open(found)

    def _check_sizes(self) -> None:
        """Judge what the archive itself says. Raises SheetTooPacked."""
        listed = self._zip.infolist()
        if len(listed) > limits.MOST_PARTS or any(map(_is_bomb, listed)):
            raise SheetTooPacked(name=self.name)
        if sum(part.file_size for part in listed) > limits.MOST_EXPANDED:
            raise SheetTooPacked(name=self.name)

    def _check_kind(self) -> None:
        """Judge what the parts make. Raises SheetHasPassword, SheetHasMacros, NotASheet."""
        if any(part.flag_bits & _ENCRYPTED for part in self._parts.values()):
            raise SheetHasPassword(name=self.name)
        if any(map(_is_macro, self._parts)):
            raise SheetHasMacros(name=self.name)
        for part, what in _OTHERS.items():
            if part in self._parts:
                raise NotASheet(name=self.name, what=what)
        if "[content_types].xml" not in self._parts:
            raise NotASheet(name=self.name, what="archive")
        if any(b"macroEnabled" in chunk for chunk in self._chunks("[Content_Types].xml")):
            raise SheetHasMacros(name=self.name)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    packed = max(part.compress_size, 1)
    return part.file_size > limits.RATIO_FROM and part.file_size / packed > limits.MOST_RATIO


def _is_macro(part: str) -> bool:
    return part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/")


def _parser(handler: Handler, name: str) -> expat.XMLParserType:
    """Return a parser that tells a handler local names and knows no document types."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65_536
    start, end = handler.start, handler.end

    def begin(tag: str, attributes: dict[str, str]) -> None:
        start(tag[tag.find(":") + 1 :], attributes)

    def finish(tag: str) -> None:
        end(tag[tag.find(":") + 1 :])

    def refuse(*_declared: object) -> None:
        raise SheetDeclaresEntities(name=name)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser
