"""The reading process: ``python -m luoshi.base.grids.child PATH NAME MEMORY SECONDS``.

A stranger's file is opened here, with little memory and time, and never in the serving process.
Writes one answer to standard output. Knows no Django, so that it starts fast.
"""

import csv
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from luoshi.base.grids import compound, document, limits, old_workbook, text, wire, worksheet
from luoshi.base.grids.refusals import NotASheet, SheetTooCostly
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Grid

Reader = Callable[[Path, str], Iterator[Grid]]

_PACKED = b"PK"
_PRINTED = b"%PDF"
_OTHERS = {
    _PRINTED: "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"{\\rtf": "rtf",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<div", b"<style")
_BEGINNING = 1024  # bytes


def reader_for(path: Path, name: str) -> Reader:
    """Return what reads a file, told by its content. Raises NotASheet."""
    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
    if beginning.startswith(_PACKED):
        return document.grids if document.is_document(path) else worksheet.grids
    if beginning.startswith(compound.SIGNATURE):
        return old_workbook.grids
    if beginning.startswith(_PRINTED) and name.lower().endswith(".pdf"):
        from luoshi.base.grids import pdf  # only printed lists pay for it

        return pdf.grids
    for start, what in _OTHERS.items():
        if beginning.startswith(start):
            raise NotASheet(name=name, what=what)
    if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        raise NotASheet(name=name, what="html")
    return text.grids


def answer(path: Path, name: str) -> bytes:
    """Return the packed grids of a file, or the packed refusal."""
    try:
        return wire.packed(reader_for(path, name)(path, name))
    except Refusal as refusal:
        return wire.packed_refusal(refusal)
    except MemoryError:
        return wire.packed_refusal(SheetTooCostly(name=name))


def bind(memory: int, seconds: int) -> None:
    """Bound this process's memory (bytes) and processor time, and the length of a text's cells."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    csv.field_size_limit(limits.MOST_CELL_TEXT)


if __name__ == "__main__":
    bind(int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.buffer.write(answer(Path(sys.argv[1]), sys.argv[2]))
