"""What a file is, told by how its content begins."""

from pathlib import Path

from luoshi.base.grids.compound import SIGNATURE, CompoundFile
from luoshi.base.papers.paper import PaperKind
from luoshi.base.papers.refusals import NotAPaper, PaperHasMacros, PaperHasPassword

_PRINTED = b"%PDF-"
_OTHERS = {
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"{\\rtf": "rtf",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"MIME-Version:": "doc",  # a web page in one file, as Word saves it
    b"<?xml": "doc",  # Word and others as plain XML; a web page that begins so is told before
}
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<body", b"<div", b"<p>", b"<table")
_BEGINNING = 1024  # bytes
_ENDINGS = (".html", ".htm", ".shtml", ".mht")


def kind_of(path: Path, name: str) -> PaperKind:
    """Return what a file is. Raises NotAPaper, PaperHasPassword, PaperHasMacros, SheetDamaged."""
    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
    if beginning.startswith(SIGNATURE):
        _refuse_compound(path, name)
    return kind_by(beginning, name)


def kind_by(beginning: bytes, name: str) -> PaperKind:
    """Return what begins with these bytes. Raises NotAPaper."""
    if beginning.startswith(b"PK"):
        return PaperKind.DOCX
    if _PRINTED in beginning:
        return PaperKind.PDF
    bare = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    signs = bare.lower()
    if any(tag in signs for tag in _PAGES) and signs.startswith(b"<"):
        return PaperKind.HTML
    for start, what in _OTHERS.items():
        if bare.startswith(start):
            raise NotAPaper(name=name, what=what)
    if name.lower().endswith(_ENDINGS) and b"<" in beginning:
        return PaperKind.HTML
    return PaperKind.TXT


def _refuse_compound(path: Path, name: str) -> None:
    """Raise what there is to say of a compound file: it is locked, or of an old program."""
    names = CompoundFile(path.read_bytes(), name).names
    if "EncryptedPackage" in names:
        raise PaperHasPassword(name=name)
    if "VBA" in names or "Macros" in names:
        raise PaperHasMacros(name=name)
    raise NotAPaper(name=name, what="doc" if "WordDocument" in names else "other")
